"""However thin the pen, the picture for the network has lines as thick as MNIST's; thick lines stay as they are."""

import numpy as np
import pytest
from PIL import Image, ImageDraw

from model.pictures.normalize import normalize
from model.pictures.stroke_width import SMALL, pen_width, stroke_width, thickened, thinned

CORNERS = [(100, 80), (300, 80), (180, 420)]


def draw(width: int) -> np.ndarray:
    image = Image.new("L", (400, 500))
    ImageDraw.Draw(image).line(CORNERS, fill=255, width=width, joint="curve")
    return np.asarray(image, np.float32) / np.float32(255)


@pytest.mark.parametrize("width", [4, 10, 30, 60])
def test_width_of_lines(width: int) -> None:
    assert stroke_width(draw(width)) == pytest.approx(width, rel=0.2)


@pytest.mark.parametrize("width", [1, 2, 5, 12])
def test_thin_lines_end_as_thick_as_a_pen_draws_them(width: int) -> None:
    thin, pen = normalize(thickened(draw(width))), normalize(draw(50))
    assert thin is not None
    assert pen is not None
    assert thin.sum() == pytest.approx(pen.sum(), rel=0.2)
    assert np.corrcoef(thin.ravel(), pen.ravel())[0, 1] > 0.9


def test_thick_small_and_empty_pictures_stay_as_they_are(rng: np.random.Generator) -> None:
    for picture in (draw(50), rng.random((SMALL, SMALL), np.float32), np.zeros((300, 200), np.float32)):
        assert thickened(picture) is picture


@pytest.mark.parametrize("width", [90, 110])
def test_bold_lines_end_hardly_thicker_than_those_of_a_pen(width: int) -> None:
    bold, pen = normalize(draw(width)), normalize(draw(50))
    assert bold is not None
    assert pen is not None
    thin = thinned(bold)
    assert stroke_width(bold) > 3.3 > stroke_width(thin) > stroke_width(pen) - 0.3
    assert (thin <= bold).all()
    assert thinned(pen) is pen


@pytest.mark.parametrize("shape", [(1, 500), (500, 1), (41, 1)])
def test_flat_pictures(shape: tuple[int, int]) -> None:
    picture = thickened(np.ones(shape, np.float32))
    assert np.isfinite(picture).all()
    assert picture.max() == 1


@pytest.mark.parametrize("length", [0, 10, 40, 300])
def test_a_dot_and_a_stroke_of_one_pen_have_its_width(length: int) -> None:
    image = Image.new("L", (1600, 240))
    brush = ImageDraw.Draw(image)
    brush.ellipse((40, 40, 120, 120), 255)
    brush.ellipse((40 + 4 * length, 40, 120 + 4 * length, 120), 255)
    brush.rectangle((80, 40, 80 + 4 * length, 120), 255)
    soft = np.asarray(image.reduce(4), np.float32) / np.float32(255)
    assert pen_width(soft) == pytest.approx(20, rel=0.25)
    assert pen_width(np.zeros((5, 5), np.float32)) == 0
