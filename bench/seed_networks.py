"""The networks that people start with: what their projects claimed, and what they reach here.

    python -m bench.seed_networks [--quick] [--drawn FILE.ndjson] [--networks NAME ...] [--threads N] [--json]

Trains each as its project did (recipe seed) and as well as we can with the same layers (recipe best), just as train.py
does. Accuracies are those on MNIST's test set, which chooses nothing, at first look: the program looks again at what
leaves doubt. --quick takes a tenth of the epochs: to see that all works, not what it reaches.
"""

import argparse
import json
import sys
import tempfile
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from model.cores import hold_blas_to_one_thread

hold_blas_to_one_thread()  # before anything imports numpy

from examples import lines
from model.console import exit_with
from model.data.datasets import Dataset, load_dataset
from model.network.network import Network
from model.pictures.drawing import Drawing, DrawingError, read_drawings
from model.reading.reader import Reader
from model.training.job import TrainingJob, TrainingRun
from model.training.mixture import Mixture
from model.training.recipes import recipe

RECIPES = ("seed", "best")
# Fraction of test pictures that the project says to read right; where it names none, what else it says.
CLAIMS: dict[str, float | str] = {
    "dense-50-50": "none",
    "dense-16": "sure of one",
    "dense-100": 0.91,
    "conv-5": 0.85,
    "tanh-1": 0.8581,
    "sigmoid-1": 0.8725,
    "relu-2": 0.9649,
}
CLAIMED_LINES = (0.4068, 1.0)  # before and after training
LINES_EPOCHS = 60


@dataclass(frozen=True)
class Row:
    """One network with one recipe; accuracy and drawn are fractions, first_picture is the probability of its digit."""

    network: str
    recipe: str
    claim: float | str
    accuracy: float
    first_picture: float
    seconds: float
    parameters: int
    drawn: float | None


def job_of(name: str, recipe_name: str, quick: bool) -> TrainingJob:
    """What `train.py --network NAME --recipe RECIPE` does, or where it has to be quick a tenth of it."""
    chosen, mixture = recipe(recipe_name, name)
    if quick:
        chosen = replace(chosen, epochs=max(1, chosen.epochs // 10))
        mixture = Mixture(
            handwriting=mixture.handwriting // 10,
            non_digits=mixture.non_digits // 10,
            pen_digits=mixture.pen_digits // 10,
            pen_non_digits=mixture.pen_non_digits // 10,
        )
    return TrainingJob(network=name, recipe=chosen, mixture=mixture)


def measure(
    job: TrainingJob, dataset: Dataset, drawings: list[Drawing], threads: int | None = None
) -> tuple[Network, float]:
    """Train as the job says; returns the network, and the fraction of the drawings it reads."""
    dataset = replace(dataset, train=job.mixture.added_to(dataset.train, job.recipe.seed))
    with tempfile.TemporaryDirectory() as folder:
        training = TrainingRun(job, dataset, Path(folder) / "network.npz", threads=threads)
        for _ in training.run():
            pass
        network = training.finish("bench.seed_networks")
    assert network is not None
    readings = Reader(network).read_drawings(drawings)
    right = [str(reading.digit) == drawing.word for reading, drawing in zip(readings, drawings, strict=True)]
    return network, sum(right) / max(len(right), 1)


def row_of(name: str, recipe_name: str, dataset: Dataset, drawings: list[Drawing], options: argparse.Namespace) -> Row:
    """Train one network with one recipe."""
    network, drawn = measure(job_of(name, recipe_name, options.quick), dataset, drawings, options.threads)
    first = network.predict_proba(dataset.test[:1].scaled())[0]
    return Row(
        network=name,
        recipe=recipe_name,
        claim=CLAIMS[name],
        accuracy=float((network.predict(dataset.test.scaled()) == dataset.test.labels).mean()),
        first_picture=float(first[dataset.test.labels[0]]),
        seconds=network.info["seconds"],
        parameters=network.parameter_count,
        drawn=drawn if drawings else None,
    )


def print_table_line(rows: list[Row]) -> None:
    """One line of the table: both recipes of a network."""
    claim = rows[0].claim
    cells = [f"{rows[0].network:<13}{rows[0].parameters:>9,}{claim if isinstance(claim, str) else f'{claim:.2%}':>13}"]
    for row in rows:
        drawn = "" if row.drawn is None else f"{row.drawn:>9.2%}"
        cells.append(f"{row.accuracy:>9.2%}{row.first_picture:>9.4f}{row.seconds:>8.0f} s{drawn}")
    print("  |".join(cells), flush=True)


def print_head(drawn: bool) -> None:
    """What the columns are."""
    cell = f"{'test set':>9}{'1st pic.':>9}{'training':>10}" + (f"{'drawn':>9}" if drawn else "")
    first = f"{'':<13}{'':>9}{'':>13}"
    print("  |".join([first, *(f"{f'recipe {name}':>{len(cell)}}" for name in RECIPES)]))
    print("  |".join([f"{'network':<13}{'weights':>9}{'claim':>13}", cell, cell]))


def main(arguments: list[str] | None = None) -> int:
    """Train, measure and print; the exit status is 2 when a file cannot be read."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", action="store_true", help="a tenth of the epochs")
    parser.add_argument("--drawn", type=Path, metavar="FILE.ndjson", help="drawings with their digits, to read too")
    parser.add_argument("--networks", nargs="*", choices=CLAIMS, default=list(CLAIMS), metavar="NAME")
    parser.add_argument("--threads", type=int)
    parser.add_argument("--json", action="store_true", help="one object a network and recipe instead of a table")
    options = parser.parse_args(arguments)
    try:
        drawings = labelled(options.drawn) if options.drawn else []
    except (ValueError, OSError) as error:
        print(error, file=sys.stderr)
        return 2
    dataset = load_dataset()
    if not options.json:
        print_head(bool(drawings))
    for name in options.networks:
        rows = [row_of(name, recipe_name, dataset, drawings, options) for recipe_name in RECIPES]
        if options.json:
            for row in rows:
                print(json.dumps(asdict(row)), flush=True)
        else:
            print_table_line(rows)
    before, after = lines.learn(epochs=LINES_EPOCHS // 10 if options.quick else LINES_EPOCHS)
    if options.json:
        print(json.dumps({"network": "lines", "claim": CLAIMED_LINES, "before": before, "after": after}))
    else:
        print(f"lines: {before:.2%} before, {after:.2%} after; the claim is {CLAIMED_LINES[0]:.2%} and 100 %")
    return 0


def labelled(path: Path) -> list[Drawing]:
    """The drawings whose word is a digit. Raises DrawingError, OSError."""
    found = [d for d in read_drawings(path) if d.strokes and d.word is not None and d.word in "0123456789"]
    if not found:
        raise DrawingError(f"{path} holds no drawing whose word is a digit.")
    return found


if __name__ == "__main__":
    exit_with(main)
