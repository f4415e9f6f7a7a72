"""Robustness card: how networks read pictures that were spoilt in fifteen ways, and whether they doubt letters.

    python -m bench.robustness [NAME|FILE ...] [--count N] [--sheet OUT.png]

All networks that ship where none is named. Pictures of MNIST's test set are spoilt in the ways of MNIST-C and read as
they are, without being normalised again, with as many looks as the program takes. "clean" are the same pictures before,
"mean" is over the fifteen. Of each it says how many are read right, and how many wrong and sure. Letters are those of
pen writers that no training saw: how many are not sure.
"""

import argparse
from pathlib import Path

from model.cores import hold_blas_to_one_thread

hold_blas_to_one_thread()  # before anything imports numpy

import numpy as np
from PIL import Image

from app.store.networks import SHIPPED, find
from bench.corruptions import CORRUPTIONS
from model.console import exit_with
from model.data.datasets import load_dataset
from model.data.images import Images
from model.data.pen_strokes import load_pen_strokes
from model.evaluation.evaluation import evaluate_network, probabilities_of
from model.handwriting.people import plain_non_digits
from model.network.network import Network
from model.reading.reader import SURE_AT

COUNT, SEED = 2_000, 0
SHOWN, ZOOM = 12, 3  # pictures of each kind on the sheet, and pixels of the sheet for one of theirs

Spoilt = dict[str, Images]


def spoil(images: Images, rng: np.random.Generator) -> Spoilt:
    """The pictures as they are, and once for each corruption, by its name."""
    pictures = images.scaled()
    kinds = {"clean": images}
    for corruption in CORRUPTIONS:
        spoilt = np.clip(corruption(pictures.copy(), rng), 0, 1)
        kinds[corruption.__name__.replace("_", " ")] = Images(np.rint(255 * spoilt).astype(np.uint8), images.labels)
    return kinds


def card(network: Network, kinds: Spoilt, letters: np.ndarray) -> dict[str, tuple[float, float]]:
    """For each kind the fractions that are right, and wrong and sure; for "letters" those not sure, and sure."""
    sure_at = network.info.setdefault("sure_at", SURE_AT)
    rows = {}
    for name, images in kinds.items():
        found = evaluate_network(network, images)
        rows[name] = found.accuracy, found.sure_and_wrong or 0.0
    means = np.mean([row for name, row in rows.items() if name != "clean"], axis=0)
    rows["mean"] = float(means[0]), float(means[1])
    probabilities = probabilities_of(network, Images(letters, np.zeros(len(letters), np.uint8)))
    sure = float((probabilities.max(axis=1) >= sure_at).mean())
    return rows | {"letters": (1 - sure, sure)}


def as_table(cards: dict[str, dict[str, tuple[float, float]]]) -> str:
    """A table in Markdown: a row for each kind, a column for each network."""
    lines = ["| kind | " + " | ".join(f"`{name}`" for name in cards) + " |", "|---" * (1 + len(cards)) + "|"]
    for kind in next(iter(cards.values())):
        cells = [f"{100 * rows[kind][0]:.1f}, {100 * rows[kind][1]:.1f}" for rows in cards.values()]
        lines.append(f"| {kind} | " + " | ".join(cells) + " |")
    return "\n".join(lines)


def draw_sheet(kinds: Spoilt, path: Path) -> None:
    """A row of pictures for each kind. Raises OSError."""
    rows = [np.concatenate(list(images.images[:SHOWN]), axis=1) for images in kinds.values()]
    sheet = Image.fromarray(np.concatenate(rows))
    sheet.resize((sheet.width * ZOOM, sheet.height * ZOOM), Image.Resampling.NEAREST).save(path)


def main() -> int:
    parser = argparse.ArgumentParser(description="How networks read spoilt pictures, and whether they doubt letters.")
    parser.add_argument("networks", nargs="*", metavar="NAME|FILE", default=list(SHIPPED))
    parser.add_argument("--count", type=int, default=COUNT, help=f"of test pictures (default: {COUNT:,})")
    parser.add_argument("--sheet", type=Path, metavar="OUT.png", help="draw some pictures of each kind")
    options = parser.parse_args()
    rng = np.random.default_rng(SEED)
    test = load_dataset().test
    kinds = spoil(test[np.sort(rng.choice(len(test), min(max(1, options.count), len(test)), replace=False))], rng)
    if options.sheet:
        draw_sheet(kinds, options.sheet)
    letters = plain_non_digits(load_pen_strokes().for_validation())
    print(as_table({Path(name).stem: card(Network.load(find(name)), kinds, letters) for name in options.networks}))
    return 0


if __name__ == "__main__":
    exit_with(main)
