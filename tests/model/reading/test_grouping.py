"""Telling figures apart: rules that hold for any marks, and the network's word where the rules leave a choice."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from model.pictures.patches import Box
from model.reading.grouping import PILED, Grouping, Guess, alone_cost, digit_cost, doubt, groupings, line_of, lines_of
from model.reading.marks import Mark, union
from model.reading.signs import Line, sign_of

DIGIT: Box = (0.0, 0.0, 60.0, 100.0)


def mark(box: Box) -> Mark:
    """A stroke around a box, as a 0 is drawn."""
    left, top, width, height = box
    turns = np.linspace(0, 2 * np.pi, 40)
    points = np.stack([left + width * (1 + np.cos(turns)) / 2, top + height * (1 + np.sin(turns)) / 2], axis=1)
    return Mark(points.astype(np.float32))


def stroke(*points: tuple[float, float]) -> Mark:
    """A stroke through these points, as a pen on a tablet leaves it."""
    along = np.linspace(0, len(points) - 1, 30)
    x, y = (np.interp(along, range(len(points)), [point[axis] for point in points]) for axis in (0, 1))
    return Mark(np.stack([x, y], axis=1).astype(np.float32))


def moved(box: Box, x: float, y: float = 0.0) -> Box:
    return box[0] + x, box[1] + y, box[2], box[3]


def grouped(marks: list[Mark], sure: dict[tuple[int, ...], float], otherwise: float = 0.1) -> list[Grouping]:
    """The groupings, best first, where the network takes every run for an 8, so sure of it."""
    line = line_of(marks, range(len(marks)))
    return groupings(line, [Guess(8, sure.get(run.marks, otherwise)) for run in line.runs])


def signs(marks: list[Mark]) -> str:
    """What the best grouping says, with # for a digit."""
    line = line_of(marks, range(len(marks)))
    best = groupings(line, [Guess(*((1, 0.99) if len(run.marks) == 1 else (4, 0.2))) for run in line.runs])[0]
    return "".join(chosen.sign or "#" for chosen in best.figures)


def test_level_dashes_side_by_side_have_no_height_and_are_told_apart_all_the_same() -> None:
    dashes = [stroke((20.0, 50.0), (60.0, 50.0)), stroke((90.0, 50.0), (140.0, 50.0))]
    assert {len(way.runs) + len(way.left_out) for way in grouped(dashes, {})} <= {1, 2}


@given(st.permutations(range(5)), st.floats(0.2, 0.9), st.floats(-1e3, 1e3), st.floats(0.1, 10))
def test_figures_come_left_to_right_in_whatever_order_size_and_place_they_were_written(
    order: list[int], gap: float, left: float, scale: float
) -> None:
    digits = [moved(DIGIT, i * (60 + 100 * gap)) for i in range(5)]
    boxes: list[Box] = [
        (x * scale + left, y * scale, w * scale, h * scale) for x, y, w, h in (digits[i] for i in order)
    ]
    best = grouped([mark(box) for box in boxes], {(i,): 0.99 for i in range(5)})[0]
    assert best.runs == tuple((order.index(i),) for i in range(5))
    assert not best.left_out


def test_a_bar_above_belongs_to_its_digit() -> None:
    five = [stroke((10, 0), (50, 0)), mark((5.0, 8.0, 50.0, 90.0)), mark(moved(DIGIT, 90))]
    assert grouped(five, {(0, 1): 0.9, (1,): 0.6, (2,): 0.9})[0].runs == ((0, 1), (2,))


def test_the_network_decides_whether_neighbours_are_one_figure() -> None:
    halves = [mark((0.0, 0.0, 40.0, 100.0)), mark((52.0, 0.0, 40.0, 100.0))]
    assert grouped(halves, {(0, 1): 0.99, (0,): 0.4, (1,): 0.3})[0].runs == ((0, 1),)
    assert grouped(halves, {(0, 1): 0.15, (0,): 0.99, (1,): 0.99})[0].runs == ((0,), (1,))


def test_pieces_of_a_broken_stroke_are_one_figure() -> None:
    pieces = [stroke((0, 0), (50, 0)), stroke((46, 8), (30, 50)), stroke((27, 58), (18, 100))]
    assert grouped([*pieces, mark(moved(DIGIT, 100))], {(0, 1, 2): 0.95, (3,): 0.99}, 0.5)[0].runs == ((0, 1, 2), (3,))


