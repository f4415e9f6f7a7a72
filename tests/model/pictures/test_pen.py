import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from model.pictures import pen
from model.pictures.drawing import Drawing, Stroke
from model.pictures.normalize import normalize
from model.pictures.pen import (
    INK_SIDE,
    PEN_WIDTH,
    GrowingPicture,
    paint,
    picture_of,
    placing,
    strokes_of,
    without_specks,
)


def drawing_of(*strokes: list[tuple[float, float]]) -> Drawing:
    return Drawing(tuple(Stroke(np.array(stroke, dtype=np.float32)) for stroke in strokes))


SEVEN = [[(10.0, 10.0), (60.0, 12.0), (30.0, 100.0)], [(25.0, 55.0), (62.0, 52.0)]]


def seen(drawing: Drawing) -> np.ndarray:
    picture = picture_of(drawing)
    assert picture is not None
    image = normalize(picture)
    assert image is not None
    return image


def test_nothing_drawn_is_none() -> None:
    assert picture_of(Drawing(())) is None
    assert picture_of(Drawing((Stroke(np.zeros((0, 2), dtype=np.float32)),))) is None


def test_a_tap_is_a_round_dot() -> None:
    image = seen(drawing_of([(40.0, 40.0)]))
    assert image[14, 14] == 1
    assert image.any(axis=0).sum() == image.any(axis=1).sum() == 20
    assert image[5, 5] == 0


def test_a_tap_of_a_hand_that_trembles_is_the_same_dot() -> None:
    trembling = [(40.0, 40.0), (43.0, 41.0), (41.0, 46.0), (40.0, 48.0)]
    np.testing.assert_array_equal(seen(drawing_of(trembling)), seen(drawing_of([(40.0, 40.0)])))
    large = Drawing((Stroke(np.array(trembling, np.float32)),), canvas=(28, 28))
    assert not np.array_equal(seen(large), seen(drawing_of([(40.0, 40.0)])))


