"""What an evaluation found, as text and as pictures: figures, reliability, and the worst that was read wrong."""

from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw, ImageFont

from model.data.images import Images
from model.evaluation.evaluation import Evaluation
from model.files import replacing

_INK, _GRID, _BAR, _LINE = "#20242c", "#e3e6ec", "#9db8ff", "#2f6bff"
_WORST = 20
_COLUMNS, _TILE, _ZOOM = 5, 150, 4


def as_text(result: Evaluation) -> str:
    """The figures as lines of a terminal: accuracy, each digit's, the confusion matrix, calibration."""
    lines = [f"{100 * result.accuracy:.2f} % of {result.images:,} test pictures read right"]
    for digit, accuracy in enumerate(result.per_digit):
        lines.append(f"  {digit}  {'none' if accuracy is None else f'{100 * accuracy:.2f} %'}")
    lines.append("\nConfusion matrix (rows: the true digit; columns: what it was read as)")
    lines.append("    " + "".join(f"{d:>6}" for d in range(10)))
    lines += [f"{digit:>4}" + "".join(f"{n:>6}" for n in row) for digit, row in enumerate(result.confusion)]
    lines.append(f"\nExpected calibration error {result.calibration_error:.4f}")
    if result.unsure is not None and result.sure_and_wrong is not None:
        lines.append(
            f"Not sure of {100 * result.unsure:.2f} %, sure of and wrong about {100 * result.sure_and_wrong:.2f} %"
        )
    return "\n".join(lines)


def draw_reliability(result: Evaluation, path: Path) -> None:
    """A reliability diagram (Guo et al. 2017, arXiv 1706.04599, p. 2): bars on the line are calibrated. Raises OSError.

    Each bar is the accuracy among pictures of that confidence, with their number above it.
    """
    side, margin = 420, 60
    picture = Image.new("RGB", (side + 2 * margin, side + 2 * margin), "white")
    pen, font = ImageDraw.Draw(picture), ImageFont.load_default(14)
    left, bottom = margin, margin + side
    for k in range(6):
        at = side * k // 5
        pen.line([(left, bottom - at), (left + side, bottom - at)], fill=_GRID)
        pen.text((left - 8, bottom - at), f"{20 * k} %", fill=_INK, font=font, anchor="rm")
        pen.text((left + at, bottom + 10), f"{20 * k} %", fill=_INK, font=font, anchor="ma")
    width = side / len(result.bins)
    for b, (count, _, right) in enumerate(result.bins):
        if count:
            box = [left + b * width + 2, bottom - right * side, left + (b + 1) * width - 2, bottom]
            pen.rectangle(box, fill=_BAR, outline=_LINE)
            pen.text((sum(box[::2]) / 2, box[1] - 4), f"{count}", fill=_INK, font=font, anchor="ms")
    pen.line([(left, bottom), (left + side, bottom - side)], fill=_INK, width=2)
    title = f"Read right against confidence; expected calibration error {result.calibration_error:.4f}"
    pen.text((left + side / 2, 20), title, fill=_INK, font=font, anchor="ma")
    pen.text((left + side / 2, bottom + 36), "confidence (numbers: pictures)", fill=_INK, font=font, anchor="ma")
    with replacing(path) as part:
        picture.save(part, "PNG")


def draw_worst(images: Images, probabilities: np.ndarray, path: Path) -> int:
    """The twenty pictures read wrong with most confidence, worst first; returns how many there are. Raises OSError."""
    confidence = probabilities.max(axis=1)
    guesses = probabilities.argmax(axis=1)
    wrong = np.flatnonzero(guesses != images.labels)
    worst = wrong[np.argsort(-confidence[wrong], kind="stable")][:_WORST]
    rows = max(1, -(-len(worst) // _COLUMNS))
    picture = Image.new("RGB", (_COLUMNS * _TILE, rows * (_TILE + 10)), "white")
    pen, font = ImageDraw.Draw(picture), ImageFont.load_default(13)
    for place, i in enumerate(worst):
        x, y = place % _COLUMNS * _TILE, place // _COLUMNS * (_TILE + 10)
        tile = Image.fromarray(255 - images.images[i]).resize((28 * _ZOOM, 28 * _ZOOM), Image.Resampling.NEAREST)
        picture.paste(tile, (x + (_TILE - tile.width) // 2, y + 8))
        words = f"{images.labels[i]} read as {guesses[i]}, {100 * confidence[i]:.1f} %"
        pen.text((x + _TILE / 2, y + 28 * _ZOOM + 14), words, fill=_INK, font=font, anchor="ma")
    with replacing(path) as part:
        picture.save(part, "PNG")
    return len(worst)
