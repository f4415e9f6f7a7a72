"""What must be drawn again: what differs from the last frame, where it was and where it is."""

import numpy as np
import pygame

from app.ui.controls import Control, Controls
from app.ui.damage import Damage, Part

HERE, THERE = pygame.Rect(0, 0, 10, 10), pygame.Rect(50, 0, 10, 10)


def test_first_everything_is_drawn_and_then_nothing() -> None:
    damage = Damage()
    damage.compare({"a": Part(HERE, 1), "b": Part(THERE, "x")})
    assert sorted(map(tuple, damage.take())) == [tuple(HERE), tuple(THERE)]
    damage.compare({"a": Part(HERE, 1), "b": Part(THERE, "x")})
    assert damage.take() == []


def test_a_part_whose_state_differs_is_drawn_and_no_other() -> None:
    damage = Damage()
    damage.compare({"a": Part(HERE, 1), "b": Part(THERE, 1)})
    damage.take()
    damage.compare({"a": Part(HERE, 1), "b": Part(THERE, 2)})
    assert set(map(tuple, damage.take())) == {tuple(THERE)}


def test_a_part_that_moves_is_drawn_where_it_was_and_where_it_is() -> None:
    damage = Damage()
    damage.compare({"a": Part(HERE)})
    damage.take()
    damage.compare({"a": Part(THERE)})
    assert damage.take() == [HERE, THERE]


def test_a_part_that_goes_is_drawn_where_it_was_and_one_that_comes_where_it_is() -> None:
    damage = Damage()
    damage.compare({"old": Part(HERE)})
    damage.take()
    damage.compare({"new": Part(THERE)})
    assert sorted(map(tuple, damage.take())) == [tuple(HERE), tuple(THERE)]


def test_what_is_asked_for_outright_is_handed_over_once() -> None:
    damage = Damage()
    damage.add(HERE, THERE)
    assert damage.take() == [HERE, THERE]
    assert damage.take() == []


def test_parts_of_controls_differ_with_the_control_that_differs() -> None:
    controls, damage = Controls(), Damage()
    controls.place([Control("a", HERE), Control("b", THERE)])
    damage.compare(controls.parts(3))
    damage.take()
    controls.hovered = "b"
    damage.compare(controls.parts(3))
    assert set(map(tuple, damage.take())) == {tuple(THERE.inflate(6, 6))}


def test_of_a_paper_only_the_focus_shows() -> None:
    controls, damage = Controls(), Damage()
    controls.place([Control("paper", HERE)])
    damage.compare(controls.parts(0, focus_only=("paper",)))
    damage.take()
    controls.hovered = controls.pressed = "paper"
    damage.compare(controls.parts(0, focus_only=("paper",)))
    assert damage.take() == []
    controls.focused, controls.shows_focus = "paper", True
    damage.compare(controls.parts(0, focus_only=("paper",)))
    assert damage.take()


def test_an_object_with_arrays_is_compared_by_identity() -> None:
    class Holder:
        values = np.zeros(3)

    damage, holder = Damage(), Holder()
    damage.compare({"a": Part(HERE, (holder, 1))})
    damage.take()
    damage.compare({"a": Part(HERE, (holder, 1))})
    assert damage.take() == []
    damage.compare({"a": Part(HERE, (Holder(), 1))})
    assert damage.take()
