"""Lines of marks."""

from hypothesis import given
from hypothesis import strategies as st

from model.reading.grouping import Box
from model.reading.order import lines_of


def test_nothing_has_no_lines() -> None:
    assert lines_of([]) == []


@given(st.permutations(range(6)), st.lists(st.floats(-25, 25), min_size=6, max_size=6))
def test_two_lines_top_first_in_whatever_order_and_however_unsteady(order: list[int], shifts: list[float]) -> None:
    places = [(80.0 * (i % 3), 200.0 * (i // 3) + shifts[i]) for i in order]
    boxes: list[Box] = [(x, y, 60.0, 100.0) for x, y in places]
    upper, lower = lines_of(boxes)
    assert {order[i] for i in upper} == {0, 1, 2}
    assert {order[i] for i in lower} == {3, 4, 5}


def test_a_bar_above_is_no_line_and_goes_to_the_nearest() -> None:
    boxes = [(0.0, 0.0, 50.0, 5.0), (0.0, 30.0, 50.0, 90.0), (0.0, 200.0, 50.0, 90.0), (80.0, 180.0, 40.0, 6.0)]
    assert [sorted(line) for line in lines_of(boxes)] == [[0, 1], [2, 3]]
