"""Faint ink beside a number that may be a digit of it leaves doubt; stains, lines and far marks do not."""

import numpy as np
import pytest

from model.reading.traces import filled_up, traces_beside

FIGURE = (slice(40, 100), slice(60, 68))


def beside(rows: slice, columns: slice, strength: float = 0.25) -> int:
    """How many traces are found where a faint bar lies beside a figure 60 high."""
    ink = np.zeros((160, 300), np.float32)
    ink[FIGURE] = 1
    traces = ink.copy()
    traces[rows, columns] = strength
    return len(traces_beside([[(60.0, 40.0, 8.0, 60.0)]], ink, traces))


def test_faint_ink_beside_a_figure_may_be_another() -> None:
    assert beside(slice(42, 98), slice(100, 107)) == 1


@pytest.mark.parametrize(
    ("rows", "columns", "strength"),
    [
        (slice(42, 98), slice(100, 107), 0.1),  # a stain
        (slice(70, 75), slice(90, 200), 0.25),  # a line
        (slice(42, 98), slice(100, 140), 0.25),  # a shadow
        (slice(42, 98), slice(240, 247), 0.25),  # far off
        (slice(110, 158), slice(60, 67), 0.25),  # on another line
    ],
)
def test_other_traces_leave_no_doubt(rows: slice, columns: slice, strength: float) -> None:
    assert beside(rows, columns, strength) == 0


def test_a_figure_is_filled_up_with_faint_ink_close_to_it_and_no_other_figure() -> None:
    ink, traces = np.zeros((2, 60, 80), np.float32)
    ink[10:50, 20:26] = ink[10:50, 40:46] = 1
    own, others = np.zeros((2, 60, 80), bool)
    own[10:50, 20:26] = others[10:50, 40:46] = True
    traces[:] = ink
    traces[10:50, 26:30] = 0.4
    traces[10:50, 60:64] = 0.4
    full = filled_up(ink, own, others, traces)
    assert (full[10:50, 20:30] == 1).all()
    assert not full[:, 38:].any()
