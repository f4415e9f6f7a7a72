import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from model.constants import SIDE
from model.data.datasets import load_dataset
from model.pictures.normalize import BOX, CENTRE, normalize, normalize_framed


def test_the_identity_on_mnists_own_pictures() -> None:
    pictures = load_dataset().test.images[:1500].astype(np.float32) / 255
    for picture in pictures:
        np.testing.assert_array_equal(normalize(picture), picture)


def test_no_ink_is_none() -> None:
    assert normalize(np.zeros((28, 28), dtype=np.float32)) is None
    assert normalize(np.full((300, 200), 0.01, dtype=np.float32)) is None
    assert normalize(np.zeros((0, 0), dtype=np.float32)) is None
    assert normalize(np.full((5, 5), np.nan, dtype=np.float32)) is None


@pytest.mark.parametrize("shape", [(28, 28), (20, 20), (1, 1), (500, 300), (3, 900)])
def test_a_full_canvas_fills_the_box(shape: tuple[int, int]) -> None:
    image = normalize(np.ones(shape, dtype=np.float32))
    assert image is not None
    rows, columns = np.flatnonzero(image.any(axis=1)), np.flatnonzero(image.any(axis=0))
    assert max(len(rows), len(columns)) == BOX
    assert image[image > 0].min() == pytest.approx(1)


def test_the_aspect_is_kept() -> None:
    picture = np.zeros((400, 400), dtype=np.float32)
    picture[50:350, 100:220] = 1
    image = normalize(picture)
    assert image is not None
    assert image.any(axis=1).sum() == 20
    assert image.any(axis=0).sum() == 8


def test_shrinking_averages_areas() -> None:
    """A pattern of single pixels, half of them ink, becomes an even grey."""
    image = normalize(np.indices((320, 320)).sum(axis=0).astype(np.float32) % 2)
    assert image is not None
    assert image[5:20, 5:20] == pytest.approx(0.5, abs=0.01)


def test_faint_noise_of_a_scan_is_no_ink() -> None:
    rng = np.random.default_rng(0)
    clean = np.zeros((300, 300), dtype=np.float32)
    clean[100:200, 120:150] = 1
    noisy = np.maximum(clean, rng.uniform(0, 0.05, clean.shape).astype(np.float32))
    seen, wanted = normalize(noisy), normalize(clean)
    assert seen is not None and wanted is not None
    np.testing.assert_allclose(seen, wanted, atol=0.06)


def test_ink_heavy_on_one_side_stays_in_the_frame() -> None:
    picture = np.zeros((200, 200), dtype=np.float32)
    picture[:, 0] = 1
    picture[:20, :] = 1
    picture[199, 199] = 1
    image = normalize(picture)
    assert image is not None
    assert image.any(axis=1).sum() == 20
    assert image.any(axis=0).sum() == 20


@settings(max_examples=60, deadline=None)
@given(st.integers(1, 90), st.integers(1, 90), st.integers(0, 2**32 - 1))
def test_any_picture_is_none_or_an_image_with_its_mass_in_the_middle(height: int, width: int, seed: int) -> None:
    rng = np.random.default_rng(seed)
    picture = rng.random((height, width), dtype=np.float32) ** np.float32(rng.uniform(0.2, 20))
    image = normalize(picture)
    if image is None:
        return
    assert image.shape == (SIDE, SIDE)
    assert image.dtype == np.float32
    assert 0 <= image.min() <= image.max() <= 1
    indices = np.arange(SIDE)
    centre = np.array([image.sum(axis=1) @ indices, image.sum(axis=0) @ indices]) / image.sum()
    inside = (image[0].sum() + image[-1].sum() + image[:, 0].sum() + image[:, -1].sum()) == 0
    assert not inside or np.abs(centre - CENTRE).max() <= 0.51


def test_ink_begins_at_a_fiftieth() -> None:
    for ink, is_ink in ((0.019, False), (0.021, True), (np.inf, False), (-1.0, False)):
        picture = np.zeros((50, 50), dtype=np.float32)
        picture[20:30, 20:30] = ink
        assert (normalize(picture) is not None) == is_ink


@pytest.mark.parametrize(("side", "faint", "counts"), [(300, 0.09, False), (300, 0.11, True), (41, 0.09, False),
                                                       (40, 0.09, True), (28, 0.01, True)])  # fmt: skip
def test_in_large_pictures_faint_pixels_are_noise_and_in_small_ones_soft_edges(
    side: int, faint: float, counts: bool
) -> None:
    picture = np.zeros((side, side), dtype=np.float32)
    picture[10:20, 10:14] = 1
    framed_alone = normalize_framed(picture)
    picture[22, 11] = faint
    framed = normalize_framed(picture)
    assert framed is not None and framed_alone is not None
    assert framed_alone[1].height == pytest.approx(14)  # ten pixels become twenty
    assert framed[1].height == pytest.approx(14 * 13 / 10 if counts else 14)


def test_the_frame_says_where_the_picture_lies() -> None:
    picture = np.zeros((100, 200), dtype=np.float32)
    picture[30:70, 40:60] = 1
    framed = normalize_framed(picture)
    assert framed is not None
    image, frame = framed
    assert (frame.width, frame.height) == (56, 56)  # two pixels to one
    rows, columns = np.flatnonzero(image.any(axis=1)), np.flatnonzero(image.any(axis=0))
    assert frame.top + 2 * rows[0] == 30 and frame.left + 2 * columns[0] == 40
    assert frame.top + 2 * (rows[-1] + 1) == 70 and frame.left + 2 * (columns[-1] + 1) == 60
    moved = frame.moved(0.5, (100.0, 10.0))
    assert moved == (frame.left / 2 + 100, frame.top / 2 + 10, 28, 28)


def test_each_axis_keeps_its_own_scale() -> None:
    picture = np.zeros((60, 60), dtype=np.float32)
    picture[5:55, 20:23] = 1  # 50 high, 3 wide: 20 high, 1 wide
    framed = normalize_framed(picture)
    assert framed is not None
    assert framed[1].height == pytest.approx(28 * 50 / 20) and framed[1].width == pytest.approx(28 * 3)


def test_what_is_shrunk_by_whole_steps_stays_sharp() -> None:
    """Squares of three pixels become single ones, black or white."""
    squares = (np.indices((20, 20)).sum(axis=0) % 2).astype(np.float32)
    image = normalize(np.kron(squares, np.ones((3, 3), np.float32)))
    assert image is not None
    assert set(np.unique(image)) == {0, 1}
