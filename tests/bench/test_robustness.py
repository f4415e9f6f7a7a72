"""The corruptions of the robustness card, each by what it does to a plain picture, and the card itself."""

from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from bench.corruptions import CORRUPTIONS, Corruption
from bench.corruptions.blur import glass_blur, motion_blur
from bench.corruptions.edges import canny_edges
from bench.corruptions.light import brightness, fog, plasma, stripe
from bench.corruptions.lines import dotted_line, line, zigzag
from bench.corruptions.noise import impulse_noise, shot_noise, spatter
from bench.corruptions.warps import rotate, scale, shear, translate
from bench.robustness import as_table, card, draw_sheet, spoil
from model.data.images import Images
from model.network.layers import Dense, Flatten
from model.network.network import Network

BLOCK = slice(9, 19)


@pytest.fixture
def blocks() -> np.ndarray:
    """Thirty pictures of a white block in the middle."""
    pictures = np.zeros((30, 28, 28), np.float32)
    pictures[:, BLOCK, BLOCK] = 1
    return pictures


def centres(pictures: np.ndarray) -> np.ndarray:
    """(N, 2) the row and the column of the centre of mass."""
    mass = pictures.sum(axis=(1, 2))
    at = np.arange(pictures.shape[1])
    return np.stack([pictures.sum(axis=2) @ at, pictures.sum(axis=1) @ at], axis=1) / mass[:, None]


def test_they_are_the_fifteen_of_mnist_c() -> None:
    assert len(CORRUPTIONS) == len({corruption.__name__ for corruption in CORRUPTIONS}) == 15


@pytest.mark.parametrize("corruption", CORRUPTIONS, ids=lambda corruption: corruption.__name__)
def test_each_changes_a_copy_and_follows_the_generator(corruption: Corruption, blocks: np.ndarray) -> None:
    before = blocks.copy()
    first, second = (corruption(blocks, np.random.default_rng(3)) for _ in range(2))
    np.testing.assert_array_equal(blocks, before)
    np.testing.assert_array_equal(first, second)
    assert first.shape == blocks.shape
    assert not np.allclose(first, blocks, atol=0.05)
    assert first.min() > -1e-5
    assert first.max() < 1 + 1e-5


def test_shot_noise_counts_grains(blocks: np.ndarray, rng: np.random.Generator) -> None:
    noisy = shot_noise(blocks / 2, rng)
    assert set(np.unique(np.round(3 * noisy, 5))) == {0, 1, 2, 3}
    assert not noisy[:, :9].any()
    assert noisy[:, BLOCK, BLOCK].mean() == pytest.approx(0.5, abs=0.05)


def test_impulse_noise_takes_a_sixth_of_the_pixels(blocks: np.ndarray, rng: np.random.Generator) -> None:
    noisy = impulse_noise(np.full_like(blocks, 0.5), rng)
    assert (noisy == 0).mean() == pytest.approx(0.085, abs=0.01)
    assert (noisy == 1).mean() == pytest.approx(0.085, abs=0.01)


def test_spatter_is_dark_grey_and_hides_what_is_below(blocks: np.ndarray, rng: np.random.Generator) -> None:
    spattered = spatter(blocks, rng)
    paper = spattered[:, :5]
    assert 0.05 < (paper > 0).mean() < 0.6
    assert paper.max() == pytest.approx(63 / 255, abs=0.001)
    assert spattered[:, BLOCK, BLOCK].min() < 0.4


@pytest.mark.parametrize("blur", [glass_blur, motion_blur])
def test_blur_keeps_the_light(blur: Corruption, blocks: np.ndarray, rng: np.random.Generator) -> None:
    blurred = blur(blocks, rng)
    np.testing.assert_allclose(blurred.sum(axis=(1, 2)), 100, rtol=0.03)
    assert 0 < np.abs(centres(blurred) - 13.5).max() < 4


def test_motion_goes_to_one_side_in_a_direction_of_each_pictures_own(
    blocks: np.ndarray, rng: np.random.Generator
) -> None:
    rows, columns = (centres(motion_blur(blocks, rng)) - 13.5).T
    assert (columns < -1).all()
    assert rows.min() < -1
    assert rows.max() > 1


def test_warps_keep_the_middle_and_do_what_their_names_say(blocks: np.ndarray, rng: np.random.Generator) -> None:
    small = scale(blocks, rng)
    np.testing.assert_allclose(small.sum(axis=(1, 2)), 49, rtol=0.05)
    turned = rotate(blocks, rng)
    np.testing.assert_allclose(turned.sum(axis=(1, 2)), 100, rtol=0.05)
    assert (turned[:, 8, :].max(axis=1) > 0.3).all()  # a corner stands out
    leaning = shear(blocks, rng)
    tops = centres(leaning[:, :, :] * (np.arange(28) < 13)[:, None])[:, 1] - 13.5
    assert set(np.round(tops, 1).tolist()) == {-1.3, 1.3}
    for warped in (small, turned, leaning):
        np.testing.assert_allclose(centres(warped), 13.5, atol=0.05)


