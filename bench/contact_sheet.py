"""A picture of what the pen model writes, or of what is no digit: a row for each form or kind.

python -m bench.contact_sheet OUT.png [--non_digits] [--columns N] [--seed K]
"""

import argparse
from pathlib import Path

import numpy as np
from PIL import Image

from model.console import exit_with
from model.constants import SIDE
from model.handwriting import non_digits
from model.handwriting.digits import FORMS, write_strokes
from model.pictures.normalize import normalize
from model.pictures.pen import paint

ZOOM = 2


def rows_of_digits(columns: int, rng: np.random.Generator) -> list[np.ndarray]:
    """A row (columns, 28, 28) uint8, ink 255, for each form of each digit."""
    rows = []
    for digit, forms in FORMS.items():
        for form in forms:
            images = [normalize(paint(write_strokes(digit, rng, form))) for _ in range(columns)]
            rows.append(np.stack([np.rint(image * 255).astype(np.uint8) for image in images if image is not None]))
    return rows


def rows_of_non_digits(columns: int, rng: np.random.Generator) -> list[np.ndarray]:
    """A row (columns, 28, 28) uint8, ink 255, for each kind."""
    return [non_digits.images(columns, rng, [kind]) for kind in non_digits.KINDS]


def main() -> None:
    parser = argparse.ArgumentParser(description="Contact sheet of written digits, or of pictures of no digit.")
    parser.add_argument("out", type=Path, metavar="OUT.png")
    parser.add_argument("--non_digits", action="store_true", help="what is no digit")
    parser.add_argument("--columns", type=int, default=20)
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args()
    rng = np.random.default_rng(options.seed)
    rows = (rows_of_non_digits if options.non_digits else rows_of_digits)(max(1, options.columns), rng)
    sheet = np.concatenate([np.concatenate(list(row), axis=1) for row in rows])
    picture = Image.fromarray(255 - sheet)
    picture.resize((picture.width * ZOOM, picture.height * ZOOM), Image.Resampling.NEAREST).save(options.out)
    print(f"{options.out}: {len(rows)} rows of {rows[0].shape[0]} pictures of {SIDE} x {SIDE} pixels")


if __name__ == "__main__":
    exit_with(main)
