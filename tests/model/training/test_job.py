"""Job: described by JSON and made again from it, and which epoch's network is kept."""

import json
from pathlib import Path

import numpy as np
import pytest

from model.data.datasets import Dataset
from model.pictures.warp import Warp
from model.training.history import Epoch
from model.training.job import TrainingJob, TrainingRun
from model.training.mixture import Mixture
from model.training.recipe import Recipe
from tests.model.training.test_fit import bars

DATA = bars(120, np.random.default_rng(0))
DATASET = Dataset(DATA[:60], DATA[60:100], DATA[100:])


@pytest.mark.parametrize(
    "job",
    [
        TrainingJob(),
        TrainingJob(hidden_size=(5, 4), activation="tanh", recipe=Recipe(warp=None, epochs=3), data="some/where.csv"),
        TrainingJob(network="mlp", recipe=Recipe(warp=Warp(turn=3)), mixture=Mixture(5, 6, 7, 8, 9)),
    ],
)
def test_a_job_survives_json(job: TrainingJob) -> None:
    assert TrainingJob.from_json(json.loads(json.dumps(job.as_json()))) == job


def test_the_latest_epoch_that_is_not_clearly_worse_is_kept() -> None:
    training = TrainingRun(TrainingJob(), DATASET, Path("unused.npz"))
    training.history = [Epoch(1, 0, 0, 0, 0.80, 0, 0), Epoch(2, 0, 0, 0, 0.60, 0, 0)]
    # one standard error of 0.8 on 40 pictures is 0.063
    assert training._is_among_the_best(0.75)
    assert not training._is_among_the_best(0.73)
