"""What is written while nobody is there."""

import numpy as np
import pytest

from app.canvas.ink import SIDE
from app.event.attract import Attract
from app.session.session import Session
from tests.app.visitor import Clock


def pages(session: Session, rounds: int) -> list[list[tuple[float, float]]]:
    """The points of so many digits, each as it was when it was read."""
    clock = Clock()
    attract = Attract(session, np.random.default_rng(1), clock)
    attract.begin()
    drawn: list[list[tuple[float, float]]] = []
    while len(drawn) < rounds:
        was = session.reader.answered
        clock.now += 0.05
        attract.update()
        if session.reader.answered and not was:
            drawn.append([point for stroke in session.ink.page.strokes for point in stroke.points])
    return drawn


def test_each_digit_stands_large_in_the_middle_of_the_paper(session: Session) -> None:
    for points in pages(session, 12):
        low, high = np.min(points, axis=0), np.max(points, axis=0)
        assert np.all(np.abs((low + high) / 2 - SIDE / 2) < 0.06 * SIDE)
        assert max(high - low) > 0.5 * SIDE
        assert np.all(low > 0)
        assert np.all(high < SIDE)


def test_all_ten_have_their_turn_before_any_comes_again(session: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    written: list[int] = []

    def noted(digit: int, rng: np.random.Generator, **how: bool) -> list[np.ndarray]:
        written.append(digit)
        return [np.array([[0, 0], [0, 0.1]], np.float32)]

    monkeypatch.setattr("app.event.attract.write_strokes", noted)
    pages(session, 20)
    assert sorted(written[:10]) == sorted(written[10:20]) == list(range(10))
    assert written[:10] != written[10:20]


def test_the_pen_goes_point_by_point(session: Session) -> None:
    clock = Clock()
    attract = Attract(session, np.random.default_rng(1), clock)
    attract.begin()
    counts = set()
    for _ in range(100):
        clock.now += 0.04
        attract.update()
        counts.add(sum(len(stroke.points) for stroke in session.ink.page.strokes))
    assert len(counts) > 20
    attract.stop()
    assert session.ink.empty
    assert not attract.due
