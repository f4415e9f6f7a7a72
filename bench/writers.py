"""Figures by writer: intervals, who is read worst, what is confused, and a sheet of what was sure and wrong."""

from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw

from model.pictures.drawing import Drawing
from model.pictures.pen import picture_of
from model.reading.reader import Reading

RESAMPLES = 1_000
WORST = 10
TILE, TEXT, COLUMNS = 84, 14, 12  # of the sheet, in pixels and tiles


@dataclass(frozen=True)
class Writer:
    """One person: how many drawings, and the fractions of them that were misread, not sure, and sure but wrong."""

    name: str
    count: int
    misread: float
    not_sure: float
    sure_but_wrong: float


def writer_of(drawing: Drawing) -> str:
    """Who drew it, as the "key_id" says (writer/symbol/instance); empty where nothing says it."""
    return str(drawing.extra.get("key_id", "")).split("/")[0]


def interval(hits: np.ndarray, writers: list[str], rng: np.random.Generator) -> tuple[float, float]:
    """The 95 % interval of the mean of hits (N,) bool, by drawing writers, not drawings, with replacement.

    Where no writer is known, every drawing counts as one. It is the percentile interval (Efron and Tibshirani 1993, "An
    Introduction to the Bootstrap", p. 170).
    """
    groups = list(range(len(hits))) if not any(writers) else writers
    _, numbers = np.unique(groups, return_inverse=True)
    counts, right = np.bincount(numbers), np.bincount(numbers, weights=hits)
    times = rng.multinomial(len(counts), np.full(len(counts), 1 / len(counts)), RESAMPLES)
    low, high = np.percentile(times @ right / (times @ counts), [2.5, 97.5])
    return float(low), float(high)


def worst_writers(right: np.ndarray, sure: np.ndarray, writers: list[str]) -> list[Writer]:
    """The writers with the largest fraction of misread drawings, worst first; of equals, those less often sure."""
    names = np.array(writers)
    found = []
    for name in sorted(set(writers)):
        own = names == name
        misread, unsure = ~right[own], ~sure[own]
        found.append(
            Writer(name, int(own.sum()), float(misread.mean()), float(unsure.mean()), float((misread & ~unsure).mean()))
        )
    return sorted(found, key=lambda w: (-w.misread, -w.not_sure))[:WORST]


def confusions(drawings: list[Drawing], readings: list[Reading]) -> list[tuple[str, str, int]]:
    """(digit drawn, digit read, how often), the commonest first."""
    pairs = Counter(
        (str(drawing.word), str(reading.digit))
        for drawing, reading in zip(drawings, readings, strict=True)
        if str(reading.digit) != drawing.word
    )
    return [(drawn, read, count) for (drawn, read), count in pairs.most_common(WORST)]


def draw_sheet(drawings: list[Drawing], readings: list[Reading], path: Path) -> int:
    """Draw all that was sure and wrong, the surest first, each with what it is, was read as, and who drew it.

    Returns how many there are; without any the sheet is one empty row. Raises OSError.
    """
    wrong = [(d, r) for d, r in zip(drawings, readings, strict=True) if r.sure and str(r.digit) != d.word]
    wrong.sort(key=lambda pair: -pair[1].confidence)
    rows = max(1, -(-len(wrong) // COLUMNS))
    sheet = Image.new("L", (COLUMNS * TILE, rows * (TILE + TEXT)), 255)
    pen = ImageDraw.Draw(sheet)
    for number, (drawing, reading) in enumerate(wrong):
        left, top = number % COLUMNS * TILE, number // COLUMNS * (TILE + TEXT)
        pen.text((left + 2, top), f"{drawing.word} as {reading.digit}, {writer_of(drawing)}", fill=0)
        picture = picture_of(drawing)
        if picture is not None:
            tile = Image.fromarray(np.rint(255 - 255 * picture).astype(np.uint8))
            tile.thumbnail((TILE - 4, TILE - 4))
            sheet.paste(tile, (left + 2, top + TEXT))
    sheet.save(path)
    return len(wrong)
