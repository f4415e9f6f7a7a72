"""Lines on paper as dark as the ink, and boxes of forms, are no ink; strokes across them stay."""

import numpy as np
import pytest
from PIL import Image, ImageDraw

from model.pictures.lines import without_lines

SIZE = (400, 240)


def drawn(*lines: tuple[tuple[int, int], ...], digit: bool = True) -> np.ndarray:
    """A tall zero with lines 3 pixels wide across the picture, (H, W) ink."""
    image = Image.new("L", SIZE)
    brush = ImageDraw.Draw(image)
    if digit:
        brush.ellipse((160, 70, 220, 170), outline=255, width=9)
    for points in lines:
        brush.line(points, 255, 3)
    return np.asarray(image, np.float32) / 255


ZERO = drawn() > 0.5


@pytest.mark.parametrize("turn", [-14, 0, 9])
@pytest.mark.parametrize("height", [40, 100, 190])
def test_lines_go_and_strokes_stay(height: int, turn: int) -> None:
    ink = without_lines(drawn(((0, height), (400, height + turn)))) > 0.5
    assert (ink & ZERO).sum() > 0.97 * ZERO.sum()
    assert (ink & ~ZERO).sum() < 0.03 * ZERO.sum()


def test_the_box_around_a_digit_goes() -> None:
    box = ((140, 50), (240, 50), (240, 190), (140, 190), (140, 50))
    assert ((without_lines(drawn(box)) > 0.5) == ZERO).mean() > 0.999


def test_squares_go() -> None:
    lines = [((0, y), (400, y)) for y in range(15, 240, 60)] + [((x, 0), (x, 240)) for x in range(20, 400, 60)]
    assert ((without_lines(drawn(*lines)) > 0.5) == ZERO).mean() > 0.99


def test_the_strokes_of_a_digit_are_no_lines() -> None:
    seven = drawn(((120, 40), (280, 40), (180, 210)), digit=False)
    np.testing.assert_array_equal(without_lines(seven), seven)


@pytest.mark.parametrize("width", [1, 3, 5])
def test_small_boxes_of_a_form_on_a_large_page_go(width: int) -> None:
    image = Image.new("L", (900, 700))
    brush = ImageDraw.Draw(image)
    for x in range(300, 520, 40):
        brush.ellipse((x + 10, 310, x + 30, 340), outline=255, width=4)
    zeros = np.asarray(image, np.float32) / 255
    for y in (300, 350):
        brush.line((300, y, 540, y), 255, width)
    for x in range(300, 560, 40):
        brush.line((x, 300, x, 350), 255, width)
    ink = without_lines(np.asarray(image, np.float32) / np.float32(255)) > 0.5
    assert (ink & (zeros <= 0.5)).sum() < 0.03 * (zeros > 0.5).sum()
    assert (ink & (zeros > 0.5)).sum() > 0.97 * (zeros > 0.5).sum()


def nine(stem: int) -> np.ndarray:
    """A loop with a straight stem so many pixels long at its right."""
    image = Image.new("L", (400, 500))
    brush = ImageDraw.Draw(image)
    brush.ellipse((140, 40, 200, 100), outline=255, width=9)
    brush.line((197, 70, 197, 70 + stem), 255, 9)
    return np.asarray(image, np.float32) / 255


def test_the_long_stem_of_a_nine_is_no_line() -> None:
    np.testing.assert_array_equal(without_lines(nine(200)), nine(200))


def test_a_line_as_long_as_the_page_is_no_stem() -> None:
    assert (without_lines(nine(429))[150:] > 0.5).sum() == 0


def test_a_line_down_beside_a_digit_is_no_stem() -> None:
    ink = without_lines(drawn(((300, 20), (300, 235)))) > 0.5
    assert not ink[:, 250:].any()


@pytest.mark.parametrize(("bottom", "kept"), [(190, True), (380, False)])
def test_the_stem_of_an_open_four_is_no_line(bottom: int, *, kept: bool) -> None:
    image = Image.new("L", (400, 500))
    brush = ImageDraw.Draw(image)
    brush.line((140, 60, 140, 110, 180, 110), 255, 7)
    brush.line((200, 50, 200, bottom), 255, 7)
    ink = without_lines(np.asarray(image, np.float32) / np.float32(255))
    assert bool((ink[140:, 190:210] > 0.5).any()) == kept


