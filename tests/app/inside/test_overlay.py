"""Tint: colours by values on the ink, and nothing beside it."""

import numpy as np
import pygame
import pytest

from app.inside.overlay import Tint

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
    tint.show(values, pygame.Rect(0, 0, SIDE, SIDE), np.full((SIDE, SIDE), 255, np.uint8), GROUND, (PLUS, MINUS), False)
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
