"""History: the figures of a training, epoch by epoch, as a CSV file and as a picture of their curves."""

import csv
from dataclasses import dataclass, fields
from itertools import pairwise
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

from model.files import replacing
from model.training.fit import Progress

_WIDTH, _HEIGHT, _MARGIN = 900, 420, 50
Curve = list[float | None]  # a value an epoch, None where it was not measured
_INK, _GRID, _TRAIN, _VALIDATION = "#20242c", "#e3e6ec", "#8a93a5", "#2f6bff"


@dataclass(frozen=True)
class Epoch:
    """One epoch: losses, accuracies from 0 to 1, the learning rate at its end, seconds since the start."""

    epoch: int
    loss: float
    accuracy: float
    validation_loss: float | None
    validation_accuracy: float | None
    learning_rate: float
    seconds: float

    @classmethod
    def of(cls, progress: Progress) -> "Epoch":
        return cls(**{f.name: getattr(progress, f.name) for f in fields(cls)})


def write_csv(history: list[Epoch], path: Path) -> None:
    """One row an epoch under a header. Raises OSError."""
    names = [f.name for f in fields(Epoch)]
    with replacing(path) as part, part.open("w", newline="", encoding="utf-8") as file:
        rows = csv.writer(file)
        rows.writerow(names)
        rows.writerows([["" if v is None else v for v in (getattr(e, n) for n in names)] for e in history])


def draw_curves(history: list[Epoch], path: Path) -> None:
    """Loss on the left, accuracy on the right, training dashed grey and validation blue. Raises OSError."""
    picture = Image.new("RGB", (_WIDTH, _HEIGHT), "white")
    pen = ImageDraw.Draw(picture)
    half = _WIDTH // 2
    losses: list[Curve] = [[e.loss for e in history], [e.validation_loss for e in history]]
    accuracies: list[Curve] = [[100 * e.accuracy for e in history], [_percent(e.validation_accuracy) for e in history]]
    _draw_chart(pen, "Loss", losses, 0)
    _draw_chart(pen, "Accuracy (%)", accuracies, half)
    with replacing(path) as part:
        picture.save(part, "PNG")


def _percent(fraction: float | None) -> float | None:
    return None if fraction is None else 100 * fraction


def _draw_chart(pen: ImageDraw.ImageDraw, title: str, curves: list[Curve], left: int) -> None:
    font = ImageFont.load_default(14)
    values = [v for curve in curves for v in curve if v is not None]
    low, high = min(values), max(values)
    if high - low < 1e-9:
        low, high = low - 0.5, high + 0.5
    x0, x1, y0, y1 = left + _MARGIN, left + _WIDTH // 2 - 15, _MARGIN, _HEIGHT - _MARGIN
    for k in range(5):
        value = low + (high - low) * k / 4
        y = y1 - (y1 - y0) * k / 4
        pen.line([(x0, y), (x1, y)], fill=_GRID)
        pen.text((x0 - 6, y), f"{value:.3g}" if high < 10 else f"{value:.2f}", fill=_INK, font=font, anchor="rm")
    pen.text((x0, 18), title, fill=_INK, font=font)
    pen.text((x1, 18), "- - training    — validation", fill=_INK, font=font, anchor="ra")
    last = max(len(curves[0]), 1)
    pen.text((x0, y1 + 12), "1", fill=_INK, font=font)
    pen.text((x1, y1 + 12), f"{last} epochs", fill=_INK, font=font, anchor="ra")
    for curve, colour, dashed in zip(curves, (_TRAIN, _VALIDATION), (True, False), strict=True):
        points = [
            (x0 + (x1 - x0) * i / max(last - 1, 1), y1 - (y1 - y0) * (v - low) / (high - low))
            for i, v in enumerate(curve)
            if v is not None
        ]
        _draw_curve(pen, points, colour, dashed=dashed)


def _draw_curve(pen: ImageDraw.ImageDraw, points: list[tuple[float, float]], colour: str, *, dashed: bool) -> None:
    if len(points) == 1:
        (x, y) = points[0]
        pen.ellipse([x - 3, y - 3, x + 3, y + 3], fill=colour)
    for (xa, ya), (xb, yb) in pairwise(points):
        if not dashed:
            pen.line([(xa, ya), (xb, yb)], fill=colour, width=2)
            continue
        dashes = max(1, round(((xb - xa) ** 2 + (yb - ya) ** 2) ** 0.5 / 10))
        for k in range(dashes):
            a, b = k / dashes, (k + 0.6) / dashes
            pen.line(
                [(xa + (xb - xa) * a, ya + (yb - ya) * a), (xa + (xb - xa) * b, ya + (yb - ya) * b)],
                fill=colour,
                width=2,
            )
