"""The bench of learning at once: which cases there are, and that what is lost is counted as the program reads."""

import numpy as np
import pytest

from app.paths import WEIGHTS
from bench.at_once import Judge, Outcome, Trial, misread_cases, strange_cases, table
from model.data.datasets import load_dataset
from model.evaluation.evaluation import logits_of
from model.handwriting.digits import write_digit
from model.network.growth import Detector, features_of
from model.network.network import Network
from model.pictures.drawing import Drawing
from model.training.at_once import Form, QuickLearner, with_forms
from model.training.memory import Memory


@pytest.fixture(scope="module")
def network() -> Network:
    return Network.load(WEIGHTS / "cnn.npz")


@pytest.fixture(scope="module")
def writers() -> dict[str, list[Drawing]]:
    rng = np.random.default_rng(3)
    return {name: [write_digit(digit, rng) for digit in range(10) for _ in range(5)] for name in ("anna", "ben")}


def test_there_is_a_case_for_each_form_and_writer_who_wrote_enough(writers: dict[str, list[Drawing]]) -> None:
    cases = strange_cases({**writers, "carla": [d for d in writers["anna"] if d.word == "3"]})
    assert [(case.kind, case.writer) for case in cases if case.kind == "mirrored 3"] == [
        ("mirrored 3", "anna"),
        ("mirrored 3", "ben"),
        ("mirrored 3", "carla"),
    ]
    assert len(cases) == 11
    assert {len(case.drawings) for case in cases} == {5}


def test_misread_drawings_teach_first(network: Network, writers: dict[str, list[Drawing]]) -> None:
    three = [d for d in writers["anna"] if d.word == "3"]
    eight = next(d for d in writers["anna"] if d.word == "8")
    odd = Drawing(eight.strokes, eight.canvas, "3")
    (case,) = misread_cases(network, {"anna": [*three, odd]})
    assert case.drawings[0] is odd
    assert len(case.drawings) == 6


def test_a_judge_reads_again_all_that_a_form_may_touch(network: Network, writers: dict[str, list[Drawing]]) -> None:
    images = load_dataset().validation[:400]
    features = features_of(network, images.scaled())
    weight = np.random.default_rng(0).standard_normal(features.shape[1:], np.float32)
    detector = Detector(3, weight, float(np.quantile(features @ weight, 0.9)), 0.1, 300.0)
    form = Form((writers["anna"][0],), detector)
    learnt = with_forms(network, [form])
    judge = Judge(network, images)
    np.testing.assert_allclose(judge.logits(learnt, [form]), logits_of(learnt, images), atol=1e-3)
    right, wrong = (logits_of(some, images).argmax(axis=1) == images.labels for some in (network, learnt))
    assert judge.right(learnt, [form]).tolist() == wrong.tolist()
    assert judge.right(network, ()).tolist() == right.tolist()
    assert wrong.sum() < right.sum()


def test_a_trial_tests_on_what_was_not_taught_and_on_the_others(
    network: Network, writers: dict[str, list[Drawing]]
) -> None:
    train = load_dataset().train[:600]
    learner = QuickLearner(network, Memory.of(network, [train]))
    case = next(case for case in strange_cases(writers) if case.kind == "mirrored 3")
    outcomes = list(Trial(learner, load_dataset().validation[:100], writers, writers["ben"][:5]).run(case))
    assert [(o.corrections, o.tested) for o in outcomes] == [(0, 5), (1, 4), (2, 3), (3, 2)]
    assert outcomes[0].mnist_lost == outcomes[0].others_lost == outcomes[0].letters_sure == 0
    assert all(o.seconds > 0 for o in outcomes[1:])


def test_one_network_is_taught_all_of_it(network: Network, writers: dict[str, list[Drawing]]) -> None:
    learner = QuickLearner(network, Memory.of(network, [load_dataset().train[:600]]))
    cases = [case for case in strange_cases(writers) if case.kind == "mirrored 3"]
    trial = Trial(learner, load_dataset().validation[:100], writers)
    of_all = trial.run_all(cases)
    assert of_all.corrections == 6
    assert 1 <= of_all.forms <= 6 - of_all.refused
    assert of_all.right > 0.5
    assert str(of_all).startswith("6 corrections, ")


def test_the_table_has_the_mean_and_the_worst() -> None:
    some = [
        Outcome("misread", "anna", 1, 4, 3, 2, 0.0002, 0.001, 1, False, 0.5),
        Outcome("misread", "ben", 1, 4, 4, 4, 0.0, 0.0, 0, True, 0.7),
    ]
    outcomes = [*some, *(Outcome("misread", "anna", count, 4, 1, 0) for count in (0, 2, 3))]
    line = table(outcomes)[2].split()
    assert line[:4] == ["misread", "1", "87.5%", "75.0%"]
    assert line[4:] == ["0.010,", "0.020", "0.050,", "0.100", "0.50", "0.70", "1", "refused"]
