"""Ink: how much each pixel of a photograph is inked, whatever paper, ink, ruled lines and light are."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from model.pictures.enclosures import without_enclosures
from model.pictures.highlighter import without_highlighter
from model.pictures.lines import without_lines
from model.pictures.morphology import max_filter
from model.pictures.paper import border_of, paper_of, without_grain
from model.pictures.patches import INKED, connected
from model.pictures.pieces import with_pieces_joined
from model.pictures.tiles import without_tiles
from model.pictures.window import without_bars

DARKEST = 0.25  # brightness of paper below which it is taken for this bright, as grain would become ink
LEAST_CONTRAST = 0.08  # of black to white: fainter marks are no ink
LIGHTER = 0.15  # from black to white: light ink is lighter than most of the picture by more
STAIN = 0.3  # of the ink's darkness
NOISE = 4.0  # times the paper's own spread: what rises less above the paper is paper
RULED = 0.62  # lines on the paper are at most this dark, where ink is 1 ...
EDGE = 3  # pixels: ... and farther than this from it ...
APART = 0.4  # ... with so much of what is paler
LONG = 0.3  # of the picture's shorter side: pale marks that hang on ink and are shorter are ink too
SHADED = 0.6  # of the brightest: paper that is darker somewhere has a shadow on it, or lies on a table
AS_DARK = 0.3  # of the way from a patch to its paper: what is darker beside it is no paper
SLIVER = 0.25  # of its height: what is narrower may be a torn edge
AS_MUCH = 0.4  # of its ink: a digit beside another has at least so much ...
ON_LINE = 0.8  # ... and shares so much of the higher one's height
OPEN = 0.15  # of a patch's edge with something as dark beside it: a scrap of the table
HUE = 0.09  # of red, green and blue together: light, however warm, changes the shares of paper's colours by less ...
DARKER = 0.75  # of the paper's brightness: ... and what is no darker is paper of two colours
LEAST_TABLE = 0.06  # of the picture
MOST_TABLE = 0.8
TABLE_STEP = 8  # pixels from one look for a table to the next
LEVELS = 128
NORMAL = 0.6745  # median of the differences by chance, in standard deviations
LEAST_NOISE = 0.004  # a standard deviation: half of what rounding to 256 levels makes
LEAST_INKED = 1e-3  # less is rounding
LEAST_INK = 0.002  # of the picture

Picture = NDArray[np.float32]


class InkSteps(NamedTuple):
    """The colours without grain and the paper (H, W, 3), the ink and its traces (H, W), each float32 from 0 to 1.

    traces: all that rises above the paper, faint ink and what was taken for no ink too.
    """

    clean: Picture
    paper: Picture
    ink: Picture
    traces: Picture


def ink_of(colours: Picture) -> Picture:
    """How much each pixel of (H, W, 3) float32 stands out from the paper, as (H, W) float32 from 0 to 1.

    The paper may have any colour and be lighter or darker than the ink, with light and shadow on it, and pale lines or
    squares. A picture that shows no ink comes back all 0.
    """
    return ink_steps(colours).ink


def ink_steps(colours: Picture) -> InkSteps:
    """The same with what is found on the way."""
    clean = without_highlighter(without_grain(without_bars(colours)))
    paper, light = paper_of(clean)
    ink, traces = ink_on(clean, paper, light=light)
    # Fading light may outweigh a little ink, and make its paper look like the darker of the two; so may a dark thing
    # with something in it that is no lighter than the paper, or a small one with something light in it, as stamps are.
    if not ink.any() or (not light and (_is_as_paper(ink, clean) or _is_on_thing(ink, paper))):
        other, light = paper_of(clean, light=not light)
        ink, traces = ink_on(clean, other, light=light)
        paper = other if ink.any() else paper
    ink = with_pieces_joined(without_tiles(_without_scraps(ink, clean, paper)))
    return InkSteps(clean, paper, without_lines(without_enclosures(ink)), traces)


def ink_on(colours: Picture, paper: Picture, *, light: bool) -> tuple[Picture, Picture]:
    """The ink of (H, W, 3) on a paper of the same form, which is lighter than it or darker, and its traces: (H, W).

    Traces are all that rises above the paper's noise, in parts of the difference that full ink makes: faint ink too.
    """
    # On plain paper ink may be lighter in one colour and darker in another; in shadow only one side is ink.
    plain = paper.strides[0] == 0
    # The same dark ink takes away the same share of much light and of little; light ink gives its own.
    difference = (paper - colours) / np.maximum(paper, DARKEST) if light and not plain else paper - colours
    difference = _along_ink((difference if plain or light else -difference).astype(np.float32), signed=plain)
    # A table seen beside the paper takes up much of the border, and a thick pen much of a small picture.
    spread = np.abs(difference)
    noise = min(float(np.median(border_of(spread))), float(np.median(spread)))
    if light and not plain and (table := _table(paper)).any():
        difference[table] = 0  # its grain may be as dark as ink
        noise = float(np.median(spread[~table]))
    floor = NOISE * max(0.0, noise)
    most = float(difference.max()) if floor == 0 else _strong(difference, max(floor, LEAST_CONTRAST / 2))
    # A table's grain and folds may be most of what is dark: they are told from the ink before its strength is judged.
    pale, most = _pale_marks(difference, max(floor, LEAST_CONTRAST / 2), most)
    if most < max(LEAST_CONTRAST, 2 * floor):
        return np.zeros(difference.shape, np.float32), np.zeros(difference.shape, np.float32)
    traces = np.where(difference > floor, np.clip(difference / most, 0, 1, dtype=np.float32), np.float32(0))
    if floor > 0:  # paper that is not plain has stains, which are fainter than ink
        floor = max(floor, STAIN * most)
    floor = max(floor, pale)
    ink = np.clip((difference - floor) / (most - floor), 0, 1, dtype=np.float32)
    return np.where(ink < LEAST_INKED, np.float32(0), ink), traces


def _is_as_paper(ink: Picture, colours: Picture) -> bool:
    """Whether what was taken for light ink is hardly lighter than most of the picture (H, W, 3)."""
    grey, inked = colours.mean(axis=2), ink > INKED
    return bool(inked.any() and np.median(grey[inked]) < LIGHTER + np.median(grey))


def _is_on_thing(ink: Picture, paper: Picture) -> bool:
    """Whether what was taken for light ink lies on something dark that is a small part of the picture (H, W, 3)."""
    few, inked = paper[::TABLE_STEP, ::TABLE_STEP].mean(axis=2), ink[::TABLE_STEP, ::TABLE_STEP] > INKED
    if not inked.any():
        return False
    most, there = float(np.median(few)), float(np.median(few[inked]))
    if there >= DARKER * most:
        return False
    labels, _ = connected(few < (there + most) / 2)
    return float(np.isin(labels, labels[inked & (labels > 0)]).mean()) < LEAST_TABLE


def _table(paper: Picture) -> NDArray[np.bool_]:
    """Where the paper (H, W, 3) is a table of another colour that is seen beside a sheet: (H, W)."""
    few = paper[::TABLE_STEP, ::TABLE_STEP]
    light = few.sum(axis=2)
    shares = few / np.maximum(light, DARKEST)[..., None]
    bright = light >= DARKER * np.percentile(light, 90)
    other = (np.abs(shares - np.median(shares[bright], axis=0)).max(axis=2) > HUE) & ~bright
    labels, boxes = connected(other)
    at_edge = np.flatnonzero(
        (boxes[:, :2] == 0).any(axis=1) | (boxes[:, :2] + boxes[:, 2:] == other.shape[::-1]).any(axis=1)
    )
    table = max_filter(np.isin(labels, at_edge + 1).astype(np.float32), 3) > 0
    if not LEAST_TABLE < table.mean() < MOST_TABLE:
        return np.zeros(paper.shape[:2], bool)
    return table.repeat(TABLE_STEP, axis=0)[: paper.shape[0]].repeat(TABLE_STEP, axis=1)[:, : paper.shape[1]]


def _along_ink(difference: Picture, *, signed: bool) -> Picture:
    """One difference (H, W) of three (H, W, 3): that along the colour of the ink, each colour by how clear it is.

    The weights that part two classes best whose colours vary by chance, each for itself (Fisher, "The use of multiple
    measurements in taxonomic problems", Annals of Eugenics 7, 1936, p. 179): noise in one colour does not hide the ink.
    signed: ink may be lighter than the paper in some colours.
    """
    flat = difference.reshape(-1, 3)
    noise = np.maximum(np.median(np.abs(flat), axis=0) / NORMAL, LEAST_NOISE)
    clear = np.abs(flat) if signed else np.maximum(flat, 0)
    clear = np.sqrt(((clear / noise) ** 2).mean(axis=1))
    strong = flat[clear >= 0.5 * np.percentile(clear, 100 - 100 * LEAST_INK)]
    ink = strong.mean(axis=0)
    weights = ink / noise**2
    total = float(weights @ ink)
    if total <= 0:
        return np.zeros(difference.shape[:2], np.float32)
    return (difference @ (weights * (np.abs(ink).max() / total)).astype(np.float32)).astype(np.float32)


def _strong(difference: Picture, floor: float) -> float:
    """The difference that full ink makes: less than the very largest, which is a noisy pixel."""
    inked = difference[difference > floor]
    return float(np.percentile(inked, 75)) if inked.size else 0.0


def _pale_marks(difference: Picture, floor: float, most: float) -> tuple[float, float]:
    """Up to which difference marks are the lines of ruled paper, 0 for none, and the difference that full ink makes.

    Lines are marks much paler than the ink that lie apart from it: its own soft edges do not.
    """
    marked = difference > floor
    values = difference[marked]
    if values.size < 2 or np.ptp(values) < LEAST_INKED:
        return 0.0, most
    between = _threshold(values)
    dark = difference > between
    pale = marked & ~dark
    if not pale.any() or not dark.any() or difference[pale].mean() > RULED * difference[dark].mean():
        return 0.0, most
    near = max_filter(dark.astype(np.float32), 2 * EDGE + 1) > 0
    if _lone(pale & ~near, near).sum() < APART * pale.sum():
        return 0.0, most
    return between, float(np.percentile(difference[dark], 75))


def _lone(pale: NDArray[np.bool_], near: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """What of pale marks is long, or does not touch ink: where a pen runs dry its stroke goes on from dark to pale."""
    labels, boxes = connected(pale)
    touching = labels[(max_filter(near.astype(np.float32), 3) > 0) & pale]
    dry = np.zeros(len(boxes) + 1, bool)
    dry[touching] = True
    dry[1:] &= boxes[:, 2:].max(axis=1, initial=0) < LONG * min(pale.shape)
    return pale & ~dry[labels]


def _without_scraps(ink: Picture, colours: Picture, paper: Picture) -> Picture:
    """The ink (H, W) without what is dark at the torn or curled edge of a sheet: beside it the table is as dark."""
    grey, ground = colours.mean(axis=2), paper.mean(axis=2)
    if min(ink.shape) <= 2 * EDGE or ground.min() > SHADED * ground.max():
        return ink
    labels, boxes = connected(ink > INKED)
    sizes = np.maximum(np.bincount(labels.ravel()), 1)
    means, papers = (np.bincount(labels.ravel(), picture.ravel()) / sizes for picture in (grey, ground))
    rim = np.rint(max_filter(labels.astype(np.float32), 2 * EDGE + 1)).astype(np.int32) * (ink <= INKED)
    inside = rim > 0
    patch = rim[inside]
    as_dark = np.abs(grey[inside] - papers[patch]) > (1 - AS_DARK) * np.abs(means - papers)[patch]
    share = np.bincount(patch, as_dark, len(boxes) + 1) / np.maximum(np.bincount(patch, minlength=len(boxes) + 1), 1)
    scraps = share > OPEN
    scraps[0] = False
    if not scraps.any() or scraps[1:].all():
        return ink
    scraps[1:] &= ~_stand_beside(boxes, sizes[1:], ~scraps[1:])
    return np.where(scraps[labels] | scraps[rim], np.float32(0), ink)


def _stand_beside(boxes: NDArray[np.int64], sizes: NDArray[np.int64], figures: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Which of (N, 4) boxes, with so much ink in each, are on one line with one of the figures, as high and as full.

    A digit in deep shadow has what is as dark beside it too.
    """
    top, foot, high = boxes[:, 1, None], (boxes[:, 1] + boxes[:, 3])[:, None], boxes[:, 3, None]
    shared = np.minimum(foot, foot.T) - np.maximum(top, top.T)
    alike = sizes[:, None] >= AS_MUCH * sizes
    ratio = boxes[:, 2] / boxes[:, 3]
    is_wide = ((ratio >= SLIVER) & (ratio <= 2))[:, None]  # neither a sliver of a table nor a shadow
    beside = alike & (shared >= ON_LINE * np.maximum(high, high.T)) & figures & is_wide
    return beside.any(axis=1)


def _threshold(values: Picture) -> float:
    """The value that parts these (N,) best in low and high ones.

    Otsu, "A threshold selection method from gray-level histograms", IEEE Transactions SMC 9, 1979, p. 62.
    """
    counts, edges = np.histogram(values, LEVELS)
    middles = (edges[:-1] + edges[1:]) / 2
    low = np.cumsum(counts)[:-1]
    high = values.size - low
    sums = np.cumsum(counts * middles)
    low_mean = sums[:-1] / np.maximum(low, 1)
    high_mean = (sums[-1] - sums[:-1]) / np.maximum(high, 1)
    return float(edges[1 + int(np.argmax(low * high * (high_mean - low_mean) ** 2))])
