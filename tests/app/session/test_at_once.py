"""Learning at once: what a correction changes, and that it can be taken back whatever happens meanwhile."""

from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pygame
import pytest

from app import paths
from app.commands import Command
from app.messages import Messages
from app.retraining.options import RetrainOptions
from app.session import at_once
from app.session.session import Session
from app.store import learned, networks
from app.store import settings as settings_file
from app.store.collection import Collection
from app.store.settings import Settings
from app.ui.context import Context
from model.network.network import Network
from model.reading.reader import Reader
from tests.app.classroom import FakeProcess, comparison
from tests.app.hands import Hands
from tests.app.learners import FakeLearner, loaded


@pytest.fixture
def learners(monkeypatch: pytest.MonkeyPatch) -> list[FakeLearner]:
    """Those that were started."""
    started: list[FakeLearner] = []

    def start() -> FakeLearner:
        started.append(FakeLearner())
        return started[-1]

    monkeypatch.setattr(at_once, "start_process", start)
    return started


@pytest.fixture
def hands(
    session: Session,
    make_hands: Callable[..., Hands],
    learners: list[FakeLearner],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[Hands]:
    """A hand at a window that reads with a network that can learn, and takes all for a 4."""
    monkeypatch.setattr(networks, "WEIGHTS", tmp_path / "weights")
    base = loaded(tmp_path / "weights" / "cnn.npz")
    session.reader.adopt(base, Reader(base.network))
    hands = make_hands()
    yield hands
    hands.view.close()


def draw_and_read(hands: Hands, x: float = 60) -> None:
    hands.key(pygame.K_c, "c")
    hands.draw((x, 60), (190, 60), (110, 220))
    hands.key(pygame.K_s, "s")


def correct(hands: Hands, digit: int) -> None:
    hands.key(pygame.K_0 + digit, str(digit))


def teach(hands: Hands, learner: FakeLearner, digit: int, x: float = 60) -> None:
    """Draw, correct, and wait until it is learnt."""
    draw_and_read(hands, x)
    correct(hands, digit)
    learner.answer()
    hands.frame()


def notices(hands: Hands) -> list[str]:
    return [notice.text for notice in hands.session.context.notices.items]


def read(hands: Hands) -> int | None:
    """What the page is read as now."""
    reading = hands.session.reader.reading
    assert reading is not None
    return reading.digit


def arrays(hands: Hands) -> dict[str, bytes]:
    """Of the network that reads."""
    reader = hands.session.reader.current
    assert reader is not None
    return {name: array.tobytes() for name, array in reader.network.arrays().items()}


def test_a_correction_is_learnt_beside_the_loop_and_the_page_read_again(
    hands: Hands, learners: list[FakeLearner]
) -> None:
    draw_and_read(hands)
    assert read(hands) == 4
    correct(hands, 7)
    (learner,) = learners
    assert [drawing.word for _, drawing in learner.asked] == ["7"]
    assert read(hands) == 4
    assert not hands.view.due
    learner.answer()
    assert hands.view.due
    hands.frame()
    assert read(hands) == 7
    assert notices(hands) == ["Learned: that is a 7."]
    assert [entry.digit for entry in Collection().entries] == [7]
    draw_and_read(hands, 80)
    assert read(hands) == 7


def test_its_process_is_made_ready_once_with_the_first_ink(hands: Hands, learners: list[FakeLearner]) -> None:
    hands.frame()
    assert not learners
    hands.draw((60, 60), (190, 60))
    hands.draw((60, 80), (190, 80))
    (learner,) = learners
    assert [base.name for base in learner.prepared] == ["cnn"]


@pytest.mark.parametrize("way", ["key", "click", "tap", "undo the verdict"])
def test_undo_brings_the_exact_weights_back(way: str, hands: Hands, learners: list[FakeLearner]) -> None:
    draw_and_read(hands)
    at_first = arrays(hands)
    correct(hands, 7)
    learners[0].answer()
    hands.frame()
    with_7 = arrays(hands)
    teach(hands, learners[0], 2, x=70)
    assert read(hands) == 2
    assert len({str(some) for some in (at_first, with_7, arrays(hands))}) == 3
    for before, digit in ((with_7, 7), (at_first, 4)):
        if way == "undo the verdict" and digit == 7:
            hands.key(pygame.K_u, "u")
        elif way == "click" and digit == 7:
            button = hands.view._places()[-1].button
            assert button is not None
            hands.down(button.center)
            hands.up(button.center)
        elif way == "tap" and digit == 7:
            button = hands.view._places()[-1].button
            assert button is not None
            hands.finger(pygame.FINGERDOWN, button.center)
            hands.finger(pygame.FINGERUP, button.center)
        else:
            hands.key(pygame.K_f, "f")
        assert arrays(hands) == before
        assert read(hands) == digit
    hands.key(pygame.K_f, "f")
    assert notices(hands)[-1] == "Nothing was learned just now."
    assert arrays(hands) == at_first


def test_beside_its_button_a_notice_is_only_dismissed(hands: Hands, learners: list[FakeLearner]) -> None:
    draw_and_read(hands)
    correct(hands, 7)
    learners[0].answer()
    hands.frame()
    place = hands.view._places()[-1]
    assert place.button is not None
    hands.down((place.rect.left + 10, place.rect.centery))
    hands.up((place.rect.left + 10, place.rect.centery))
    assert not notices(hands)
    assert read(hands) == 7


@pytest.mark.parametrize("ends", ["learnt", "refused", "taken back"])
def test_what_takes_long_is_announced_until_it_is_done(hands: Hands, learners: list[FakeLearner], ends: str) -> None:
    now = 100.0
    hands.session.at_once._clock = lambda: now
    draw_and_read(hands)
    correct(hands, 7)
    now += at_once.SOON - 0.01
    assert not hands.view.due
    hands.frame()
    assert notices(hands) == []
    now += 0.02
    assert hands.view.due
    hands.frame()
    assert notices(hands) == ["Learning…"]
    now += 1_000
    hands.frame()
    assert notices(hands) == ["Learning…"] and not hands.view.due
    if ends == "taken back":
        hands.session.undo()
    else:
        learners[0].answer(refuse=ends == "refused")
    assert hands.view.due
    hands.frame()
    assert "Learning…" not in notices(hands)
    assert len(notices(hands)) == (0 if ends == "taken back" else 1)


def test_an_announcement_that_was_taken_away_does_not_come_back(hands: Hands, learners: list[FakeLearner]) -> None:
    now = 100.0
    hands.session.at_once._clock = lambda: now
    draw_and_read(hands)
    correct(hands, 7)
    now += 2
    hands.frame()
    hands.session.context.notices.dismiss()
    hands.frame()
    assert notices(hands) == [] and not hands.view.due


def test_corrections_in_quick_succession_are_learnt_one_after_the_other(
    hands: Hands, learners: list[FakeLearner]
) -> None:
    for digit, x in ((7, 60), (2, 70), (1, 80)):
        draw_and_read(hands, x)
        correct(hands, digit)
    (learner,) = learners
    for known in range(3):
        ((forms, _),) = learner.asked
        assert [form.digit for form in forms] == [7, 2, 1][:known]
        learner.answer()
        hands.frame()
    assert read(hands) == 1
    assert [form.digit for form in hands.session.at_once.forms] == [7, 2, 1]


def test_what_still_waits_can_be_taken_back(hands: Hands, learners: list[FakeLearner]) -> None:
    for digit, x in ((7, 60), (2, 70), (1, 80)):
        draw_and_read(hands, x)
        correct(hands, digit)
    hands.key(pygame.K_f, "f")  # the 1, which waits
    hands.key(pygame.K_f, "f")  # the 2
    hands.key(pygame.K_f, "f")  # the 7, which is being learnt
    assert not hands.session.at_once.can_forget
    learners[0].answer()
    hands.frame()
    assert read(hands) == 4
    assert not learners[0].asked
    assert not hands.session.at_once.forms


def test_another_verdict_on_the_same_page_takes_the_place_of_the_first(
    hands: Hands, learners: list[FakeLearner]
) -> None:
    teach(hands, learners_of(hands, learners), 7)
    correct(hands, 2)
    ((forms, drawing),) = learners[0].asked
    assert forms == ()
    assert drawing.word == "2"
    learners[0].answer()
    hands.frame()
    assert read(hands) == 2
    assert [form.digit for form in hands.session.at_once.forms] == [2]
    assert [(entry.digit, entry.reading) for entry in Collection().entries] == [(2, 4)]


def learners_of(hands: Hands, learners: list[FakeLearner]) -> FakeLearner:
    """The one that is started with the first ink."""
    hands.draw((60, 60), (190, 60))
    return learners[0]


def test_what_is_read_surely_is_not_learnt(hands: Hands, learners: list[FakeLearner]) -> None:
    draw_and_read(hands)
    correct(hands, 4)
    assert not learners[0].asked
    assert not hands.session.at_once.busy


def test_where_it_would_do_harm_a_notice_says_so(hands: Hands, learners: list[FakeLearner]) -> None:
    draw_and_read(hands)
    before = arrays(hands)
    correct(hands, 7)
    learners[0].answer(refuse=True)
    hands.frame()
    assert "too many other digits look like this 7" in notices(hands)[0]
    assert arrays(hands) == before
    assert not hands.session.at_once.can_forget
    assert [entry.digit for entry in Collection().entries] == [7]


def test_a_process_that_died_costs_a_notice_and_the_next_correction_is_learnt(
    hands: Hands, learners: list[FakeLearner]
) -> None:
    draw_and_read(hands)
    correct(hands, 7)
    learners[0].answer(RuntimeError("Killed for memory."))
    hands.frame()
    assert notices(hands) == ["Noted, but not learned at once: Killed for memory."]
    assert read(hands) == 4
    teach(hands, learners[0], 2, x=90)
    assert read(hands) == 2


# -- another network meanwhile --------------------------------------------------------------------------------


def test_what_is_learnt_for_one_network_is_not_given_to_another(
    hands: Hands, learners: list[FakeLearner], tmp_path: Path
) -> None:
    draw_and_read(hands)
    correct(hands, 7)
    other = loaded(tmp_path / "weights" / "other.npz", seed=1)
    hands.session.choose_network(other.path)
    hands.frame()
    now = arrays(hands)
    learners[0].answer()
    hands.frame()
    assert arrays(hands) == now
    assert not hands.session.at_once.forms
    assert not hands.session.at_once.can_forget


def test_each_network_keeps_what_it_has_learnt(hands: Hands, learners: list[FakeLearner], tmp_path: Path) -> None:
    other = loaded(tmp_path / "weights" / "other.npz", seed=1)
    teach(hands, learners_of(hands, learners), 7)
    hands.session.choose_network(other.path)
    hands.frame()
    assert read(hands) == 4
    hands.session.choose_network(tmp_path / "weights" / "cnn.npz")
    hands.frame()
    assert read(hands) == 7
    assert not hands.session.at_once.can_forget  # of this sitting nothing is left, but all can be forgotten
    hands.session.at_once.forget_all()
    assert read(hands) == 4
    assert not list(paths.learned_folder().iterdir())


@pytest.fixture
def training(hands: Hands, learners: list[FakeLearner], processes: list[FakeProcess]) -> FakeProcess:
    """One that began while a correction was being learnt."""
    draw_and_read(hands)
    correct(hands, 7)
    assert hands.view.start_training(RetrainOptions(start="present", source=paths.WEIGHTS / "cnn.npz"))
    hands.frame()
    processes[0].train()
    return processes[0]


def test_what_is_learnt_while_a_network_is_trained_comes_when_that_is_discarded(
    hands: Hands, learners: list[FakeLearner], training: FakeProcess
) -> None:
    learners[0].answer()
    hands.frame()
    assert not hands.view.due
    assert not hands.session.at_once.forms
    controller = hands.view.training
    assert controller is not None
    controller.discard()
    hands.settle()
    assert read(hands) == 7
    assert [form.digit for form in hands.session.at_once.forms] == [7]


def test_a_network_that_was_trained_meanwhile_begins_without_it(
    hands: Hands, learners: list[FakeLearner], training: FakeProcess
) -> None:
    learners[0].answer()
    training.end(comparison(changed=1))
    hands.settle()
    controller = hands.view.training
    assert controller is not None
    assert controller.save_as("new")
    hands.view.close_dialogs()
    hands.settle()
    assert not hands.session.at_once.forms
    assert hands.session.reader.network is not None and hands.session.reader.network.name == "new"
    assert arrays(hands) == {
        name: array.tobytes() for name, array in Network.load(paths.networks_folder() / "new.npz").arrays().items()
    }


def test_what_is_forgotten_while_a_network_is_trained_is_gone_after_it(
    hands: Hands, learners: list[FakeLearner], processes: list[FakeProcess]
) -> None:
    draw_and_read(hands)
    before = arrays(hands)
    correct(hands, 7)
    learners[0].answer()
    hands.frame()
    assert hands.view.start_training(RetrainOptions(start="present", source=paths.WEIGHTS / "cnn.npz"))
    hands.frame()
    assert hands.session.at_once.learn(hands.session.ink.to_drawing(), 2, None) is None
    hands.key(pygame.K_f, "f")
    controller = hands.view.training
    assert controller is not None
    controller.discard()
    hands.settle()
    assert arrays(hands) == before
    assert read(hands) == 4


# -- the switch and the disk ----------------------------------------------------------------------------------


def test_it_is_on_and_can_be_switched_off_and_stays_so(hands: Hands, learners: list[FakeLearner]) -> None:
    assert hands.session.settings.learn_at_once
    hands.key(pygame.K_a, "a")
    hands.click("switch")
    hands.key(pygame.K_ESCAPE)
    assert not settings_file.load(paths.config_folder())[0].learn_at_once
    draw_and_read(hands)
    correct(hands, 7)
    assert not learners
    assert [entry.digit for entry in Collection().entries] == [7]


def test_the_dialog_forgets_the_last_or_all(hands: Hands, learners: list[FakeLearner]) -> None:
    teach(hands, learners_of(hands, learners), 7)
    teach(hands, learners[0], 2, x=90)
    hands.key(pygame.K_a, "a")
    hands.tap("last")
    assert read(hands) == 7
    hands.tap("all")
    assert read(hands) == 4
    enabled = {item.name: item.enabled for item in hands.view.screen.controls.items}
    assert (enabled["last"], enabled["all"]) == (False, False)


def test_it_is_known_the_next_time(hands: Hands, learners: list[FakeLearner]) -> None:
    teach(hands, learners_of(hands, learners), 7)
    known = arrays(hands)
    session = Session(Settings(), Context(Messages("en")))
    session.reader.use_network("cnn")
    session.update()
    assert session.reader.current is not None
    assert {name: a.tobytes() for name, a in session.reader.current.network.arrays().items()} == known


def test_a_broken_file_of_it_costs_a_notice_and_the_network_reads_as_it_was(
    hands: Hands, learners: list[FakeLearner]
) -> None:
    draw_and_read(hands)
    before = arrays(hands)
    correct(hands, 7)
    learners[0].answer()
    hands.frame()
    base = hands.session.reader.network
    assert base is not None
    learned.file_of(base).write_bytes(b"PK nonsense")
    session = Session(Settings(), Context(Messages("en")))
    session.reader.adopt(base, Reader(base.network))
    session.update()
    (notice,) = session.context.notices.items
    assert notice.text.startswith("What was learned before is left out:")
    assert session.reader.current is not None
    assert {name: a.tobytes() for name, a in session.reader.current.network.arrays().items()} == before


def test_a_full_disk_costs_a_notice_and_it_is_learnt_all_the_same(
    hands: Hands, learners: list[FakeLearner], monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(learned, "save", full)
    teach(hands, learners_of(hands, learners), 7)
    hands.frame()
    assert read(hands) == 7
    assert notices(hands)[-1] == "What was learned lasts only until the program ends: No space left on device."


def test_closing_the_window_ends_the_process_and_gives_up_what_is_being_learnt(
    hands: Hands, learners: list[FakeLearner]
) -> None:
    draw_and_read(hands)
    correct(hands, 7)
    hands.view.close()
    assert learners[0].closed
    assert not hands.session.at_once.busy


def test_an_older_correction_stays_when_its_page_is_gone(hands: Hands, learners: list[FakeLearner]) -> None:
    teach(hands, learners_of(hands, learners), 7)
    first = hands.session.at_once._steps[0].correction
    teach(hands, learners[0], 2, x=90)
    assert not hands.session.at_once.take_back(first)
    assert [form.digit for form in hands.session.at_once.forms] == [7, 2]
    assert hands.session.context.notices.items[-1].offer is not None
    assert hands.session.context.notices.items[-1].offer.command is Command.FORGET


def test_its_weights_are_those_of_no_other_network(hands: Hands, learners: list[FakeLearner]) -> None:
    """The network that learns is one of its own: the shipped one stays as it is, in memory too."""
    base = hands.session.reader.network
    assert base is not None
    before = {name: array.copy() for name, array in base.network.arrays().items()}
    teach(hands, learners_of(hands, learners), 7)
    for name, array in base.network.arrays().items():
        np.testing.assert_array_equal(array, before[name])
