"""The networks that ship: whatever is drawn that is no digit, they are not sure of one."""

from pathlib import Path

import numpy as np
import pytest

from app.store.networks import FIRST_STEPS, SHIPPED
from model.data.datasets import load_dataset
from model.data.images import Images
from model.evaluation.evaluation import evaluate_network
from model.handwriting.digits import write_digit
from model.network.network import Network
from model.network.storage import describe
from model.pictures.drawing import Drawing, Stroke
from model.pictures.pen import picture_of
from model.pictures.stroke_width import SMALL
from model.reading.number_reader import read_number
from model.reading.reader import Reader
from model.training.card import card_of
from model.training.job import TrainingJob
from model.training.options import build_parser, new_job

WEIGHTS = Path(__file__).parent.parent / "weights"
NETWORKS = sorted(WEIGHTS.glob("*.npz"))


@pytest.mark.parametrize("path", NETWORKS, ids=lambda path: path.stem)
def test_each_has_a_card_of_what_it_confuses(path: Path) -> None:
    """Of other weights than these: python train.py --evaluate weights/NAME.npz --card."""
    card = card_of(path)
    assert card.counts is not None
    assert np.trace(card.counts) / card.counts.sum() == pytest.approx(card.validation_accuracy, abs=0.002)


STEPS = np.linspace(0, 1, 200, dtype=np.float32)


@pytest.fixture(scope="module")
def test_part() -> Images:
    return load_dataset().test[::5]


def stroke(*points: tuple[float, float]) -> Stroke:
    return Stroke(np.array(points, np.float32))


def spiral(turns: float, turning: int = 1) -> Stroke:
    angles = 2 * np.pi * turns * turning * STEPS
    return Stroke(np.stack([128 + 100 * STEPS * np.cos(angles), 128 + 100 * STEPS * np.sin(angles)], axis=1))


def hatching(step: int) -> Stroke:
    rows = enumerate(range(0, 257, step))
    return stroke(*((x, y) for i, y in rows for x in ((0, 256) if i % 2 == 0 else (256, 0))))


def scribble(seed: int) -> Stroke:
    return Stroke(np.random.default_rng(seed).uniform(20, 236, (40, 2)).astype(np.float32))


NO_DIGITS: dict[str, list[tuple[Stroke, ...]]] = {
    "nothing": [()],
    "a dot": [(stroke((128, 128)),), (stroke((30, 220)),)],
    "a dot of a hand that trembles": [
        (stroke((128, 128), (129, 128), (129, 129)),),
        (stroke((128, 128), (131, 129), (129, 133), (128, 135)),),
    ],
    "several dots": [
        (stroke((60, 128)), stroke((190, 128))),
        (stroke((60, 60)), stroke((128, 128)), stroke((190, 90))),
    ],
    "a full canvas": [(hatching(4),), (hatching(12),), tuple(stroke((0, y), (256, y)) for y in range(0, 257, 8))],
    "a spiral": [(spiral(turns, turning),) for turns in (2.5, 3, 4, 5) for turning in (1, -1)],
    "a scribble": [(scribble(seed),) for seed in range(12)],
    "a line across": [(stroke((20, 128 - dy), (236, 128 + dy)),) for dy in (-15, -5, 0, 5, 15)],
    "lines across": [tuple(stroke((20, y), (236, y)) for y in ys) for ys in ((100, 150), (80, 130, 180))],
    "a cross": [(stroke((20, 20), (236, 236)), stroke((236, 20), (20, 236)))],
}


@pytest.mark.parametrize("file", NETWORKS, ids=lambda file: file.stem)
@pytest.mark.parametrize("kind", NO_DIGITS)
def test_what_is_no_digit_is_never_a_sure_one(kind: str, file: Path) -> None:
    readings = Reader(Network.load(file)).read_drawings(Drawing(strokes) for strokes in NO_DIGITS[kind])
    assert [reading.digit for reading in readings if reading.sure] == []


@pytest.mark.parametrize("file", NETWORKS, ids=lambda file: file.stem)
def test_a_plain_one_is_a_sure_one_wherever_it_stands_and_however_small(file: Path) -> None:
    line = np.array([(0, 0), (1, 20), (0, 40)], np.float32)
    places = [(20, 20, 1), (200, 200, 1), (100, 20, 5), (128, 128, 2)]
    drawings = [Drawing((Stroke(line * scale + np.array((x, y), np.float32)),)) for x, y, scale in places]
    readings = Reader(Network.load(file)).read_drawings(drawings)
    assert [(reading.digit, reading.sure) for reading in readings] == [(1, True)] * len(places)


def test_all_networks_ship_and_are_small() -> None:
    assert {file.stem for file in NETWORKS} == set(SHIPPED)
    assert sum(file.stat().st_size for file in NETWORKS) < 5_000_000


@pytest.mark.parametrize("name", FIRST_STEPS)
def test_a_first_network_is_what_its_command_trains(name: str) -> None:
    info = describe(WEIGHTS / f"{name}.npz").info
    assert info["command"] == f"python train.py --network {name} --recipe best"
    assert TrainingJob.from_json(info["job"]) == new_job(build_parser().parse_args(info["command"].split()[2:]))


@pytest.mark.parametrize("name", FIRST_STEPS)
def test_a_first_network_reads_as_well_as_its_file_says(name: str, test_part: Images) -> None:
    network = Network.load(WEIGHTS / f"{name}.npz")
    accuracy = evaluate_network(network, test_part).accuracy
    assert accuracy == pytest.approx(network.info["test_accuracy"], abs=0.012)


@pytest.mark.parametrize("name", ["conv-5", "dense-100", "dense-50-50", "relu-2"])
def test_networks_of_a_hundred_units_reach_what_they_should(name: str) -> None:
    least = 0.985 if name == "conv-5" else 0.98
    assert describe(WEIGHTS / f"{name}.npz").info["test_accuracy"] > least


@pytest.mark.parametrize("path", NETWORKS, ids=lambda path: path.stem)
def test_each_is_sure_of_many_plain_digits_on_paper_which_takes_more_than_on_the_canvas(path: Path) -> None:
    """Paper asks for confidence near its end: a network whose confidence ends below would be sure of nothing there."""
    reader = Reader(Network.load(path))
    sure = 0
    for n in range(30):
        picture = picture_of(write_digit(n % 10, np.random.default_rng(n)))
        assert picture is not None
        assert max(picture.shape) > SMALL
        sure += read_number(reader, picture).sure
    assert sure >= (24 if path.stem == "cnn" else 9)
