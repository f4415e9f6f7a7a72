"""A picture of numbers: boxes in the file's own pixels, and the steps as a picture."""

from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

from model.explanation.reading_steps import CAPTION, MARGIN, explain
from model.network.network import Network
from model.pictures.photograph import load_photograph
from model.reading.number_reader import read_photograph
from model.reading.reader import Reader

ROOT = Path(__file__).parents[3]


@pytest.fixture(scope="module")
def reader() -> Reader:
    return Reader(Network.load(ROOT / "weights" / "cnn.npz"))


def printed(path: Path, *texts: tuple[tuple[int, int], str], size: tuple[int, int] = (700, 400)) -> Path:
    image = Image.new("RGB", size, (240, 238, 230))
    font = ImageFont.truetype(str(ROOT / "assets/fonts/Inter-Regular.otf"), 120)
    for place, text in texts:
        ImageDraw.Draw(image).text(place, text, (30, 40, 90), font, anchor="la")
    image.save(path)
    return path


def test_lines_of_numbers_with_their_boxes(reader: Reader, tmp_path: Path) -> None:
    number = read_photograph(
        reader, load_photograph(printed(tmp_path / "a.png", ((60, 40), "2026"), ((90, 220), "47")))
    )
    assert number.text == "2026 47"
    tops = [figure.box[1] for figure in number.figures]
    assert max(tops[:4]) < min(tops[4:])


def test_boxes_are_in_the_files_own_pixels_and_move_with_the_figures(reader: Reader, tmp_path: Path) -> None:
    small = read_photograph(reader, load_photograph(printed(tmp_path / "a.png", ((60, 40), "52"))))
    moved = read_photograph(reader, load_photograph(printed(tmp_path / "b.png", ((160, 90), "52"))))
    for before, after in zip(small.figures, moved.figures, strict=True):
        assert after.box == pytest.approx((before.box[0] + 100, before.box[1] + 50, *before.box[2:]), abs=1)
    with Image.open(tmp_path / "a.png") as image:
        image.resize((2800, 1600)).save(tmp_path / "c.png")
    large = read_photograph(reader, load_photograph(tmp_path / "c.png"))
    for before, after in zip(small.figures, large.figures, strict=True):
        assert after.box == pytest.approx([4 * side for side in before.box], abs=12)


def test_the_steps_are_saved_as_a_picture(reader: Reader, tmp_path: Path) -> None:
    out = tmp_path / "steps.png"
    assert explain(reader, printed(tmp_path / "a.png", ((60, 40), "38")), out).text == "38"
    with Image.open(out) as steps:
        assert steps.width > 1400
        assert len(steps.convert("RGB").getcolors(10**6) or []) > 20


def test_names_of_many_figures_stand_apart(reader: Reader, tmp_path: Path) -> None:
    path = printed(tmp_path / "a.png", ((60, 40), 4 * "0123456789"), size=(3200, 200))
    assert explain(reader, path, tmp_path / "steps.png").text == 4 * "0123456789"
    with Image.open(tmp_path / "steps.png") as steps:  # of a picture so wide one stands below the other
        height = (steps.height - 3 * MARGIN - 2 * CAPTION) // 6
        top = MARGIN + 4 * height + CAPTION
        tile = np.asarray(steps.crop((MARGIN, top, steps.width - MARGIN, top + height - MARGIN - CAPTION)), np.int16)
    red = tile[..., 0] - tile[..., 1] > 90
    above = red[: np.flatnonzero(red.sum(axis=1) > 300)[0] - 1].any(axis=0)  # the rows over the frames' upper edges
    gaps = np.diff(np.flatnonzero(above)) - 1
    assert np.count_nonzero(gaps >= 2) >= 39
    assert gaps.max() < 100


def test_an_empty_page_has_steps_too(reader: Reader, tmp_path: Path) -> None:
    assert explain(reader, printed(tmp_path / "a.png"), tmp_path / "steps.png").figures == ()
    with pytest.raises(ValueError, match="end with"):
        explain(reader, tmp_path / "a.png", tmp_path / "steps.jpg")
