"""StepWorker: how the work of a step is divided."""

import itertools

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from model.network.convolution import Conv2D
from model.network.layers import Dense, Flatten
from model.network.network import Network
from model.training import optimizers, step_worker
from model.training.step_worker import Order, Phase


def test_the_optimizer_gets_every_parameter_once_and_whole_matrices_where_it_wants_them(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(step_worker, "_SLICE", 700)
    network = Network([Conv2D(4, 3), Flatten(), Dense(200), Dense(6), Dense(10)])
    for name, wanted in (("adam", []), ("muon", [(9, 4), (200, 6)])):
        parts = step_worker.parts_of(network, optimizers.optimizer(name))
        seen = np.zeros(network.parameter_count, int)
        for part in parts:
            seen[part.at] += 1
        assert (seen == 1).all()
        assert sorted(part.matrix for part in parts if part.matrix) == wanted
        assert all(part.at.stop - part.at.start <= 700 for part in parts if not part.matrix)


@given(end=st.integers(1, 40), workers=st.integers(1, 9))
def test_every_number_is_somebodys_and_nobody_comes_for_nothing(end: int, workers: int) -> None:
    shares = Order(Phase.PARTS, step=3, size=2, end=end).divided(workers)
    numbers = [range(share.first, share.end, share.stride) for share in shares]
    assert sorted(itertools.chain(*numbers)) == list(range(end))
    assert all(numbers)
    assert len(shares) == min(workers, end)
    assert {(share.phase, share.step, share.size) for share in shares} == {(Phase.PARTS, 3, 2)}