def test_a_speck_is_left_out_and_said_to_be() -> None:
    marks = [mark(DIGIT), mark((100.0, 10.0, 4.0, 4.0)), mark(moved(DIGIT, 150))]
    best = grouped(marks, {(0,): 0.99, (2,): 0.99})[0]
    assert (best.runs, best.left_out) == (((0,), (2,)), (1,))


@pytest.mark.parametrize(
    ("between", "sign"),
    [
        ([stroke((80, 97), (80, 99))], "."),
        ([stroke((84, 88), (76, 115))], ","),
        ([stroke((80, 25), (80, 27)), stroke((80, 70), (80, 72))], ":"),
        ([stroke((65, 50), (105, 50))], "-"),
        ([stroke((65, 50), (105, 50)), stroke((85, 30), (85, 70))], "+"),
        ([stroke((132, -5), (52, 105))], "/"),
        ([stroke((110, 0), (63, 100))], "#"),
        ([stroke((85, 0), (85, 100))], "#"),
    ],
)
def test_signs_stand_between_digits(between: list[Mark], sign: str) -> None:
    assert signs([mark(DIGIT), *between, mark(moved(DIGIT, 125))]) == f"#{sign}#"


@pytest.mark.parametrize(("left", "figures"), [(45, "###"), (80, "#-##")])
def test_a_bar_that_reaches_over_a_digit_is_no_minus(left: float, figures: str) -> None:
    five = [mark((0.0, 30.0, 60.0, 70.0)), stroke((left, 37), (left + 40, 34))]
    marks = [*five, mark(moved(DIGIT, 150)), mark(moved(DIGIT, 250))]
    sure = {(0,): 0.98, (0, 1): 0.5, (2,): 0.98, (3,): 0.98}
    assert "".join(chosen.sign or "#" for chosen in grouped(marks, sure)[0].figures) == figures


@pytest.mark.parametrize(("low", "colon"), [(70, ":"), (98, "")])
def test_dots_as_far_apart_as_the_ends_of_a_digit_are_no_colon(low: float, colon: str) -> None:
    dots = [stroke((75, 17), (75, 19)), stroke((75, low), (75, low + 2))]
    marks = [mark(DIGIT), *dots, mark(moved(DIGIT, 90))]
    sure = {(0,): 0.98, (3,): 0.98, (1, 2, 3): 0.98}
    assert colon == ":" * (":" in [chosen.sign for chosen in grouped(marks, sure)[0].figures])


@pytest.mark.parametrize(("x", "plain"), [(80, True), (58, False)])
def test_a_comma_below_a_digit_may_be_a_piece_of_it(x: float, *, plain: bool) -> None:
    marks = [mark(DIGIT), stroke((x + 4, 88), (x - 4, 115)), mark(moved(DIGIT, 110))]
    best = grouped(marks, {(0,): 0.98, (0, 1): 0.01, (2,): 0.98})[0]
    assert ([chosen.sign for chosen in best.figures] == ["", ",", ""]) == plain


@pytest.mark.parametrize("count", [2, 3, 4])
def test_digits_in_a_column_are_unlikely_to_be_one_however_many(count: int) -> None:
    marks = [mark(moved(DIGIT, 0, 116 * i)) for i in range(count)]
    runs = line_of(marks, range(count)).runs
    all_of_them = next(run.cost for run in runs if len(run.marks) == count)
    assert all_of_them > PILED * (count - 1)


def test_a_minus_stands_before_a_number_and_a_comma_does_not() -> None:
    digit = mark(moved(DIGIT, 60))
    assert signs([stroke((0, 50), (40, 50)), digit]) == "-#"
    assert signs([stroke((40, 88), (33, 115)), digit]) == "#"


def test_what_touches_is_less_plainly_apart() -> None:
    sure: dict[tuple[int, ...], float] = {(0,): 0.99, (1,): 0.99}
    apart = grouped([mark(DIGIT), mark(moved(DIGIT, 85))], sure, 0.01)[0]
    touching = grouped([mark(DIGIT), mark(moved(DIGIT, 62))], sure, 0.01)[0]
    assert apart.split == 0 < touching.split


@given(st.lists(st.tuples(*[st.floats(-1000, 1000)] * 2, *[st.floats(1, 1000)] * 2), min_size=1, max_size=6))
def test_no_mark_is_in_two_figures_and_none_is_forgotten(boxes: list[Box]) -> None:
    for grouping in grouped([mark(box) for box in boxes], {}, 0.5):
        chosen = [mark for run in grouping.runs for mark in run]
        assert sorted([*chosen, *grouping.left_out]) == list(range(len(boxes)))


