"""Number text: a number that was read, as one line for people or for programs."""

import json
from typing import Any

import numpy as np

from model.reading.number import Number


def as_json(source: str, number: Number) -> str:
    """One number as one line of JSON: its largest digit first of all, then every digit with its box."""
    record: dict[str, Any] = {
        "source": source,
        "digit": number.reading.digit,
        "sure": number.sure,
        "confidence": round(number.confidence, 6),
        "probabilities": _rounded(number.reading.probabilities),
        "number": number.text,
        "digits": [
            {
                "box": [round(side, 2) for side in figure.box],
                "digit": figure.reading.digit,
                "sure": figure.reading.sure,
                "confidence": round(figure.reading.confidence, 6),
                "probabilities": _rounded(figure.reading.probabilities),
            }
            for figure in number.figures
        ],
    }
    return json.dumps(record)


def _rounded(probabilities: np.ndarray) -> list[float]:
    """Ten probabilities as JSON shows them."""
    return [round(float(probability), 6) for probability in probabilities]


def as_text(source: str, number: Number) -> str:
    """One number as one line for people."""
    reading = number.reading
    if reading.digit is None:
        return f"{source}: nothing is drawn"
    certainty = f"{100 * number.confidence:.0f} %"
    if number.sure:
        return f"{source}: {number.text} ({certainty})"
    if len(number.figures) > 1:
        return f"{source}: not sure, perhaps {number.text} ({certainty})"
    if not reading.is_digit:
        return f"{source}: no digit, but most like {reading.digit} ({certainty})"
    return f"{source}: not sure, perhaps {reading.digit} ({certainty}), else {reading.runner_up}"
