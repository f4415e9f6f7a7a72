"""Raster and canvas: the same picture however it came about, without gaps."""

import numpy as np
import pygame
from hypothesis import given, settings
from hypothesis import strategies as st

from app.canvas.ink import Ink
from app.canvas.raster import Raster
from app.canvas.view import Canvas, fitted
from app.ui.theme import DARK, LIGHT

place = st.tuples(st.floats(0, 256, width=32), st.floats(0, 256, width=32))
strokes = st.lists(st.lists(place, min_size=1, max_size=6), min_size=1, max_size=4)


def pixels(canvas: Canvas) -> np.ndarray:
    return pygame.surfarray.array2d(canvas.surface)


def drawn(ink: Ink, canvas: Canvas, lines: list, step_by_step: bool) -> None:
    for line in lines:
        ink.begin(line[0], 0, 18.0)
        for spot in line[1:]:
            ink.move(spot, 1)
            if step_by_step:
                canvas.show(ink.page, growing=ink.pen_down)
        ink.end()
        if step_by_step:
            canvas.show(ink.page, growing=False)
    canvas.show(ink.page, growing=False)


@settings(deadline=None, max_examples=40)
@given(strokes)
def test_drawing_point_by_point_gives_the_same_pixels_as_all_at_once(lines: list) -> None:
    slow, fast, ink = Canvas(120, LIGHT), Canvas(120, LIGHT), Ink()
    drawn(ink, slow, lines, step_by_step=True)
    fast.show(ink.page, growing=False)
    assert np.array_equal(pixels(slow), pixels(fast))


@settings(deadline=None, max_examples=40)
@given(strokes)
def test_undo_leaves_the_pixels_as_they_were(lines: list) -> None:
    canvas, ink = Canvas(120, DARK), Ink()
    drawn(ink, canvas, lines[:-1], step_by_step=True)
    before = pixels(canvas)
    drawn(ink, canvas, lines[-1:], step_by_step=True)
    ink.undo()
    canvas.show(ink.page, growing=False)
    assert np.array_equal(pixels(canvas), before)


@settings(deadline=None, max_examples=40)
@given(strokes)
def test_only_what_is_reported_changes(lines: list) -> None:
    canvas, ink = Canvas(120, LIGHT), Ink()
    for line in lines:
        ink.begin(line[0], 0, 18.0)
        for spot in line[1:]:
            before = pixels(canvas)
            ink.move(spot, 1)
            changed = canvas.show(ink.page, growing=True)
            differs = before != pixels(canvas)
            if changed is not None:
                differs[changed.left : changed.right, changed.top : changed.bottom] = False
            assert not differs.any()
        ink.end()


@settings(deadline=None, max_examples=60)
@given(place, place)
def test_a_straight_line_is_solid_from_end_to_end(a: tuple, b: tuple) -> None:
    raster = Raster(256, 256)
    raster.stroke([a, b], 10.0)
    for share in np.linspace(0, 1, 50):
        x, y = a[0] + (b[0] - a[0]) * share, a[1] + (b[1] - a[1]) * share
        assert raster.mask[min(int(y), 255), min(int(x), 255)] == 255


def test_a_dot_is_round_and_as_large_as_the_pen() -> None:
    raster = Raster(100, 100)
    raster.dot((50, 50), 20)
    area = raster.mask.sum() / 255
    assert abs(area - np.pi * 100) < 3
    assert np.array_equal(raster.mask, raster.mask.T)
    assert np.array_equal(raster.mask, raster.mask[::-1])


def test_edges_are_smooth() -> None:
    raster = Raster(100, 100)
    raster.stroke([(20, 20), (80, 47)], 12)
    assert len(np.unique(raster.mask)) > 20


def test_a_fast_hand_still_draws_a_round_curve() -> None:
    """Eight points of a circle: the line between them stays near the circle, where chords would cut 4 units off."""
    angles = np.linspace(0, 2 * np.pi, 9)
    raster = Raster(256, 256)
    raster.stroke([(128 + 80 * np.cos(a), 128 + 80 * np.sin(a)) for a in angles], 4)
    for a in angles[1:-2] + np.pi / 8:
        x, y = 128 + 80 * np.cos(a), 128 + 80 * np.sin(a)
        assert raster.mask[int(y), int(x)] > 200


def test_a_sharp_corner_does_not_bulge() -> None:
    raster = Raster(256, 256)
    raster.stroke([(40, 40), (200, 40), (100, 220)], 10)
    assert not raster.mask[:33].any()
    assert not raster.mask[:, 208:].any()


def test_an_opened_picture_fills_the_paper_with_its_aspect_kept() -> None:
    mask = fitted(np.ones((10, 20), np.float32), 100)
    assert mask[50].min() == 255
    assert not mask[:24].any() and not mask[76:].any()


def catch_up(canvas: Canvas, ink: Ink) -> int:
    """Go on until no stroke waits; returns how many turns it took."""
    turns = 1
    canvas.show(ink.page, growing=False)
    while canvas.behind:
        canvas.show(ink.page, growing=False)
        turns += 1
    return turns


@settings(deadline=None, max_examples=40)
@given(strokes)
def test_strokes_that_come_too_fast_are_drawn_a_piece_at_a_time(lines: list) -> None:
    slow, fast, ink = Canvas(120, LIGHT), Canvas(120, LIGHT), Ink()
    slow.budget = -1.0
    drawn(ink, fast, lines, step_by_step=False)
    turns = catch_up(slow, ink)
    assert turns == max(1, sum(len(stroke.points) - 1 for stroke in ink.page.strokes))
    assert np.array_equal(pixels(slow), pixels(fast))


@settings(deadline=None, max_examples=40)
@given(strokes)
def test_a_hand_that_is_too_fast_leaves_the_same_picture(lines: list) -> None:
    slow, fast, ink = Canvas(120, LIGHT), Canvas(120, LIGHT), Ink()
    slow.budget = -1.0
    drawn(ink, slow, lines, step_by_step=True)
    catch_up(slow, ink)
    fast.show(ink.page, growing=False)
    assert np.array_equal(pixels(slow), pixels(fast))