def test_the_box_around_boxes() -> None:
    assert union([DIGIT, moved(DIGIT, 100, -20)]) == (0, -20, 160, 120)


def test_close_rows_are_lines() -> None:
    boxes = [moved(DIGIT, 80.0 * i, 104.0 * row) for row in range(3) for i in range(4)]
    assert lines_of(boxes) == [[0, 1, 2, 3], [4, 5, 6, 7], [8, 9, 10, 11]]


def test_a_line_that_rises_is_one() -> None:
    assert len(lines_of([moved(DIGIT, 90.0 * i, -45.0 * i) for i in range(6)])) == 1


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


def own_cost(box: Box, digit: int = 8) -> float:
    """What it costs that a mark beside a digit is this digit, where the network is sure of it."""
    line = line_of([mark(DIGIT), mark(box)], (0, 1))
    return next(digit_cost(line, run, Guess(digit, 1.0)) for run in line.runs if run.marks == (1,))


def test_a_figure_is_the_less_likely_the_lower_it_is_below_two_thirds_of_a_line() -> None:
    costs = [own_cost((100.0, 0.0, 0.6 * height, height)) for height in (100.0, 71.0, 63.0, 35.0)]
    assert costs[0] == costs[1] == pytest.approx(0.5)
    assert costs[2] == pytest.approx(0.5 + 0.5, abs=0.1)
    assert costs[3] == pytest.approx(0.5 + 2.5, abs=0.1)


def test_a_figure_is_the_less_likely_the_wider_it_is_than_its_digit_up_to_a_limit() -> None:
    usual, wide, wider, widest = (own_cost((100.0, 0.0, width, 100.0)) for width in (60.0, 110.0, 125.0, 400.0))
    assert usual < wide < wider < widest
    assert widest == pytest.approx(0.5 + 6.0)
    assert own_cost((100.0, 0.0, 12.0, 100.0), digit=0) > own_cost((100.0, 0.0, 12.0, 100.0), digit=1)


def test_runs_much_wider_than_the_line_is_high_are_no_figure() -> None:
    for left, is_run in ((95.0, True), (105.0, False)):
        line = line_of([mark(DIGIT), mark(moved(DIGIT, left))], (0, 1))
        assert ((0, 1) in [run.marks for run in line.runs]) == is_run


def test_a_page_with_one_figure_is_what_is_usual() -> None:
    assert alone_cost([mark(DIGIT)], Guess(8, 1.0)) == pytest.approx(-2.5 + 0.5)
    assert alone_cost([mark(DIGIT)], Guess(8, 0.9)) == pytest.approx(-2.25 + 0.5 - 2 * np.log(0.9))


def test_what_the_network_is_not_certain_of_costs_more_at_a_step() -> None:
    assert doubt(0.81) == pytest.approx(-2 * np.log(0.81))
    assert doubt(0.79) == pytest.approx(3 - 2 * np.log(0.79))
    assert doubt(0.0) == pytest.approx(3 + 2 * np.log(1e4))


def test_digits_that_touch_are_not_taken_together_for_something_that_is_no_digit() -> None:
    touching = [mark(DIGIT), mark(moved(DIGIT, 60))]
    assert grouped(touching, {(0,): 0.99, (1,): 0.99, (0, 1): 0.5})[0].runs == ((0,), (1,))
    assert grouped(touching, {(0,): 0.99, (1,): 0.99, (0, 1): 0.95})[0].runs == ((0, 1),)


def test_a_part_that_is_lower_than_digits_are_is_no_digit_beside_the_rest_of_it() -> None:
    """An open 4, its left part alone a fair 4 too."""
    left, stem = stroke((0, 0), (0, 55), (35, 58)), stroke((48, 0), (48, 100))
    marks = [left, stem, mark(moved(DIGIT, 120))]
    sure = {(0, 1): 0.99, (0,): 0.85, (1,): 0.99, (2,): 0.99}
    assert grouped(marks, sure)[0].runs == ((0, 1), (2,))


def test_the_pieces_of_a_digit_are_no_colon_where_it_reaches_over_them() -> None:
    pieces = [stroke((55, 25), (56, 27)), stroke((55, 70), (56, 72))]
    marks = [mark((0.0, 0.0, 60.0, 100.0)), *pieces, mark(moved(DIGIT, 100))]
    assert ":" not in [chosen.sign for chosen in grouped(marks, {(0, 1, 2): 0.5, (0,): 0.99, (3,): 0.99})[0].figures]