def test_translate_shifts_by_three_pixels_either_way(blocks: np.ndarray, rng: np.random.Generator) -> None:
    shifts = centres(translate(blocks, rng)) - 13.5
    np.testing.assert_allclose(np.abs(shifts), np.full((30, 2), 3), atol=0.01)
    assert len(np.unique(np.sign(shifts), axis=0)) == 4


def test_light_is_added_and_stripes_are_reversed(blocks: np.ndarray, rng: np.random.Generator) -> None:
    np.testing.assert_array_equal(brightness(blocks * 0.6, rng), np.where(blocks > 0, 1, 0.5))
    striped = stripe(blocks, rng)
    assert striped[:, :, :7].all()
    assert striped[:, :, -7:].all()
    np.testing.assert_array_equal(striped[:, :, 7:-7], blocks[:, :, 7:-7])


def test_fog_is_smooth_and_leaves_a_quarter_of_the_contrast(blocks: np.ndarray, rng: np.random.Generator) -> None:
    fogged = fog(blocks, rng)
    jumps = fogged[:, 14, 9] - fogged[:, 14, 8]  # over the block's edge
    assert jumps.mean() == pytest.approx(1 / 4, abs=0.03)
    clouds = plasma(3, rng)
    assert clouds.shape == (3, 256, 256)
    np.testing.assert_allclose(clouds.min(axis=(1, 2)), 0)
    np.testing.assert_allclose(clouds.max(axis=(1, 2)), 1)
    assert np.abs(np.diff(clouds, axis=1)).mean() < 0.1
    assert len({round(float(cloud[5, 5]), 4) for cloud in clouds}) == 3


def test_lines_run_from_left_to_right() -> None:
    drawn = line((28, 28), (0, 10), (27, 10))
    np.testing.assert_array_equal(drawn[10], [1.0] * 27 + [0.0])
    assert 0 < drawn[11, 5] < 1
    assert not drawn[13].any()
    empty = np.zeros((20, 28, 28), np.float32)
    dotted = dotted_line(empty, np.random.default_rng(0)).max(axis=1) > 0
    assert (dotted == ((np.arange(28) // 2) % 2 == 1)).mean() > 0.95
    crossed = zigzag(empty, np.random.default_rng(1))
    assert (crossed.max(axis=1)[:, 2:25] > 0).mean() > 0.8
    assert not crossed[:, :, :2].any()
    middles = np.array([one.argmax(axis=0)[6:22] for one in crossed])
    turns = np.diff(np.sign(np.diff(middles, axis=1)), axis=1) != 0
    assert turns.sum(axis=1).mean() > 4


def test_edges_are_the_outline(blocks: np.ndarray, rng: np.random.Generator) -> None:
    edges = canny_edges(blocks, rng)
    assert set(np.unique(edges)) == {0, 1}
    assert not edges[:, 12:16, 12:16].any()
    assert not edges[:, :7].any()
    np.testing.assert_array_equal((edges.sum(axis=(1, 2)) > 25) & (edges.sum(axis=(1, 2)) < 60), True)
    faint = canny_edges(blocks * 0.04, rng)
    assert not faint.any()


def test_the_card_says_what_is_right_and_what_is_wrong_and_sure(blocks: np.ndarray, tmp_path: Path) -> None:
    network = Network([Flatten(), Dense(10)], info={"sure_at": 0.9})
    network.vector[:] = 0
    network.arrays()["1.bias"][7] = 20  # a 7, surely, whatever it sees
    labels = np.where(np.arange(30) < 24, 7, 1).astype(np.uint8)
    kinds = spoil(Images((255 * blocks).astype(np.uint8), labels), np.random.default_rng(0))
    assert list(kinds) == ["clean", *(corruption.__name__.replace("_", " ") for corruption in CORRUPTIONS)]
    rows = card(network, kinds, np.zeros((4, 28, 28), np.uint8))
    assert rows.pop("letters") == (0, 1)
    assert all(row == pytest.approx((0.8, 0.2)) for row in rows.values())
    assert list(rows)[-1] == "mean"
    table = as_table({"own": rows}).splitlines()
    assert table[0] == "| kind | `own` |"
    assert table[2] == "| clean | 80.0, 20.0 |"
    draw_sheet(kinds, tmp_path / "sheet.png")
    with Image.open(tmp_path / "sheet.png") as sheet:
        assert sheet.size == (12 * 28 * 3, 16 * 28 * 3)
