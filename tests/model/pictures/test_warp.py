"""Warps: they keep the picture's kind, do nothing at strength 0, and follow the seed."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from model.pictures.warp import Warp, warp

SQUARE = np.zeros((1, 28, 28), np.uint8)
SQUARE[0, 9:19, 9:19] = 255


def test_no_strength_leaves_pictures_as_they_are() -> None:
    images = np.random.default_rng(0).integers(0, 256, (5, 28, 28)).astype(np.uint8)
    same = warp(images, np.random.default_rng(1), Warp() * 0)
    np.testing.assert_allclose(same * 255, images, atol=0.02)


@given(seed=st.integers(0, 10_000), strength=st.floats(0, 5))
@settings(max_examples=40, deadline=None)
def test_pixels_stay_between_paper_and_ink(seed: int, strength: float) -> None:
    rng = np.random.default_rng(seed)
    images = rng.integers(0, 256, (3, 28, 28)).astype(np.uint8)
    warped = warp(images, rng, Warp() * strength)
    assert warped.shape == (3, 28, 28)
    assert warped.dtype == np.float32
    assert warped.min() >= 0
    assert warped.max() <= 1.0001


def test_the_seed_decides() -> None:
    a, b, c = (warp(SQUARE, np.random.default_rng(seed), Warp()) for seed in (1, 1, 2))
    np.testing.assert_array_equal(a, b)
    assert not np.array_equal(a, c)


def test_warps_move_ink_but_lose_little() -> None:
    images = np.repeat(SQUARE, 200, axis=0)
    warped = warp(images, np.random.default_rng(0), Warp())
    ink = warped.sum(axis=(1, 2))
    assert abs(ink.mean() / 100 - 1) < 0.05
    assert ink.std() > 5  # scales differ
    middles = (warped * np.arange(28)).sum(axis=(1, 2)) / ink
    assert abs(middles.mean() - 13.5) < 0.2
    assert 0.3 < middles.std() < 1.5


def test_turning_alone_turns() -> None:
    bar = np.zeros((300, 28, 28), np.uint8)
    bar[:, 4:24, 13:15] = 255
    warped = warp(bar, np.random.default_rng(0), Warp(turn=30, scale=0, slant=0, shift=0, elastic=0))
    tops = (warped[:, 5] * np.arange(28)).sum(axis=1) / np.maximum(warped[:, 5].sum(axis=1), 1e-6)
    assert tops.max() - tops.min() > 6
    np.testing.assert_allclose(warped.sum(axis=(1, 2)), 40, rtol=0.06)
