"""While a network learns, and what becomes of it: driven by a stand-in for the process."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pygame
import pytest

from app import paths
from app.dialogs.networks import NetworksDialog
from app.retraining.controller import TrainingController, note_speed, suggested_name
from app.retraining.options import RetrainOptions
from app.retraining.process import Snapshot
from app.retraining.quit import QuitDialog
from app.retraining.reports import Failed
from app.retraining.result import ResultDialog
from app.session.session import Session
from app.store import networks
from app.store.collection import Collection
from app.store.networks import LoadedNetwork
from model.network.network import Network
from model.pictures.drawing import Drawing, Stroke
from tests.app.classroom import FakeProcess, comparison, tiny_network, write_network
from tests.app.conftest import FakeReader
from tests.app.hands import Hands


class Classroom:
    """A hand at a window in which a network learns."""

    def __init__(self, hands: Hands, process: FakeProcess) -> None:
        self.hands = hands
        self.process = process

    @property
    def training(self) -> TrainingController:
        assert self.hands.view.training is not None
        return self.hands.view.training

    def end(self, **result: float) -> ResultDialog:
        self.process.end(comparison(**result))  # type: ignore[arg-type]
        self.hands.settle()
        dialog = self.hands.view.screen
        assert isinstance(dialog, ResultDialog)
        return dialog


@pytest.fixture
def begin(
    session: Session,
    make_hands: Callable[..., Hands],
    processes: list[FakeProcess],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> Callable[..., Classroom]:
    monkeypatch.setattr(networks, "WEIGHTS", tmp_path / "weights")
    path = write_network(tmp_path / "weights" / "cnn.npz", seed=3)
    session.reader.network = LoadedNetwork("cnn", path, Network.load(path))
    collection = Collection()
    for number in range(5):
        points = np.array([[50, 50 + number], [60, 120], [120, 200]], np.float32)
        collection.add(Drawing((Stroke(points, None),)), 1, reading=7)

    def begin(size: tuple[int, int] = (1180, 720), start: str = "present") -> Classroom:
        hands = make_hands(size)
        assert hands.view.start_training(RetrainOptions(start=start, source=path))
        hands.settle()
        return Classroom(hands, processes[-1])

    return begin


def test_the_newest_snapshot_reads_while_one_draws(begin: Callable[..., Classroom], reader: FakeReader) -> None:
    room = begin()
    hands = room.hands
    hands.draw((60, 60), (190, 60), (110, 220))
    hands.key(pygame.K_s, "s")
    assert hands.view.pad.answer.glyph == "7"
    room.process.train()
    snapshot = tiny_network(seed=5)
    room.process.tell(Snapshot(30, snapshot))
    hands.frame()
    assert hands.session.reader.current is not reader
    current = hands.session.reader.current
    assert current is not None and current.network is snapshot
    assert hands.session.reader.answered
    asked = reader.asked
    hands.draw((60, 90), (190, 90))
    hands.key(pygame.K_s, "s")
    assert reader.asked == asked
    hands.key(pygame.K_1, "1")
    assert Collection().entries[-1].digit == 1


def test_from_nothing_it_guesses_until_it_can_read_and_then_says_so(begin: Callable[..., Classroom]) -> None:
    room = begin(start="nothing")
    room.process.train(steps=10, accuracy=0.5)
    room.process.tell(Snapshot(10, tiny_network()))
    room.hands.frame()
    reader = room.hands.session.reader.current
    assert reader is not None and reader.digit_at == 0
    assert room.training.milestone is None
    room.process.train(steps=60, accuracy=0.972)
    room.process.tell(Snapshot(60, tiny_network()))
    room.hands.frame()
    assert room.training.milestone == pytest.approx(6.0)
    assert "97" in room.hands.session.context.notices.items[-1].text
    reader = room.hands.session.reader.current
    assert reader is not None and reader.digit_at > 0


@pytest.mark.parametrize("way", ["key", "click", "tap"])
def test_pause_step_go_on_and_stop(way: str, begin: Callable[..., Classroom]) -> None:
    room = begin()
    room.process.train()
    room.hands.settle()
    keys = {"pause": (pygame.K_p, "p"), "step": (pygame.K_PERIOD, "."), "stop": (pygame.K_x, "x")}

    def press(name: str) -> None:
        if way == "key":
            room.hands.key(*keys[name])
        elif way == "click":
            room.hands.click(name)
        else:
            room.hands.tap(name)

    press("pause")
    assert room.training.paused
    press("step")
    press("pause")
    assert not room.training.paused
    press("stop")
    assert room.process.orders == ["pause", "step", "go on", "stop"]


def test_stopping_before_it_has_begun_leaves_all_as_it_was(begin: Callable[..., Classroom], reader: FakeReader) -> None:
    room = begin()
    room.hands.key(pygame.K_x, "x")
    assert room.hands.view.training is None and room.process.closed
    assert room.hands.session.reader.current is reader


def test_progress_is_drawn_and_then_nothing_more(begin: Callable[..., Classroom]) -> None:
    room = begin()
    room.process.train()
    damage = room.hands.frame()
    card = room.hands.view.pad.layout.training
    assert any(rect.contains(card) for rect in damage)
    room.hands.settle()
    assert room.hands.frame() == []


def test_what_is_drawn_in_parts_is_the_same_as_all_at_once(begin: Callable[..., Classroom]) -> None:
    room = begin()
    hands = room.hands
    acts: list[Callable[[], object]] = [
        lambda: hands.draw((60, 60), (190, 60)),
        lambda: room.process.train(),
        lambda: room.process.tell(Snapshot(30, tiny_network())),
        lambda: hands.key(pygame.K_p, "p"),
        lambda: hands.key(pygame.K_t, "t"),
        lambda: room.end(),
        lambda: hands.key(pygame.K_ESCAPE),
        lambda: hands.key(pygame.K_r, mod=pygame.KMOD_LCTRL),
        lambda: hands.click("discard"),
        lambda: hands.session.context.notices.dismiss(),
    ]
    for number, act in enumerate(acts):
        act()
        hands.settle()
        hands.frame()
        whole = pygame.Surface(hands.view.size)
        hands.view.draw(whole, [whole.get_rect()])
        assert np.array_equal(pygame.surfarray.array3d(hands.surface), pygame.surfarray.array3d(whole)), number


@pytest.mark.parametrize("way", ["enter", "click", "tap"])
def test_keeping(way: str, begin: Callable[..., Classroom]) -> None:
    room = begin()
    dialog = room.end()
    assert dialog.advised == "keep"
    if way == "enter":
        room.hands.key(pygame.K_RETURN, "\r")
    elif way == "click":
        room.hands.click("keep")
    else:
        room.hands.tap("keep")
    session = room.hands.session
    assert room.hands.view.training is None and not room.hands.view.dialogs and room.process.closed
    network = session.reader.network
    assert network is not None and network.path == paths.networks_folder() / "cnn-mine.npz"
    assert session.settings.network == "cnn-mine"


def test_what_was_kept_can_be_taken_back(begin: Callable[..., Classroom]) -> None:
    room = begin()
    room.end()
    room.hands.click("keep")
    new = np.concatenate([a.ravel() for a in Network.load(paths.networks_folder() / "cnn-mine.npz").arrays().values()])
    room.hands.key(pygame.K_n, "n")
    (row,) = [row for row in room.hands.view.screen.rows if row.name.startswith("bring back")]  # type: ignore[attr-defined]
    room.hands.click(row.name)
    loaded = room.hands.session.reader.network
    assert loaded is not None and loaded.name == "cnn-mine"
    old = np.concatenate([a.ravel() for a in loaded.network.arrays().values()])
    assert not np.array_equal(old, new)
    shipped = Network.load(networks.WEIGHTS / "cnn.npz")  # type: ignore[attr-defined]
    assert np.array_equal(old, np.concatenate([a.ravel() for a in shipped.arrays().values()]))


def test_discarding_reads_as_before(begin: Callable[..., Classroom], reader: FakeReader) -> None:
    room = begin()
    room.process.tell(Snapshot(1, tiny_network()))
    dialog = room.end(before=5, after=3)
    assert dialog.advised == "discard"
    room.hands.key(pygame.K_RETURN, "\r")
    assert room.hands.session.reader.current is reader
    assert room.hands.view.training is None
    assert not list(paths.networks_folder().glob("*.npz"))


def test_saving_under_a_name(begin: Callable[..., Classroom]) -> None:
    room = begin()
    room.end()
    room.hands.click("name")
    for letter in " of Ada":
        room.hands.key(pygame.K_a, letter)
    room.hands.key(pygame.K_RETURN, "\r")
    assert room.hands.session.reader.network is not None
    assert room.hands.session.reader.network.name == "cnn-2 of Ada"


@pytest.mark.parametrize("name", ["", "a/b", "cnn", "..", "con"])
def test_a_name_that_cannot_be_is_explained_and_nothing_is_lost(name: str, begin: Callable[..., Classroom]) -> None:
    room = begin()
    dialog = room.end()
    room.hands.click("name")
    room.hands.key(pygame.K_DELETE)
    for letter in name:
        room.hands.key(pygame.K_a, letter)
    room.hands.click("save")
    assert room.hands.view.screen is dialog and dialog.wrong
    assert room.training.result is not None


def test_what_began_from_nothing_gets_a_name_of_its_own(begin: Callable[..., Classroom]) -> None:
    room = begin(start="nothing")
    room.end()
    room.hands.click("keep")
    assert room.hands.session.reader.network is not None and room.hands.session.reader.network.name == "cnn-2"


def test_a_full_disk_keeps_the_question_open(begin: Callable[..., Classroom], monkeypatch: pytest.MonkeyPatch) -> None:
    room = begin()
    dialog = room.end()

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Network, "save", full)
    room.hands.click("keep")
    assert room.hands.view.screen is dialog
    assert "No space left" in room.hands.session.context.notices.items[-1].text
    assert room.hands.view.training is not None


def test_the_result_waits_while_one_draws_and_can_be_put_off(begin: Callable[..., Classroom]) -> None:
    room = begin()
    hands = room.hands
    hands.down(hands.on_paper(60, 60))
    room.process.end(comparison())
    hands.frame()
    assert not hands.view.dialogs
    hands.up(hands.on_paper(60, 60))
    hands.frame()
    assert isinstance(hands.view.screen, ResultDialog)
    hands.key(pygame.K_ESCAPE)
    hands.settle()
    assert not hands.view.dialogs
    hands.click("result")
    assert isinstance(hands.view.screen, ResultDialog)


@pytest.mark.parametrize(
    "failed", [Failed("retrain.failed.killed"), Failed("retrain.failed.memory"), Failed("retrain.failed.fault", "why")]
)
def test_a_failure_is_one_sentence_and_the_old_network_reads(
    failed: Failed, begin: Callable[..., Classroom], reader: FakeReader
) -> None:
    room = begin()
    room.hands.draw((60, 60), (190, 60))
    room.process.train()
    room.process.tell(Snapshot(30, tiny_network()), failed)
    room.hands.settle()
    session = room.hands.session
    assert session.context.notices.items[-1].text == failed.text(session.context.messages)
    assert room.hands.view.training is None
    assert session.reader.current is reader
    assert len(session.ink.page.strokes) == 1


def test_closing_the_window_asks_first(begin: Callable[..., Classroom]) -> None:
    room = begin()
    main_view = room.hands.view
    room.hands.post(pygame.QUIT)
    assert isinstance(main_view.screen, QuitDialog) and not main_view.quitting
    room.hands.click("stay")
    assert not main_view.dialogs and not main_view.quitting
    room.hands.key(pygame.K_q, mod=pygame.KMOD_LCTRL)
    room.hands.click("end")
    assert main_view.quitting
    main_view.close()
    assert room.process.closed


def test_closing_the_window_twice_quits(begin: Callable[..., Classroom]) -> None:
    room = begin()
    room.hands.post(pygame.QUIT)
    room.hands.post(pygame.QUIT)
    assert room.hands.view.quitting


def test_closing_the_window_on_a_result_asks_what_becomes_of_it(begin: Callable[..., Classroom]) -> None:
    room = begin()
    room.end()
    room.hands.post(pygame.QUIT)
    room.hands.click("keep")
    assert room.hands.view.quitting
    assert (paths.networks_folder() / "cnn-mine.npz").is_file()


def test_a_result_that_nobody_could_decide_about_is_kept_beside_the_others(begin: Callable[..., Classroom]) -> None:
    room = begin()
    room.end()
    used = room.hands.session.settings.network
    room.hands.view.close(keeps_result=True)
    assert room.process.closed
    kept = Network.load(paths.networks_folder() / "cnn-2.npz")
    np.testing.assert_array_equal(kept.vector, tiny_network().vector)
    assert room.hands.session.settings.network == used


def test_a_result_that_cannot_be_kept_holds_nothing_up(
    begin: Callable[..., Classroom], monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    room = begin()
    room.end()
    monkeypatch.setattr(Network, "save", full)
    room.hands.view.close(keeps_result=True)
    assert room.process.closed


def test_a_discarded_result_is_not_kept_when_the_window_closes(begin: Callable[..., Classroom]) -> None:
    room = begin()
    room.end()
    room.hands.view.close()
    assert not paths.networks_folder().exists()


def test_no_other_network_and_no_second_training_meanwhile(begin: Callable[..., Classroom]) -> None:
    room = begin()
    session = room.hands.session
    room.hands.key(pygame.K_n, "n")
    dialog = room.hands.view.screen
    assert isinstance(dialog, NetworksDialog)
    reads = session.reader.network
    dialog.choose(dialog.rows[0].value)
    assert session.reader.network is reads and session.context.notices.items
    room.hands.key(pygame.K_ESCAPE)
    session.context.notices.dismiss()
    room.hands.key(pygame.K_r, mod=pygame.KMOD_LCTRL)
    assert not room.hands.view.dialogs
    assert session.context.notices.items
    assert not room.hands.view.start_training(RetrainOptions())
    room.process.train()
    room.hands.frame()
    assert room.training.process is room.process


def test_training_keys_do_nothing_without_a_training(hands: Hands) -> None:
    hands.draw((60, 60), (190, 60))
    for code, text in ((pygame.K_p, "p"), (pygame.K_x, "x"), (pygame.K_PERIOD, ".")):
        hands.key(code, text)
    assert len(hands.session.ink.page.strokes) == 1
    assert hands.view.training is None


def test_widgets_are_asked_to_draw_again_when_the_state_changes(begin: Callable[..., Classroom]) -> None:
    room = begin()
    context = room.hands.session.context
    before = context.changes
    room.training.update()
    assert context.changes == before
    room.process.train()
    room.training.update()
    assert context.changes > before


def test_another_network_to_go_on_from_is_the_one_to_compare_with(
    begin: Callable[..., Classroom], session: Session, make_hands: Callable[..., Hands], tmp_path: Path
) -> None:
    assert begin().training.present.name == "cnn"
    other = write_network(tmp_path / "other.npz")
    hands = make_hands()
    assert hands.view.start_training(RetrainOptions(source=other))
    assert hands.view.training is not None
    assert (hands.view.training.present.name, hands.view.training.present.path) == ("other", other)


def test_a_suggested_name_has_a_number_in_place_of_mine(begin: Callable[..., Classroom]) -> None:
    room = begin()
    present = room.training.present
    room.training.present = LoadedNetwork("cnn-mine", present.path, present.network)
    assert suggested_name(room.training) == "cnn-2"
    write_network(paths.networks_folder() / "cnn-2.npz")
    assert suggested_name(room.training) == "cnn-3"


def test_the_newest_speeds_are_remembered(session: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.retraining.controller.MOST_SPEEDS", 3)
    for kind, speed in (("cnn", 100.0), ("mlp", 200.04), ("cnn", 150.0), ("A", 50.0), ("B", 20.0)):
        note_speed(session, kind, speed)
    assert session.settings.speeds == {"cnn": 150.0, "A": 50.0, "B": 20.0}
