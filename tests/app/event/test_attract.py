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


def test_each_digit_is_read_after_a_moment_shown_for_a_while_and_then_cleared(session: Session) -> None:
    clock = Clock()
    attract = Attract(session, np.random.default_rng(1), clock)
    attract.begin()
    began, seen = clock.now, {"first ink": 0.0, "lifted": 0.0, "read": 0.0, "cleared": 0.0}
    while not seen["cleared"]:
        clock.now += 0.01
        attract.update()
        if session.ink.busy:
            seen["lifted"] = clock.now
        if not session.ink.empty and not seen["first ink"]:
            seen["first ink"] = clock.now
        if session.reader.answered and not seen["read"]:
            seen["read"] = clock.now
        if session.ink.empty and seen["first ink"]:
            seen["cleared"] = clock.now
    assert seen["first ink"] - began == pytest.approx(1.2, abs=0.02)
    assert seen["read"] - seen["lifted"] == pytest.approx(0.25 + 0.7, abs=0.03)
    assert seen["cleared"] - seen["read"] == pytest.approx(3.2, abs=0.02)
    assert attract.turn == 2


def test_it_reads_along_less_often_and_gives_the_usual_pace_back(session: Session) -> None:
    usual = session.reader.live_gap
    attract = Attract(session, np.random.default_rng(1), Clock())
    assert attract.turn == 0
    attract.begin()
    assert attract.active
    assert session.reader.live_gap == pytest.approx(0.2)
    attract.stop()
    assert not attract.active
    assert session.reader.live_gap == usual


def test_to_stop_what_does_not_go_on_leaves_the_paper_alone(session: Session) -> None:
    session.ink.begin((10, 10), 0.0, 18.0)
    session.ink.end()
    Attract(session, np.random.default_rng(1), Clock()).stop()
    assert not session.ink.empty


def test_the_pen_is_lifted_between_strokes(session: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    bars = [np.array([[0, 0], [0, 0.1]], np.float32), np.array([[0.1, 0], [0.1, 0.1]], np.float32)]
    monkeypatch.setattr("app.event.attract.write_strokes", lambda *_, **__: bars)
    clock = Clock()
    attract = Attract(session, np.random.default_rng(1), clock)
    attract.begin()
    lifted = 0.0
    while len(session.ink.page.strokes) < 2:
        clock.now += 0.01
        attract.update()
        lifted += 0.01 * (not session.ink.empty and not session.ink.busy)
    assert lifted == pytest.approx(0.25, abs=0.03)
