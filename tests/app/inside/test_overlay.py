"""Tint: colours by values on the ink, and nothing beside it."""

import numpy as np
import pygame
import pytest

from app.canvas.ink import Ink, InkStroke, Page
from app.canvas.view import fitted
from app.inside.overlay import Tint, frame_on_paper, part_of, peaks
from model.explanation.introspection import Field
from model.explanation.network_input import NetworkInput, input_of_drawing, input_of_picture

GROUND, PLUS, MINUS, PAPER = (200, 200, 200), (0, 0, 255), (255, 0, 0), (255, 255, 255)
SIDE = 96


def shown(tint: Tint) -> np.ndarray:
    """The tint on a white paper, (side, side, 3)."""
    paper = pygame.Surface((SIDE, SIDE), 0, 32)
    paper.fill(PAPER)
    paper.blit(tint.surface, tint.rect, tint.rect)
    return pygame.surfarray.array3d(paper).transpose(1, 0, 2)


@pytest.fixture
def values() -> np.ndarray:
    """Positive at the left, negative at the right."""
    values = np.ones((28, 28), np.float32)
    values[:, 14:] = -1
    return values


def test_ink_takes_the_colour_of_its_value_and_the_ground_outside_the_frame(values: np.ndarray) -> None:
    ink = np.zeros((SIDE, SIDE), np.uint8)
    ink[30:50, 10:80] = 255
    ink[90:94, 90:94] = 255  # a speck that the network does not see
    tint = Tint(SIDE)
    tint.show(values, pygame.Rect(8, 8, 74, 74), ink, GROUND, (PLUS, MINUS), adds=False)
    seen = shown(tint)
    assert seen[40, 14].tolist() == list(PLUS)
    assert seen[40, 75].tolist() == list(MINUS)
    assert seen[92, 92].tolist() == list(GROUND)
    assert (seen[ink == 0] == 255).all()


def test_ink_to_add_is_shown_where_there_is_none(values: np.ndarray) -> None:
    tint = Tint(SIDE)
    tint.show(values, pygame.Rect(20, 20, 56, 56), np.zeros((SIDE, SIDE), np.uint8), GROUND, (PLUS, MINUS), adds=True)
    seen = shown(tint)
    assert seen[48, 26].tolist() == list(PLUS)
    assert seen[48, 70].tolist() == list(PAPER)  # nothing to take away


def test_a_smaller_drawing_leaves_nothing_of_the_larger_one(values: np.ndarray) -> None:
    tint = Tint(SIDE)
    tint.show(
        values, pygame.Rect(0, 0, SIDE, SIDE), np.full((SIDE, SIDE), 255, np.uint8), GROUND, (PLUS, MINUS), adds=False
    )
    ink = np.zeros((SIDE, SIDE), np.uint8)
    ink[40:50, 40:50] = 255
    tint.show(values, pygame.Rect(38, 38, 14, 14), ink, GROUND, (PLUS, MINUS), adds=False)
    assert (shown(tint)[ink == 0] == 255).all()
    assert (shown(tint)[ink > 0] != 255).any(axis=-1).all()


def test_a_frame_may_reach_over_the_paper(values: np.ndarray) -> None:
    ink = np.full((SIDE, SIDE), 255, np.uint8)
    tint = Tint(SIDE)
    tint.show(values, pygame.Rect(-20, -20, SIDE + 40, SIDE + 40), ink, GROUND, (PLUS, MINUS), adds=False)
    assert tint.rect == pygame.Rect(0, 0, SIDE, SIDE)
    assert shown(tint)[:, 0].tolist() == [list(PLUS)] * SIDE


@pytest.mark.parametrize(
    "frame", [pygame.Rect(0, 0, 96, 96), pygame.Rect(-30, -44, 168, 168), pygame.Rect(40, 20, 56, 56)]
)
def test_a_value_lies_where_its_pixel_does(frame: pygame.Rect) -> None:
    values = np.zeros((28, 28), np.float32)
    values[17, 12] = 1
    tint = Tint(SIDE)
    tint.show(values, frame, np.full((SIDE, SIDE), 255, np.uint8), GROUND, (PLUS, MINUS), adds=False)
    rows, columns = np.nonzero(shown(tint)[:, :, 0] < GROUND[0] // 2)
    pixel = frame.width / 28
    assert rows.mean() == pytest.approx(frame.top + 17.5 * pixel - 0.5, abs=0.6)
    assert columns.mean() == pytest.approx(frame.left + 12.5 * pixel - 0.5, abs=0.6)


@pytest.mark.parametrize("shape", [(100, 200), (200, 100), (150, 150)])
def test_the_frame_of_an_opened_picture_lies_round_its_ink_on_the_paper(shape: tuple[int, int]) -> None:
    picture = np.zeros(shape, np.float32)
    picture[30:70, 40:60] = 1
    paper = pygame.Rect(300, 50, 400, 400)
    frame = frame_on_paper(input_of_picture(picture), Page(picture=picture), paper)
    rows, columns = np.nonzero(fitted(picture, paper.width) > 127)
    left, top = int(columns.min()), int(rows.min())
    ink = pygame.Rect(paper.left + left, paper.top + top, int(columns.max()) - left + 1, int(rows.max()) - top + 1)
    assert frame is not None and frame.contains(ink)
    assert frame.height == pytest.approx(ink.height * 28 / 20, rel=0.05) and frame.width == frame.height
    pixel = frame.width / 28  # ink is placed by whole pixels
    assert max(abs(frame.centerx - ink.centerx), abs(frame.centery - ink.centery)) < 1.2 * pixel


def input_of(page: Page) -> NetworkInput | None:
    ink = Ink()
    ink.replace(page)
    return input_of_drawing(ink.to_drawing())


def test_the_frame_of_strokes_lies_round_them() -> None:
    line = Page((InkStroke(18.0, [(100, 60), (100, 200)], [0, 8]),))
    paper = pygame.Rect(300, 50, 512, 512)
    frame = frame_on_paper(input_of(line), line, paper)
    assert frame is not None
    assert frame.centerx == pytest.approx(300 + 200, abs=20) and frame.centery == pytest.approx(50 + 260, abs=20)
    assert 280 < frame.height < 280 * 1.7


def test_there_is_no_frame_without_ink_or_round_a_dot() -> None:
    paper = pygame.Rect(0, 0, 100, 100)
    assert frame_on_paper(None, Page(), paper) is None
    dot = Page((InkStroke(18.0, [(100, 60)], [0]),))
    assert frame_on_paper(input_of(dot), dot, paper) is None


def test_a_part_of_the_picture_where_the_picture_is() -> None:
    part = part_of(pygame.Rect(100, 200, 280, 280), Field(top=14, left=7, bottom=28, right=14))
    assert part == pygame.Rect(170, 340, 70, 140)


def test_the_greatest_values_apart_from_each_other() -> None:
    values = np.zeros((8, 8))
    values[1, 1], values[1, 2], values[6, 6], values[6, 1] = 9, 8, 5, 1
    assert peaks(values, most=5, apart=3, least=0.5) == [(1, 1), (6, 6)]
    assert peaks(values, most=5, apart=1, least=0.5) == [(1, 1), (1, 2), (6, 6)]
    assert peaks(values, most=5, apart=3, least=0.1) == [(1, 1), (6, 6), (6, 1)]
    assert peaks(values, most=1, apart=3, least=0.1) == [(1, 1)]
    assert peaks(-values, most=5, apart=3, least=0.1) == []
