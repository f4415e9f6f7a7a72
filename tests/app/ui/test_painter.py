"""What screens draw with: blocks of text, clipping, grey pictures."""

import numpy as np
import pygame
import pytest

from app.ui.grey import grey_surface
from app.ui.painter import SMALL, SPACING, Painter
from app.ui.theme import LIGHT
from app.ui.typeface import Typeface

AREA = pygame.Rect(40, 30, 200, 100)
WORDS = "one two three four five six seven eight nine ten eleven twelve"


@pytest.fixture
def painter() -> Painter:
    surface = pygame.Surface((300, 160))
    surface.fill("white")
    return Painter(surface, LIGHT, Typeface(), 1.0)


def inked(painter: Painter) -> pygame.Rect:
    """The box around what was drawn."""
    dark = np.argwhere(pygame.surfarray.array3d(painter.surface).min(axis=2) < 128)
    (left, top), (right, bottom) = dark.min(axis=0), dark.max(axis=0) + 1
    return pygame.Rect(left, top, right - left, bottom - top)


def test_one_line_stands_in_the_middle_of_its_area(painter: Painter) -> None:
    width = painter.fitted("HH", AREA, (20,))
    box = inked(painter)
    assert abs(box.centery - AREA.centery) <= 1 and AREA.left <= box.left <= AREA.left + 3
    assert width == painter.type.width("HH", 20)


@pytest.mark.parametrize(("align", "side"), [("left", "left"), ("center", "centerx"), ("right", "right")])
def test_text_is_aligned_in_its_area(painter: Painter, align: str, side: str) -> None:
    painter.lines(["HHH", "H"], AREA, 20, align=align)
    assert abs(getattr(inked(painter), side) - getattr(AREA, side)) <= 3


@pytest.mark.parametrize("count", [1, 2, 3, 4])
def test_lines_stand_in_the_middle_at_even_steps(painter: Painter, count: int) -> None:
    painter.lines(["H"] * count, AREA, 12, spacing=1.5)
    box = inked(painter)
    assert abs(box.centery - AREA.centery) <= 1
    assert box.height == pytest.approx((count - 1) * 18 + 0.727 * 12, abs=1.5)


def test_the_usual_spacing(painter: Painter) -> None:
    painter.lines(["H", "H"], AREA, 20)
    assert inked(painter).height == pytest.approx(SPACING * 20 + 0.727 * 20, abs=1.5)


def test_the_first_size_that_has_room_is_taken(painter: Painter) -> None:
    narrow = pygame.Rect(AREA.left, AREA.top, painter.type.width("wide words", 12) + 1, AREA.height)
    assert painter.fitted("wide words", narrow, SMALL) == painter.type.width("wide words", 12)


def test_more_lines_are_used_where_they_may_be_and_the_rest_is_cut(painter: Painter) -> None:
    assert painter.fitted(WORDS, AREA, SMALL) <= AREA.width
    one = inked(painter).height
    painter.surface.fill("white")
    painter.fitted(WORDS, AREA, SMALL, most=3)
    assert inked(painter).height > 2 * one
    assert AREA.contains(inked(painter))


def test_no_lines_are_no_error(painter: Painter) -> None:
    assert painter.lines([], AREA, 12) == 0


def test_clipping_ends_and_never_grows(painter: Painter) -> None:
    outer, inner = pygame.Rect(10, 10, 50, 50), pygame.Rect(40, 40, 50, 50)
    with painter.clipped(outer):
        with painter.clipped(inner):
            assert painter.surface.get_clip() == outer.clip(inner)
        assert painter.surface.get_clip() == outer
    with pytest.raises(ValueError, match="on the way"), painter.clipped(inner):
        raise ValueError("on the way")
    assert painter.surface.get_clip() == painter.surface.get_rect()


def test_a_grey_picture_keeps_its_place_and_its_shades() -> None:
    picture = np.array([[0.0, 0.5, 1.0], [2.0, -1.0, 0.25]], np.float32)
    surface = grey_surface(picture)
    assert surface.get_size() == (3, 2)
    shades = [[surface.get_at((x, y))[:3] for x in range(3)] for y in range(2)]
    assert shades == [[(g, g, g) for g in row] for row in ((0, 128, 255), (255, 0, 64))]
