"""Light: the paper of a photograph as it would look without ink, under all the light and shadow that falls on it."""

import math

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageFilter

from model.pictures.morphology import closed, max_filter, opened

FLAT = 0.06  # spread of the border's brightness up to which the paper is one plain colour
THICKEST = 0.25  # of the shorter side: what is dark for longer than this, every way, is a shadow and no ink
LEAST_SHEET = 0.08  # of the picture: what is less, however thick, is a bold figure
SHEET = 0.1  # in one colour: what differs so much from the border is not of its paper
STROKES = (0.03, 0.05, 0.08, 0.12, 0.16, 0.2, THICKEST)  # of the shorter side: as wide as strokes may be
FINE = (0.01, 0.018, 0.03)  # the same for figures so small that the least of those fills them and their gaps
FEW = 0.15  # of the other: what is filled soon and is so little is no ink
FEW_LIGHT = 0.25  # the same where what is light is filled first, as inside the loops of a thick pen
SEAM = 0.02  # of the shorter side: light seams around strokes are narrower
COARSE = 346  # pixels of a square as large as the picture: so many are enough to find the paper
DIM = np.float32(0.1)  # brightness that a camera adds to all: in the dark, light makes less of a difference
GRAIN = 0.015  # standard deviation of a pixel by chance, from 0 to 1, from which on a picture is blurred ...
BLUR = 40.0  # ... by this many times as many pixels ...
MOST_BLUR = 3.0  # ... and no more
SPREAD = 0.954  # median difference of two pixels by chance, in standard deviations
LARGE = 120  # pixels of the shorter side from which on grain is told from ink

Picture = NDArray[np.float32]


def paper_of(colours: Picture, *, light: bool | None = None) -> tuple[Picture, bool]:
    """The paper under (H, W, 3) float32 from 0 to 1 in the same form, and whether it is lighter than its ink.

    light: whether it is, where that is known.

    Where the border has one brightness the paper is its colour, if all that differs is thin, as strokes are. Else it is
    a smooth surface, and what of it is darker over more than a quarter of the picture, or goes on beyond its edge, is a
    shadow, a table or a thing on the paper: a grey-scale closing keeps their edges where they are, however sharp, and
    takes strokes away.
    """
    border = border_of(colours)
    low, high = np.percentile(border.mean(axis=1), (10, 90))
    if high - low <= FLAT:
        plain = np.median(border, axis=0).astype(np.float32)
        paper = np.broadcast_to(plain, colours.shape)
        if not _holds_sheet(colours, plain):
            return paper, _is_light(colours, paper)
    step = _step(colours)
    coarse = _averaged(colours, step)
    light = _has_dark_strokes(coarse.mean(axis=2)) if light is None else light
    paper = _evened(coarse) if light else 1 - _evened(1 - coarse)
    return _refined(paper, step, colours.shape), light


def _step(colours: Picture) -> int:
    """How many pixels of the picture, each way, are taken together to find the paper."""
    height, width = colours.shape[:2]
    return max(1, int(math.sqrt(height * width) / COARSE))


def _averaged(colours: Picture, step: int) -> Picture:
    """Means of blocks of step by step pixels, those at the right and the bottom of what is there."""
    rows, columns = np.arange(0, colours.shape[0], step), np.arange(0, colours.shape[1], step)
    sums = np.add.reduceat(np.add.reduceat(colours, rows, axis=0), columns, axis=1)
    down, across = np.diff([*rows, colours.shape[0]]), np.diff([*columns, colours.shape[1]])
    return (sums / (down[:, None] * across)[..., None]).astype(np.float32)


def _refined(paper: Picture, step: int, shape: tuple[int, ...]) -> Picture:
    """The paper of blocks of pixels for every pixel."""
    if step == 1:
        return paper
    height, width = shape[:2]
    channels = [
        Image.fromarray(np.ascontiguousarray(paper[:, :, i])).resize(
            (paper.shape[1] * step, paper.shape[0] * step), Image.Resampling.BILINEAR
        )
        for i in range(shape[2])
    ]
    return np.stack([np.asarray(channel)[:height, :width] for channel in channels], axis=2)


def _evened(coarse: Picture) -> Picture:
    """The light paper of (H, W, 3) under uneven light."""
    shorter = min(coarse.shape[:2])
    side = max(3, round(THICKEST * shorter))
    surface = _surface(coarse) + DIM
    # Cameras draw a light seam around dark strokes; it is no lighter paper.
    without_seams = opened(coarse, max(3, round(SEAM * shorter)))
    # A closing fills the dim corners of smoothly fading light; a smooth surface swings beside a sharp shadow.
    evened = closed((without_seams + DIM) / surface, side) * surface - DIM
    paper = np.minimum(evened, closed(without_seams, side)).clip(0, 1)
    # Beside a sharp edge the darker side counts: a block of pixels may hold both.
    return -max_filter(-paper.astype(np.float32), 3)


