import numpy as np
import pytest

from model.handwriting.digits import FORMS, images, write_digit, write_strokes
from model.pictures.normalize import normalize
from model.pictures.pen import picture_of

EVERY_FORM = [(digit, form) for digit, forms in FORMS.items() for form in forms]


@pytest.mark.parametrize(("digit", "form"), EVERY_FORM)
def test_every_form_is_written_and_read_as_ink(digit: int, form: str) -> None:
    rng = np.random.default_rng(digit)
    for _ in range(20):
        drawing = write_digit(digit, rng, form)
        assert drawing.word == str(digit)
        for stroke in drawing.strokes:
            assert stroke.points.dtype == np.float32
            assert np.isfinite(stroke.points).all()
            assert stroke.points.min() >= -1
            assert stroke.points.max() <= 257
        picture = picture_of(drawing)
        assert picture is not None
        image = normalize(picture)
        assert image is not None
        assert 0.02 < image.mean() < 0.4


def test_all_ten_digits_have_forms() -> None:
    assert sorted(FORMS) == list(range(10))


def test_images_have_mnists_shape_and_weight() -> None:
    pictures, labels = images(200, np.random.default_rng(1))
    assert pictures.shape == (200, 28, 28)
    assert pictures.dtype == labels.dtype == np.uint8
    assert pictures.max(axis=(1, 2)).min() > 150
    np.testing.assert_array_equal(np.bincount(labels), np.full(10, 20))
    assert 0.10 < pictures.mean() / 255 < 0.18  # MNIST: 0.13


def test_only_the_digits_asked_for() -> None:
    _, labels = images(10, np.random.default_rng(1), digits=(1, 7, 1))
    np.testing.assert_array_equal(labels, [1, 7, 1, 1, 7, 1, 1, 7, 1, 1])


def test_no_digits_at_all() -> None:
    pictures, labels = images(0, np.random.default_rng(1))
    assert pictures.shape == (0, 28, 28)
    assert labels.shape == (0,)


def test_the_same_seed_writes_the_same() -> None:
    one, other = images(40, np.random.default_rng(5))[0], images(40, np.random.default_rng(5))[0]
    np.testing.assert_array_equal(one, other)
    assert (images(40, np.random.default_rng(6))[0] != one).any()


def test_flags_fall_and_roofs_are_level() -> None:
    """What distinguishes a 1 from a 7 without a bar: how steep the upper stroke is for the lean of the stem."""
    rng = np.random.default_rng(2)

    def fall(strokes: list[np.ndarray]) -> float:
        """Degrees by which the upper stroke falls to the left of its right end."""
        stroke = np.concatenate(strokes)
        tip = stroke[: len(stroke) * 2 // 3, 1].argmin()
        run, drop = stroke[tip, 0] - stroke[0, 0], stroke[0, 1] - stroke[tip, 1]
        return float(np.degrees(np.arctan2(drop, run)))

    flags = [fall(write_strokes(1, rng, "long flag")) for _ in range(100)]
    roofs = [fall(write_strokes(7, rng, "plain")) for _ in range(100)]
    assert np.percentile(flags, 5) > 20
    assert np.median(roofs) < 12