def shape_cost(*marks: Mark) -> float:
    """What the shape of a figure of all these marks costs."""
    return next(run.cost for run in line_of(marks, range(len(marks))).runs if len(run.marks) == len(marks))


def stem(x: float, top: float = 0.0, foot: float = 100.0) -> Mark:
    return stroke((x, top), (x, foot))


@pytest.mark.parametrize(("gap", "cost"), [(5, 0.0), (7, 0.7 + 8 * 0.07), (20, 0.7 + 8 * 0.2)])
def test_parts_of_a_figure_side_by_side_cost_their_gap_unless_they_touch(gap: float, cost: float) -> None:
    assert shape_cost(stem(0), stem(gap)) == pytest.approx(0.5 + cost, abs=0.01)


def test_parts_of_a_figure_above_each_other_cost_their_gap_and_more_where_both_are_tall() -> None:
    bar = stroke((0, 0), (50, 0))
    assert shape_cost(bar, stem(25, 20)) == pytest.approx(0.5 + 0.2 + 4 * 0.2, abs=0.02)
    assert shape_cost(stem(25, 0, 17), stem(25, 37)) == pytest.approx(0.5 + 0.2 + 4 * 0.2, abs=0.02)
    assert shape_cost(stem(25, 0, 23), stem(25, 43)) == pytest.approx(0.5 + 2 + 12 * 0.2, abs=0.02)
    assert shape_cost(stem(25, 0, 40), stem(25, 60)) == pytest.approx(0.5 + 2 + 12 * 0.2, abs=0.02)


@pytest.mark.parametrize(("left", "cost"), [(17, 0.2 + 4 * 0.2), (23, 0.7 + 8 * 0.2)])
def test_parts_that_share_half_of_their_width_lie_above_each_other(left: float, cost: float) -> None:
    upper, lower = stroke((0, 0), (40, 0)), stroke((left, 20), (left + 40, 20), (left + 40, 100))
    assert shape_cost(upper, lower) == pytest.approx(0.5 + cost, abs=0.02)


def test_parts_of_several_strokes_that_touch_are_piled_as_whole_figures_are() -> None:
    """A 5 of three low strokes above another: none of the six is tall, the two figures are."""
    five = [stroke((0, 0), (40, 0)), stroke((0, 1), (0, 19)), stroke((0, 20), (40, 20), (40, 40), (0, 40))]
    below = [Mark(part.points + np.array((0, 60), np.float32)) for part in five]
    assert shape_cost(*five) == pytest.approx(0.5)
    assert shape_cost(*five, *below) == pytest.approx(0.5 + 2 + 12 * 0.2, abs=0.02)


def test_a_figure_has_no_more_than_sixteen_marks() -> None:
    pieces = [stem(5.0 * i) for i in range(18)]
    assert max(len(run.marks) for run in line_of(pieces, range(18)).runs) == 16


def test_figures_that_overlap_or_touch_cost_their_split() -> None:
    sure: dict[tuple[int, ...], float] = {(0,): 0.99, (1,): 0.99}
    leaning = [stroke((x, 100), (x + 60, 0)) for x in (0, 40)]  # a fifth of their height above each other
    assert grouped(leaning, sure, 0.01)[0].split == pytest.approx(10 * 0.2)
    assert grouped([mark(DIGIT), mark(moved(DIGIT, 62))], sure, 0.01)[0].split == pytest.approx(2.5)


@pytest.mark.parametrize("length", [4, 20])
def test_ink_left_out_costs_by_its_length(length: float) -> None:
    marks = [mark(DIGIT), stroke((100, 10), (100, 10 + length)), mark(moved(DIGIT, 150))]
    best = grouped(marks, {(0,): 1.0, (2,): 1.0}, 0.01)[0]
    assert best.left_out == (1,)
    assert best.cost == pytest.approx(2 * 0.5 + 1.8 + 12 * length / 100, abs=0.02)


def test_a_short_straight_stroke_is_seldom_a_one() -> None:
    line = line_of([mark(DIGIT), stem(100, 30, 80)], (0, 1))
    run = next(run for run in line.runs if run.marks == (1,))
    assert digit_cost(line, run, Guess(1, 1.0)) == pytest.approx(0.5 + 5 * 0.2 / 0.7 + 6, abs=0.02)


def test_the_smallest_marks_are_no_digits() -> None:
    assert own_cost((100.0, 40.0, 9.0, 13.0)) - own_cost((100.0, 40.0, 9.0, 15.0)) > 6


