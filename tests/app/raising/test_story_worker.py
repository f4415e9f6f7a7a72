"""What the process of a story sends: what is wrong first, and after the order what is right."""

from pathlib import Path

import numpy as np

from app.raising.reports import Learnt, Spoiling, Tried
from app.raising.task import StoryTask
from app.retraining.reports import Done, Order
from model.training.biases import Bias
from tests.app.raising.pupils import data, told


def task(folder: Path) -> StoryTask:
    return StoryTask(bias=Bias.LABELS, count=80, data=data(folder), gap=0)


def test_it_waits_between_wrong_and_right(tmp_path: Path) -> None:
    end, (first, *sent) = told(task(tmp_path), Order.STEP, Order.GO_ON)
    assert isinstance(end, Done) and isinstance(first, Spoiling)
    kinds = [type(report) for report in sent]
    assert kinds.count(Learnt) == 1 and set(kinds) == {Learnt, Tried}
    steps = [report.step for report in sent if isinstance(report, Tried)]
    assert steps == list(range(first.steps + 1))
    assert kinds.index(Learnt) == 1 + first.steps * 2 // 3  # two epochs of three
    assert not np.array_equal(sent[-1].weights, sent[kinds.index(Learnt) - 1].weights)


def test_it_ends_where_nobody_wants_it_repaired(tmp_path: Path) -> None:
    end, sent = told(task(tmp_path), Order.STOP)
    assert isinstance(end, Done) and isinstance(sent[-1], Learnt)
