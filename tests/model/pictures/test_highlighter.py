"""Highlighter is taken for paper, and nothing else that is coloured is."""

import numpy as np
import pytest
from PIL import Image, ImageDraw

from model.pictures.highlighter import without_highlighter

PAPER = (243, 241, 236)


def page(*, band: tuple[int, int, int] | None, ink: tuple[int, int, int] | None = (32, 32, 40)) -> np.ndarray:
    image = Image.new("RGB", (400, 300), PAPER)
    brush = ImageDraw.Draw(image)
    if band is not None:
        brush.rectangle((100, 100, 240, 170), fill=band)
    if ink is not None:
        brush.line((130, 90, 130, 180), ink, 8)
        brush.line((170, 95, 200, 95, 180, 175), ink, 8)
    return np.asarray(image, np.float32) / 255


@pytest.mark.parametrize("band", [(245, 240, 80), (140, 240, 140), (250, 160, 200), (255, 150, 40)])
def test_a_band_over_ink_is_paper_and_the_ink_stays(band: tuple[int, int, int]) -> None:
    clean = without_highlighter(page(band=band))
    assert np.abs(clean - page(band=None)).max() < 0.08


def test_a_page_without_a_band_is_the_same_array() -> None:
    for plain in (page(band=None), page(band=None, ink=(230, 120, 20)), page(band=(120, 120, 120))):
        assert without_highlighter(plain) is plain


def test_a_coloured_patch_without_ink_on_it_is_what_was_drawn() -> None:
    drawn = page(band=(245, 200, 40), ink=None)
    assert without_highlighter(drawn) is drawn


def test_a_coloured_table_at_the_edge_is_left_to_the_paper() -> None:
    sheet = page(band=None)
    sheet[:, :110] = np.array((235, 180, 120), np.float32) / 255
    sheet[140:160, 20:90] = 0.1
    assert without_highlighter(sheet) is sheet


def fringed(fringe: tuple[int, int, int]) -> np.ndarray:
    """A figure of blue ink that a lens has drawn a bright fringe round."""
    image = Image.new("RGB", (400, 300), (176, 168, 150))
    brush = ImageDraw.Draw(image)
    for width, colour in ((44, fringe), (26, (20, 16, 140))):
        brush.ellipse((180 - width / 2, 90 - width / 2, 250 + width / 2, 210 + width / 2), outline=colour, width=width)
    return np.asarray(image, np.float32) / 255


def test_a_bright_fringe_round_ink_is_no_band() -> None:
    figure = fringed((255, 230, 120))
    assert without_highlighter(figure) is figure


def test_what_is_printed_in_one_colour_is_no_band() -> None:
    stamp = page(band=(20, 60, 200))
    assert without_highlighter(stamp) is stamp


def test_figures_that_shine_on_a_dark_screen_are_no_bands() -> None:
    screen = np.full((300, 400, 3), 0.06, np.float32)
    screen[100:170, 100:240] = (0.35, 0.78, 1)
    screen[100:170, 150:160] = 0.06
    assert without_highlighter(screen) is screen