def test_the_bars_of_sevens_side_by_side_are_no_line() -> None:
    image = Image.new("L", SIZE)
    brush = ImageDraw.Draw(image)
    for x in (60, 160, 260):
        brush.line((x, 60, x + 82, 60, x + 40, 170), 255, 9)
    sevens = np.asarray(image, np.float32) / np.float32(255)
    np.testing.assert_array_equal(without_lines(sevens), sevens)


def test_the_sides_of_a_box_go_though_its_foot_is_outside_the_picture() -> None:
    ink = without_lines(drawn(((120, 300), (120, 30), (260, 30), (260, 300)))) > 0.5
    assert (ink & ~ZERO).sum() < 0.03 * ZERO.sum()


@pytest.mark.parametrize(("degrees", "goes"), [(4.5, True), (9.0, False)])
def test_lines_are_turned_by_a_few_degrees_at_most(degrees: float, *, goes: bool) -> None:
    rise = round(400 * np.tan(np.radians(degrees)))
    ink = without_lines(drawn(((0, 215), (400, 215 - rise)))) > 0.5
    assert bool((ink & ~ZERO).sum() < 0.03 * ZERO.sum()) == goes


@pytest.mark.parametrize(("side", "goes"), [(76, False), (84, True)])
def test_small_pictures_hold_a_digit_alone(side: int, *, goes: bool) -> None:
    image = Image.new("L", (side, side))
    brush = ImageDraw.Draw(image)
    brush.ellipse((30, 25, 50, 55), outline=255, width=4)
    brush.line((0, 66, side, 66), 255, 2)
    ink = without_lines(np.asarray(image, np.float32) / np.float32(255))
    assert bool(ink[60:].max() < 0.5) == goes


@pytest.mark.parametrize(("flag", "kept"), [((28, 14), True), ((14, 5), False)])
def test_a_stem_has_more_ink_hung_on_it_than_a_bit(flag: tuple[int, int], *, kept: bool) -> None:
    ink = np.zeros((500, 400), np.float32)
    ink[100:300, 200:209] = 1
    ink[100 : 100 + flag[1], 200 - flag[0] : 200] = 1
    assert bool(without_lines(ink)[200:, 195:215].any()) == kept


def test_the_feet_of_a_square_zero_are_no_lines() -> None:
    """Long for the page, with ends that go on in strokes; the other strokes are short for the page."""
    zero = drawn(
        ((120, 50), (110, 60), (110, 180), (122, 192), (205, 192), (215, 180), (215, 60), (205, 50), (130, 50))
    )
    zero[70:170, 160:221] = 0
    np.testing.assert_array_equal(without_lines(zero), zero)


def test_a_line_goes_on_behind_a_thick_stroke_along_it() -> None:
    """The roof of a 7 lies on the upper side of its box: the side goes left and right of it."""
    box = ((60, 70), (340, 70), (340, 180), (60, 180), (60, 70))
    ink = without_lines(np.maximum(drawn(box, digit=False), drawn(((170, 73), (230, 73)), digit=False)))
    assert ink[:, :160].max() == ink[:, 240:].max() == 0


def test_the_sides_of_a_box_go_on_beyond_the_picture() -> None:
    box = ((140, 239), (140, 50), (240, 50), (240, 239))
    assert ((without_lines(drawn(box)) > 0.5) == ZERO).mean() > 0.999


def test_sides_that_end_a_few_pixels_from_the_edge_lead_out_of_the_picture() -> None:
    """They are hardly higher than the digit, and blurred at their feet."""
    ink = without_lines(drawn(((140, 186), (140, 62), (240, 62), (240, 186)))[:190]) > 0.5
    assert (ink == ZERO[:190]).mean() > 0.999


def test_the_bars_of_a_display_alone_are_no_lines() -> None:
    """Each is long for the picture, and without all of them nothing is left to compare them with."""
    image = Image.new("L", SIZE)
    brush = ImageDraw.Draw(image)
    for left in (60, 120, 180, 240):
        brush.line(((left, 90), (left, 132)), 255, 5)
    brush.line(((150, 90), (182, 90)), 255, 5)
    ink = np.asarray(image, np.float32) / np.float32(255)
    assert ((without_lines(ink) > 0.5) == (ink > 0.5)).all()
