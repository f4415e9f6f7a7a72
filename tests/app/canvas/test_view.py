"""The paper's picture: however much there is to draw again, no frame waits for all of it."""

import numpy as np
import pytest

from app.canvas.ink import Ink
from app.canvas.view import Canvas
from app.ui.theme import LIGHT

POINTS = 400


def scribble(ink: Ink, rng: np.random.Generator, points: int = POINTS) -> None:
    places = np.clip(128 + np.cumsum(rng.normal(0, 9, (points, 2)), 0), 0, 256)
    ink.begin((128, 128), 0, 18)
    for time, (x, y) in enumerate(places):
        ink.move((float(x), float(y)), time)
    ink.end()


def pixels(canvas: Canvas) -> bytes:
    return canvas.surface.get_view("2").raw


def finish(canvas: Canvas, ink: Ink) -> int:
    """Show until nothing is behind; returns how many turns that took."""
    turns = 1
    canvas.show(ink.page, growing=False)
    while canvas.behind:
        turns += 1
        canvas.show(ink.page, growing=False)
    return turns


@pytest.fixture
def ink(rng: np.random.Generator) -> Ink:
    ink = Ink()
    for _ in range(2):
        scribble(ink, rng)
    return ink


def test_an_undo_in_a_scribble_is_drawn_over_many_turns_and_shown_at_once(
    ink: Ink, monkeypatch: pytest.MonkeyPatch
) -> None:
    canvas, fresh = Canvas(200, LIGHT), Canvas(200, LIGHT)
    finish(canvas, ink)
    both = pixels(canvas)
    ink.undo()
    finish(fresh, ink)
    monkeypatch.setattr(Canvas, "budget", 0.0)  # one piece a turn
    assert canvas.show(ink.page, growing=False) is None
    assert canvas.behind
    assert pixels(canvas) == both
    assert finish(canvas, ink) > POINTS / 2
    assert pixels(canvas) == pixels(fresh)


def test_what_an_eraser_takes_out_meanwhile_is_shown(ink: Ink, monkeypatch: pytest.MonkeyPatch) -> None:
    canvas, fresh = Canvas(200, LIGHT), Canvas(200, LIGHT)
    finish(canvas, ink)
    monkeypatch.setattr(Canvas, "budget", 0.0)
    ink.undo()
    assert canvas.show(ink.page, growing=False) is None
    ink.begin_erasing((128, 128), 9)
    ink.erase((140, 140), 9)
    assert canvas.show(ink.page, growing=False) is not None
    ink.end()
    finish(canvas, ink)
    finish(fresh, ink)
    assert pixels(canvas) == pixels(fresh)
