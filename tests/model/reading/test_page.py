"""Pages: strokes and patches as marks, what is shown of some of them, and the lines that they may stand on."""

import numpy as np

from model.pictures.drawing import Drawing, Stroke
from model.pictures.patches import patches_of
from model.pictures.stroke_width import SMALL
from model.reading.page import MOST_MARKS, Page, page_of_patches, page_of_strokes


def bar(left: float, top: float = 0) -> Stroke:
    return Stroke(np.array([(left, top), (left, top + 100)], np.float32))


def strokes(*chosen: Stroke) -> Page[Drawing]:
    return page_of_strokes(Drawing(chosen, (600, 300)))


def test_strokes_without_points_are_no_marks_and_leave_the_places_of_others_as_they_are() -> None:
    empty = Stroke(np.zeros((0, 2), np.float32))
    page = strokes(bar(0), empty, bar(80))
    assert (len(page.marks), page.names) == (2, (0, 2))
    assert [stroke.points[0, 0] for stroke in page.only((1,)).strokes] == [80]


def test_every_figure_is_asked_about_once_and_that_of_all_marks_never() -> None:
    runs = strokes(bar(0), bar(40), bar(80)).runs
    assert len(runs) == len(set(runs))
    assert (0, 1, 2) not in runs
    assert {(0,), (1,), (2,), (0, 1), (1, 2)} <= set(runs)


def test_marks_on_two_lines_may_be_one_line_in_pieces_too() -> None:
    assert [len(lines) for lines in strokes(bar(0), bar(60), bar(0, 150)).layouts] == [2, 1]


def test_a_page_of_one_mark_or_of_too_many_has_no_lines() -> None:
    assert strokes(bar(0)).layouts == ()
    assert strokes(*(bar(40 * n) for n in range(MOST_MARKS + 1))).layouts == ()


def test_a_patch_is_shown_without_its_neighbours() -> None:
    ink = np.zeros((120, 200), np.float32)
    ink[20:100, 20:30] = 1
    ink[20:100, 40:44] = 0.8
    page = page_of_patches(ink, patches_of(ink))
    assert [round(mark.pen) for mark in page.marks] == [10, 4]
    assert page.only((1,)).max() == np.float32(0.8)
    assert min(page.only((1,)).shape) > SMALL  # else it would be taken for a picture that was drawn for the network
    assert page.whole.max() == 1


def test_a_picture_that_was_drawn_for_the_network_is_one_mark() -> None:
    ink = np.zeros((SMALL, SMALL), np.float32)
    ink[4:20, 4:6] = ink[4:20, 12:14] = 1
    page = page_of_patches(ink, patches_of(ink))
    assert len(page.marks) == 1
    assert page.whole is ink
