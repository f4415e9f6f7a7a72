"""Light digits on dark tiles are ink; other ink stays as it is."""

import numpy as np

from model.pictures.tiles import without_tiles


def tiles(count: int, *, held: bool = True) -> np.ndarray:
    """Dark squares of 60 pixels with a light bar in each."""
    ink = np.zeros((68, 4 + 64 * count), np.float32)
    for place in range(count):
        left = 4 + 64 * place
        ink[4:64, left : left + 60] = 1
        if held:
            ink[15:50, left + 25 : left + 33] = 0
    return ink


def test_what_is_light_in_tiles_is_ink_and_what_is_between_them_is_not() -> None:
    expected = np.zeros((68, 196), np.float32)
    for left in (4, 68, 132):
        expected[15:50, left + 25 : left + 33] = 1
    assert np.array_equal(without_tiles(tiles(3)), expected)


def test_a_lone_tile_and_tiles_that_hold_nothing_are_ink() -> None:
    for ink in (tiles(1), tiles(3, held=False)):
        assert without_tiles(ink) is ink


def test_few_squares_on_a_large_page_are_ink() -> None:
    page = np.zeros((400, 600), np.float32)
    page[:68, :196] = tiles(3)
    assert without_tiles(page) is page


def test_squares_of_several_sizes_are_no_tiles() -> None:
    ink = tiles(3)
    ink[50:64, 132:] = 0
    assert without_tiles(ink) is ink
