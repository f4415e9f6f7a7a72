"""The bench of raised networks: when one reads enough, and what it says to people."""

import numpy as np
import pytest

from app.raising.reports import Grown
from app.raising.task import RaisingTask
from bench import raising
from bench.raising import first_at, in_lines, raised, told
from model.data.images import Images
from model.training.biases import Bias
from tests.app.raising.pupils import FakeRaising, FakeStory, judges


def test_the_first_moment_that_reads_enough_counts(monkeypatch: pytest.MonkeyPatch) -> None:
    pupil = FakeRaising(RaisingTask())
    moments = [pupil.grown_at(number) for number in range(4)]
    labels = judges().labels

    class Reads:
        def __init__(self, grown: Grown) -> None:
            self.right = (0.5, 0.97, 0.4, 0.99)[moments.index(grown)]

        def predict(self, scaled: np.ndarray) -> np.ndarray:
            return np.where(np.arange(len(labels)) < self.right * len(labels), labels, 11)

    monkeypatch.setattr(pupil, "network_of", Reads)
    came = [(float(number), grown) for number, grown in enumerate(moments)]
    assert first_at(came, pupil, judges()) == (1.0, 640, 0.99)
    assert first_at(came[:1], pupil, judges()) == (None, None, 0.5)


def test_a_network_is_raised_to_its_end(monkeypatch: pytest.MonkeyPatch) -> None:
    def start(task: RaisingTask) -> FakeRaising:
        pupil = FakeRaising(task)
        pupil.grow(5)
        pupil.end()
        return pupil

    monkeypatch.setattr(raising, "RaisingProcess", start)
    row = raised(RaisingTask(many=False), Images(judges().images, judges().labels))
    assert (row["units"], row["moments"]) == ("few", 5)
    assert row["bytes"] == 5 * 2 * RaisingTask(many=False).first_network().vector.size


def test_a_story_is_told_before_and_after(monkeypatch: pytest.MonkeyPatch) -> None:
    class Teller(FakeStory):
        def repair(self) -> None:
            super().repair()
            self.tell(self.tried(9))
            self.end()

    def start(task: object) -> Teller:
        teller = Teller(task)  # type: ignore[arg-type]
        teller.fail(2)
        return teller

    monkeypatch.setattr(raising, "StoryProcess", start)
    row = told(Bias.HAND, 1)
    assert (row["before"], row["after"], row["usual_before"]) == (20, 90, 100)
    assert "before 20" in in_lines({"raised": [], "frames": {"p99": 1}, "stories": [row]})