def test_a_form_costs_what_is_beyond_the_usual() -> None:
    assert own_cost((100.0, 0.0, 100.0, 100.0)) == pytest.approx(0.5 + (0.45 / 0.23) ** 2 / 2 - 1.5, abs=0.02)


@pytest.mark.parametrize(
    ("box", "lines"),
    [
        ((80.0, 110.0, 30.0, 35.0), 1),  # lower than those that say where lines are, and near
        ((80.0, 110.0, 30.0, 45.0), 2),
        ((80.0, 120.0, 20.0, 20.0), 1),  # 30 from the line to its middle
        ((80.0, 130.0, 20.0, 20.0), 2),
        ((80.0, 190.0, 9.0, 13.0), 1),  # so small that it makes no line of its own, wherever it is
        ((80.0, 190.0, 9.0, 15.0), 2),
        ((80.0, 55.0, 60.0, 100.0), 1),  # shares 45 of its height
        ((80.0, 65.0, 60.0, 100.0), 2),
    ],
)
def test_a_mark_below_is_of_the_same_line_or_of_another(box: Box, lines: int) -> None:
    assert len(lines_of([DIGIT, box])) == lines


def test_small_print_is_a_line_of_its_own_and_dirt_is_not() -> None:
    date: list[Box] = [(200.0, -60.0, 5.0, 10.0), (210.0, -60.0, 8.0, 11.0)]
    assert lines_of([DIGIT, *date]) == [[1, 2], [0]]
    assert lines_of([DIGIT, date[0]]) == [[0, 1]]
    specks: list[Box] = [(left, top, 8.0, high / 2) for left, top, _, high in date]
    assert lines_of([DIGIT, *specks]) == [[0, 1, 2]]


def test_small_print_beside_a_digit_is_no_dirt_of_it() -> None:
    """Where both are taken for one line, which is as high as they lie apart."""
    marks = [mark(DIGIT), mark((200.0, -200.0, 6.0, 12.0)), mark((210.0, -200.0, 8.0, 12.0))]
    assert not line_of(marks, range(3)).specks


def test_dirt_far_above_a_line_does_not_make_its_digits_pieces() -> None:
    dirt = [stroke((300 + 20 * n, -250), (301 + 20 * n, -250)) for n in range(5)]
    line = line_of([mark(DIGIT), mark((80.0, 0.0, 60.0, 100.0)), *dirt], range(7)).line
    assert (line.top, line.height) == pytest.approx((0, 100), abs=0.5)


def test_a_digit_and_something_far_from_it_are_not_what_is_usual() -> None:
    far, near = (alone_cost([mark(DIGIT), mark((gap, -80.0, 20.0, 12.0))], Guess(1, 0.99)) for gap in (300.0, 65.0))
    left_out = next(way.cost for way in grouped([mark(DIGIT), mark((300.0, 70.0, 20.0, 12.0))], {(0,): 0.99}))
    assert near < left_out < far


def test_a_bar_at_the_foot_of_a_one_is_part_of_its_column() -> None:
    """It is nearer to the digit below than the stem is, and low."""
    column = [
        mark((0, 0, 60, 100)),
        stroke((30, 160), (30, 240)),
        stroke((10, 250), (50, 250)),
        mark((0, 300, 60, 100)),
    ]
    without = [column[0], stroke((30, 160), (30, 250)), column[3]]
    assert alone_cost(column, Guess(8, 0.99)) > alone_cost(without, Guess(8, 0.99))


def test_a_dot_far_from_a_digit_is_dirt_and_one_near_it_is_missed() -> None:
    def cost(away: float) -> float:
        line = line_of([mark(DIGIT), stroke((60 + away, 20), (62 + away, 20))], range(2))
        return next(way.cost for way in groupings(line, [Guess(8, 0.99) for _ in line.runs]) if way.left_out == (1,))

    assert cost(300) < cost(30) - 1
    assert cost(300) == cost(90)


def test_a_blot_is_no_plus() -> None:
    def patch(arm: int) -> Mark:
        x, y = np.meshgrid(np.arange(31), np.arange(31))
        inked = (np.abs(x - 15) <= arm) | (np.abs(y - 15) <= arm)
        return Mark(np.stack([x[inked], y[inked] + 35], axis=1).astype(np.float32), 2.0 * arm + 1)

    line = Line(0, 100)
    assert sign_of([patch(2)], line) == ("+", -0.5)
    assert sign_of([patch(5)], line) is None