def test_the_pen_follows_the_digit() -> None:
    picture = picture_of(drawing_of([(0.0, 0.0), (0.0, 50.0)]))
    assert picture is not None
    width = picture[picture.shape[0] // 2].sum()
    assert abs(width - INK_SIDE * PEN_WIDTH / (1 + PEN_WIDTH)) < 2.5
    assert abs(picture.any(axis=1).sum() - INK_SIDE) <= 2


def test_fast_strokes_have_no_gaps() -> None:
    picture = picture_of(drawing_of([(0.0, 0.0), (100.0, 100.0)]))
    assert picture is not None
    size = len(picture)
    assert all(picture[i, i] == 1 for i in range(20, size - 20))


def test_a_speck_far_away_is_left_out() -> None:
    with_speck = drawing_of(*SEVEN, [(200.0, 180.0)], [(201.0, 181.0), (202.0, 182.0)])
    np.testing.assert_array_equal(seen(with_speck), seen(drawing_of(*SEVEN)))


def test_dots_and_short_dashes_near_the_ink_stay() -> None:
    strokes = [np.array(stroke) for stroke in (*SEVEN, [(28.0, 105.0)], [(26.0, 112.0), (27.0, 113.0)])]
    assert len(without_specks(strokes)) == 4


def test_a_digit_of_dots_alone_stays_whole() -> None:
    strokes = [np.array([[0.0, 10.0 * i]]) for i in range(9)]
    assert len(without_specks(strokes)) == 9


finite = st.floats(-1e6, 1e6, width=32)
points = st.lists(st.tuples(finite, finite), min_size=1, max_size=12)


@settings(max_examples=60, deadline=None)
@given(st.lists(points, max_size=5))
def test_any_drawing_is_none_or_an_image(strokes: list[list[tuple[float, float]]]) -> None:
    picture = picture_of(drawing_of(*strokes))
    assert (picture is None) == (not strokes)
    if picture is None:
        return
    assert max(picture.shape) <= 200
    image = normalize(picture)
    assert image is not None
    assert image.shape == (28, 28)
    assert np.isfinite(image).all()
    assert 0 <= image.min() <= image.max() <= 1


@settings(max_examples=40, deadline=None)
@given(st.floats(0.12, 30), st.floats(-500, 500), st.floats(-500, 500))
def test_place_and_size_make_no_difference(scale: float, x: float, y: float) -> None:
    moved = [[(scale * a + x, scale * b + y) for a, b in stroke] for stroke in SEVEN]
    picture, plain = picture_of(drawing_of(*moved)), picture_of(drawing_of(*SEVEN))
    assert picture is not None
    assert plain is not None
    height, width = np.minimum(picture.shape, plain.shape)
    assert np.abs(np.subtract(picture.shape, plain.shape)).max() <= 1
    assert np.abs(picture[:height, :width] - plain[:height, :width]).mean() < 0.02


def test_thousands_of_specks_take_no_time_to_speak_of() -> None:
    """A chain of dots is followed link by link, each compared with the last link alone."""
    line = np.stack([np.zeros(30_000), np.linspace(0, 1000, 30_000)], axis=1)
    chain = [np.array([[60.0 + 60 * i, 500.0]]) for i in range(600)]
    assert len(without_specks([line, *chain])) == 1 + 600


places = st.tuples(st.integers(0, 255), st.integers(0, 255))


@settings(max_examples=100, deadline=None)
@given(
    strokes=st.lists(st.lists(places, min_size=1, max_size=12), max_size=5),
    steps=st.lists(st.tuples(st.integers(0, 5), st.integers(0, 12)), max_size=12),
)
def test_a_growing_picture_is_always_the_picture(
    strokes: list[list[tuple[float, float]]], steps: list[tuple[int, int]]
) -> None:
    growing = GrowingPicture()
    for count, points in [*steps, (len(strokes), 12)]:  # also smaller than before, as after an undo
        drawing = drawing_of(*strokes[:count], *[stroke[:points] for stroke in strokes[count : count + 1]])
        wanted = picture_of(drawing)
        np.testing.assert_array_equal(growing.of(drawing), wanted)


def test_of_a_growing_picture_only_what_is_new_is_painted(monkeypatch: pytest.MonkeyPatch) -> None:
    painted: list[int] = []
    paint = pen._paint_corners

    def counted(image: object, corners: np.ndarray, width: float, done: int = 0) -> None:
        painted.append(len(corners) - done)
        paint(image, corners, width, done)  # type: ignore[arg-type]

    monkeypatch.setattr(pen, "_paint_corners", counted)
    growing = GrowingPicture()
    frame = [(0.0, 0.0), (0.0, 200.0), (200.0, 200.0), (200.0, 0.0)]
    zigzag = [(20.0 + 8 * i, 20.0 + 90 * (i % 2)) for i in range(20)]
    growing.of(drawing_of(frame, zigzag[:15]))
    assert painted == [4, 15]
    growing.of(drawing_of(frame, zigzag))
    assert painted[2:] == [0, 5]
    growing.of(drawing_of(frame, zigzag, [(-50.0, 0.0), (0.0, 0.0)]))  # all of it is smaller now
    assert painted[4:] == [4, 20, 2]


@pytest.mark.parametrize(
    ("size", "gap", "stays"),
    [(9.5, 30, False), (10.5, 30, True), (4, 13, False), (4, 11, True), (0, 11.9, True), (0, 12.1, False)],
)
def test_a_slip_of_the_pen_is_small_and_far_away(size: float, gap: float, stays: bool) -> None:
    small = np.array([(gap, 50.0 - size / 2), (gap, 50.0 + size / 2)])
    assert len(without_specks([np.array([(0.0, float(y)) for y in range(101)]), small])) == 1 + stays


@pytest.mark.parametrize(("span", "dot"), [(10.0, True), (10.5, False)])
def test_ink_within_four_hundredths_of_the_canvas_is_a_dot(span: float, dot: bool) -> None:
    strokes = strokes_of(drawing_of([(40.0, 40.0), (40.0, 40.0 + span)]))
    assert [len(stroke) for stroke in strokes] == [1 if dot else 2]


def test_a_placing_puts_the_ink_inside_with_a_margin_all_round() -> None:
    strokes = [np.array(stroke) for stroke in SEVEN]
    place = placing(strokes)
    points = np.concatenate(strokes) * place.scale + place.offset
    rim = points.min(axis=0) - place.width / 2
    np.testing.assert_allclose(rim, pen.MARGIN)
    far = np.array(place.size) - (points.max(axis=0) + place.width / 2)
    assert (far > pen.MARGIN - 1e-6).all() and (far < pen.MARGIN + 1).all()
    painted = paint(strokes)
    assert painted.shape == place.size[::-1]
    rows, columns = np.flatnonzero(painted.any(axis=1)), np.flatnonzero(painted.any(axis=0))
    assert max(len(rows), len(columns)) == pytest.approx(INK_SIDE, abs=2)
    assert placing([np.array([[5.0, 7.0]])]).scale == 0


def test_a_thicker_pen_paints_more_and_no_larger() -> None:
    strokes = [np.array(stroke) for stroke in SEVEN]
    thin, thick = paint(strokes, 0.07), paint(strokes, 0.21)
    assert thick.sum() > 2 * thin.sum()
    for painted in (thin, thick):
        assert painted.any(axis=1).sum() == pytest.approx(INK_SIDE, abs=2)
        assert set(np.unique(painted)) == {0, 1}
