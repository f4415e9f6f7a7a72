"""The list of trainings: marked by mouse, finger and keys, one or two compared, and what trainings leave in it."""

from collections.abc import Callable

import pygame
import pytest

from app.commands import Command
from app.dialogs.charts import ChartsDialog
from app.dialogs.trainings import TrainingsDialog
from app.retraining.options import RetrainOptions
from app.retraining.reports import Failed
from app.store import trainings
from app.store.networks import LoadedNetwork
from tests.app.classroom import FakeProcess, comparison, tiny_network, training_record, write_network
from tests.app.hands import Hands


@pytest.fixture
def listed(make_hands: Callable[..., Hands]) -> Hands:
    for number in range(20):
        trainings.note(training_record(number))
    hands = make_hands((1024, 600))
    hands.key(pygame.K_j, "j")
    return hands


def dialog(hands: Hands) -> TrainingsDialog:
    screen = hands.view.screen
    assert isinstance(screen, TrainingsDialog)
    return screen


def test_the_newest_stands_first_with_its_figures(listed: Hands) -> None:
    row = dialog(listed).rows[0]
    assert row.label == "mlp-800 · 2026-11-20 17:05"
    assert row.under == "MNIST, pen strokes, 40 drawings · 3 epochs · 2\u00a0min"
    assert dialog(listed).rows[3].detail == "99.11% → 99.32%"
    assert dialog(listed).rows[3].under_detail == "kept: mlp-800-16"
    assert row.under_detail == "broken off"


def test_it_scrolls(listed: Hands) -> None:
    listed.key(pygame.K_END)
    listed.settle()
    assert dialog(listed).scroller.place == dialog(listed).scroller.farthest > 0


@pytest.mark.parametrize("way", ["click", "tap"])
def test_two_rows_are_compared_in_one_chart(listed: Hands, way: str) -> None:
    press = getattr(listed, way)
    press("training 1")
    press("training 3")
    press("charts")
    charts = listed.view.screen
    assert isinstance(charts, ChartsDialog)
    assert [training.name for training in charts.trainings] == ["mlp-800-16", "mlp-800"]
    assert not charts.places.tabs
    listed.key(pygame.K_ESCAPE)
    assert dialog(listed).marked == [1, 3]


def test_of_three_marks_the_first_goes_and_a_second_press_takes_one_away(listed: Hands) -> None:
    for number in (0, 1, 2):
        listed.click(f"training {number}")
    assert dialog(listed).marked == [1, 2]
    listed.click("training 1")
    assert dialog(listed).marked == [2]


def test_keys_alone_show_the_curves_of_one(listed: Hands) -> None:
    for code in (pygame.K_DOWN, pygame.K_DOWN, pygame.K_RETURN, pygame.K_c):
        listed.key(code)
    charts = listed.view.screen
    assert isinstance(charts, ChartsDialog)
    assert [training.name for training in charts.trainings] == [""]


def test_trainings_of_one_name_are_told_apart_by_their_time(listed: Hands) -> None:
    listed.click("training 0")
    listed.click("training 1")
    listed.key(pygame.K_c, "c")
    charts = listed.view.screen
    assert isinstance(charts, ChartsDialog)
    assert [training.name for training in charts.trainings] == ["11-19 17:05", "11-20 17:05"]


def test_without_a_mark_c_says_what_to_do(listed: Hands) -> None:
    listed.key(pygame.K_c, "c")
    assert dialog(listed)
    assert listed.session.context.notices.items[-1].text == "Mark a training first."


def test_lines_that_cannot_be_read_are_said(make_hands: Callable[..., Hands]) -> None:
    trainings.note(training_record(0))
    with trainings.file().open("ab") as opened:
        opened.write(b"{\n")
    hands = make_hands()
    hands.key(pygame.K_j, "j")
    assert dialog(hands).note == "1 line of the file could not be read."


@pytest.fixture
def trained(hands: Hands, processes: list[FakeProcess], tmp_path: object) -> Hands:
    """A training that has taken some steps."""
    path = write_network(trainings.file().parent / "networks" / "own.npz")
    hands.session.reader.network = LoadedNetwork("own", path, tiny_network())
    assert hands.view.start_training(RetrainOptions(start="nothing", built="mlp-800"))
    processes[-1].train()
    hands.frame()
    return hands


def noted() -> trainings.TrainingRecord:
    (record,), lost = trainings.recorded()
    assert not lost
    return record


def test_a_training_that_is_kept_is_noted_with_its_name(trained: Hands, processes: list[FakeProcess]) -> None:
    processes[-1].end(comparison(0, 0, changed=0))
    trained.settle()
    trained.click("keep")
    record = noted()
    assert (record.outcome, record.kept_as, record.network) == ("kept", "mlp-800-2", "mlp-800")
    assert (record.accuracy_before, record.accuracy_after, record.seconds) == (0.9962, 0.9962, 12.0)
    assert record.from_nothing and record.mnist
    assert record.optimizer == RetrainOptions(start="nothing", built="mlp-800").plan().recipe.optimizer
    assert record.curves is not None and len(record.curves.loss) == 30


def test_a_training_that_is_discarded_is_noted_once(trained: Hands, processes: list[FakeProcess]) -> None:
    processes[-1].end(comparison(0, 0, changed=0))
    trained.settle()
    trained.click("discard")
    trained.view.close()
    assert noted().outcome == "discarded"


def test_a_training_that_fails_is_noted(trained: Hands, processes: list[FakeProcess]) -> None:
    processes[-1].tell(Failed("retrain.failed.memory"))
    trained.frame()
    assert noted().outcome == "failed"
    assert noted().accuracy_after is None


def test_a_training_that_the_programs_end_breaks_off_is_noted(trained: Hands) -> None:
    trained.view.close()
    assert noted().outcome == "broken_off"


def test_a_training_that_never_took_a_step_is_not(hands: Hands, processes: list[FakeProcess]) -> None:
    hands.view.start_training(RetrainOptions(start="nothing", built="mlp-800"))
    hands.view.perform(Command.STOP)
    assert trainings.recorded() == ([], 0)


def test_a_disk_that_takes_nothing_costs_a_notice_and_no_network(
    trained: Hands, processes: list[FakeProcess], monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(record: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(trainings, "note", full)
    processes[-1].end(comparison(0, 0, changed=0))
    trained.settle()
    trained.click("keep")
    assert trained.session.reader.network is not None
    assert trained.session.reader.network.name == "mlp-800-2"
