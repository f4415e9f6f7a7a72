"""Workspace: memory that is handed out again, and what must not be left in it."""

import math

import numpy as np
import pytest

from model.network.layers import Conv2D, Layer, MaxPool2D
from model.network.network import Network
from model.network.workspace import Workspace, as_pictures, blocks, by_place, long_rows

FLOAT = np.dtype(np.float32)


def test_after_a_reset_the_same_requests_get_the_same_memory() -> None:
    work = Workspace()
    first, second = work.empty((4, 5), FLOAT), work.empty((3,), FLOAT)
    first[...], second[...] = 1, 2
    assert not np.shares_memory(first, second)
    assert not np.shares_memory(first, work.empty((4, 5), FLOAT))
    work.reset()
    again = work.empty((4, 5), FLOAT)
    assert np.shares_memory(again, first) and again.shape == (4, 5)
    larger = work.empty((30,), FLOAT)
    assert larger.shape == (30,) and larger.dtype == FLOAT and not np.shares_memory(larger, again)
    work.reset()
    assert work.empty((2, 2), np.dtype(np.float64)).dtype == np.float64


def test_scratch_is_one_place_that_grows() -> None:
    work = Workspace()
    large = work.scratch((10, 10), FLOAT)
    small = work.scratch((3, 3), FLOAT)
    assert np.shares_memory(large, small) and small.shape == (3, 3)
    assert work.scratch((50, 10), FLOAT).shape == (50, 10)


def test_frames_begin_at_zero_and_are_kept_by_shape_and_purpose() -> None:
    work = Workspace()
    frame = work.frame((2, 3), FLOAT, "a")
    assert (frame == 0).all()
    frame[0] = 7
    assert work.frame((2, 3), FLOAT, "a") is frame
    for other in (work.frame((2, 3), FLOAT, "b"), work.frame((3, 2), FLOAT, "a")):
        assert (other == 0).all() and other is not frame


def test_a_reset_may_bring_another_generator() -> None:
    work, rng = Workspace(), np.random.default_rng(5)
    before = work.rng
    work.reset()
    assert work.rng is before
    work.reset(rng)
    assert work.rng is rng


def test_equal_places_of_pictures_lie_side_by_side() -> None:
    pictures = Workspace().pictures((3, 4, 5, 2), FLOAT)
    assert pictures.shape == (3, 4, 5, 2)
    pictures[...] = np.arange(pictures.size).reshape(pictures.shape)
    places = by_place(pictures)
    assert places.shape == (4, 5, 3, 2) and places.flags.c_contiguous and np.shares_memory(places, pictures)
    plain = pictures.copy("C")
    assert not np.shares_memory(by_place(plain), plain)
    np.testing.assert_array_equal(by_place(plain), places)
    np.testing.assert_array_equal(as_pictures(places), plain)


@pytest.mark.parametrize(("shape", "rows"), [((4, 5, 64, 8), (20, 512)), ((4, 5, 63, 8), (4, 2520))])
def test_rows_are_long(shape: tuple[int, ...], rows: tuple[int, int]) -> None:
    array = np.zeros(shape, np.float32)
    assert long_rows(array).shape == rows
    assert np.shares_memory(long_rows(array), array)


@pytest.mark.parametrize("limit", [1, 100, 160, 10_000])
def test_blocks_hold_at_most_so_many_bytes_or_one_row(limit: int) -> None:
    rows = np.arange(70, dtype=np.float32).reshape(7, 10)
    parts = [rows[block] for block in blocks(rows, limit)]
    np.testing.assert_array_equal(np.concatenate(parts), rows)
    assert all(part.nbytes <= limit or len(part) == 1 for part in parts)
    assert len(parts) == math.ceil(7 / max(1, limit // 40))


def test_memory_begins_where_a_cache_line_does() -> None:
    work = Workspace()
    for size in range(1, 1000, 90):
        for array in (work.empty((size,), FLOAT), work.scratch((size,), FLOAT), work.frame((size,), FLOAT, "")):
            assert array.ctypes.data % 64 == 0


@pytest.mark.parametrize("shape", [(4, 5, 2), (5, 4, 2), (5, 5, 2), (7, 4, 1)])
@pytest.mark.parametrize("layer", [MaxPool2D(), MaxPool2D(3), Conv2D(2, 3, stride=2), Conv2D(2, 2, padding="valid")])
def test_what_used_memory_held_before_reaches_no_gradient(layer: Layer, shape: tuple[int, ...]) -> None:
    network = Network([type(layer)(**layer.settings())], input_shape=shape, rng=np.random.default_rng(0))
    layer = network.layers[0]
    x = np.random.default_rng(1).normal(size=(3, *shape)).astype(np.float32)

    def gradient(work: Workspace) -> np.ndarray:
        y, cache = layer.forward(x, work)
        dx = layer.backward(np.ones_like(y), cache, network.split(np.empty_like(network.vector))[0], work)
        assert dx is not None
        return dx.copy()

    clean, used = gradient(Workspace()), Workspace()
    for _ in range(2):
        used.reset()
        for _ in range(12):
            used.empty((400,), FLOAT)[...] = 99
        used.scratch((4000,), FLOAT)[...] = 99
        used.reset()
        np.testing.assert_array_equal(gradient(used), clean)