def _holds_sheet(colours: Picture, plain: Picture) -> bool:
    """Whether so much of the picture is of another colour than its border that this is paper on a table."""
    step = _step(colours)
    differs = np.abs(colours[::step, ::step] - plain).max(axis=2) > SHEET
    side = max(3, round(THICKEST * min(differs.shape)))
    return bool(opened(differs.astype(np.float32), side).mean() >= LEAST_SHEET)


def _has_dark_strokes(grey: Picture, squares: tuple[float, ...] = STROKES) -> bool:
    """Whether what is thin is darker than what is around it, cubes counting much ink for more than faint shadow.

    Squares that grow step by step fill all strokes at once, and the wider paper between them little by little.
    """
    darks, lights = [], []
    for share in squares:
        side = max(3, round(share * min(grey.shape)))
        darks.append(float(((closed(grey, side) - grey) ** 3).sum()))
        lights.append(float(((grey - opened(grey, side)) ** 3).sum()))
    dark, light = _filled(darks), _filled(lights)
    if dark == light:
        if dark == 0 and squares is STROKES:
            return _has_dark_strokes(grey, FINE)
        return darks[dark] >= lights[light]
    # A narrow gap between a stroke and a shadow is filled soon too, but the stroke, one step later, is far more.
    after = min(min(dark, light) + 1, len(squares) - 1)
    if dark < light:
        return darks[after] >= FEW * lights[after]
    return lights[after] < FEW_LIGHT * darks[after]


def _filled(sums: list[float]) -> int:
    """The first of growing squares that fill at least half of what the largest ones fill."""
    return next(place for place, filled in enumerate(sums) if filled >= sums[-1] / 2)


def without_grain(colours: Picture) -> Picture:
    """(H, W, 3) float32 from 0 to 1, blurred as far as neighbouring pixels differ by chance; small pictures as is."""
    if min(colours.shape[:2]) < LARGE:
        return colours
    channels = [_blurred(colours[:, :, i]) for i in range(colours.shape[2])]
    return np.stack(channels, axis=2)


def _blurred(channel: Picture) -> Picture:
    """One colour (H, W), blurred as far as its own neighbouring pixels differ by chance."""
    grain = float(np.median(np.abs(np.diff(channel, axis=1)))) / SPREAD
    if grain < GRAIN:
        return channel
    image = Image.fromarray(np.rint(channel * 255).astype(np.uint8))
    blurred = image.filter(ImageFilter.GaussianBlur(min(BLUR * grain, MOST_BLUR)))
    return np.asarray(blurred, np.float32) / np.float32(255)


def border_of(array: Picture) -> Picture:
    """The outermost pixels of (H, W, ...), in a row."""
    return np.concatenate([array[0], array[-1], array[:, 0], array[:, -1]])


def _is_light(colours: Picture, paper: Picture) -> bool:
    """Whether what stands out most from the paper is darker: cubes count much ink for more than faint shadow."""
    difference = (colours - paper).mean(axis=2)
    return float((difference**3).sum()) <= 0


def _surface(colours: Picture) -> Picture:
    """The paper under uneven light, (H, W, 3): a cubic surface through the pixels that are most likely paper."""
    height, width = colours.shape[:2]
    step = max(1, max(height, width) // 100)
    rows, columns = _powers(height), _powers(width)
    terms = [(i, j) for i in range(4) for j in range(4 - i)]
    places = np.stack([np.outer(rows[::step, i], columns[::step, j]).ravel() for i, j in terms], axis=1)
    samples = colours[::step, ::step].reshape(-1, 3)
    paper = np.ones(len(samples), bool)
    for _ in range(8):
        # The normal equations, 10 by 10, are thirty times as fast as least squares of ten thousand rows.
        known = places[paper]
        weights = np.linalg.lstsq(known.T @ known, known.T @ samples[paper], rcond=None)[0]
        error = np.abs(samples - places @ weights).max(axis=1)
        # Ink is the minority that lies farthest from the surface: it is left out, and the surface fitted again.
        paper = error <= max(0.02, 2.0 * float(np.median(error)))
    # Rows and columns are multiplied apart: the terms of every pixel at once would fill 40 MB and take half a second.
    by_power = np.zeros((3, 4, 4), np.float32)
    for (i, j), weight in zip(terms, weights, strict=True):
        by_power[:, i, j] = weight
    surface = rows @ by_power @ columns.T
    return np.clip(surface.transpose(1, 2, 0), 0, 1, dtype=np.float32)


def _powers(length: int) -> Picture:
    """1, x, x^2, x^3 at so many places from -1 to 1, (length, 4)."""
    return np.vander(np.linspace(-1, 1, length), 4, increasing=True).astype(np.float32)
