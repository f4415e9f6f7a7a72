"""The retrain screen: its questions, what is wrong with the answers, and the task that it starts."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pygame
import pytest

from app.retraining.form import RetrainForm
from app.retraining.options import RetrainOptions, layers
from app.session.session import Session
from app.store import networks
from app.store.collection import Collection
from app.store.networks import LoadedNetwork
from model.pictures.drawing import Drawing, Stroke
from tests.app.classroom import FakeProcess, advance, tiny_network, write_network
from tests.app.hands import Hands


@pytest.fixture
def dialog(
    hands: Hands, processes: list[FakeProcess], session: Session, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> RetrainForm:
    monkeypatch.setattr(networks, "WEIGHTS", tmp_path / "weights")
    path = write_network(tmp_path / "weights" / "cnn.npz")
    write_network(tmp_path / "weights" / "mlp.npz")
    session.reader.network = LoadedNetwork("cnn", path, tiny_network())
    points = np.array([[50, 50], [60, 120], [120, 200]], np.float32)
    Collection().add(Drawing((Stroke(points, None),)), 1, reading=7)
    hands.key(pygame.K_r, mod=pygame.KMOD_LCTRL)
    assert isinstance(hands.view.screen, RetrainForm)
    return hands.view.screen


def test_enter_starts_what_is_usual(hands: Hands, dialog: RetrainForm, processes: list[FakeProcess]) -> None:
    hands.key(pygame.K_RETURN, "\r")
    assert not hands.view.dialogs
    task = processes[-1].task
    assert not task.from_nothing and task.present.stem == "cnn"
    assert task.plan.own and task.plan.mnist and len(task.drawings) == 1
    assert hands.view.training is not None


@pytest.mark.parametrize("way", ["click", "tap", "keyboard"])
def test_choosing(way: str, hands: Hands, dialog: RetrainForm, processes: list[FakeProcess]) -> None:
    if way == "keyboard":
        hands.key(pygame.K_DOWN)
        hands.key(pygame.K_RIGHT)
        hands.key(pygame.K_DOWN)
        hands.key(pygame.K_RIGHT)
        hands.key(pygame.K_DOWN)
        hands.key(pygame.K_RIGHT)
        hands.key(pygame.K_DOWN)
        hands.key(pygame.K_RIGHT)
        hands.key(pygame.K_RETURN, "\r")
    else:
        press = hands.click if way == "click" else hands.tap
        for name in ("start=nothing", "built=mlp", "data=mnist", "length=good", "start"):
            press(name)
    task = processes[-1].task
    assert task.from_nothing and task.network == "mlp"
    assert task.plan.own == 0
    assert task.plan.recipe.epochs == 5


def test_another_network_to_go_on_from(hands: Hands, dialog: RetrainForm, processes: list[FakeProcess]) -> None:
    path = dialog.wishes.source
    assert path is not None
    hands.click(f"source={path.with_name('mlp.npz')}")
    hands.click("start")
    assert processes[-1].task.present.stem == "mlp"


def type_in(hands: Hands, text: str) -> None:
    hands.key(pygame.K_DELETE)
    for letter in text:
        hands.key(pygame.K_a, letter)


def test_advanced_values_reach_the_task(hands: Hands, dialog: RetrainForm, processes: list[FakeProcess]) -> None:
    hands.click("advanced=yes")
    hands.settle()
    values = {"epochs": "4", "batch_size": "32", "learning_rate": "0,01", "seed": "9"}
    for name, text in values.items():
        while dialog.controls.focused != name:
            hands.key(pygame.K_TAB, "\t")
        type_in(hands, text)
    while dialog.controls.focused != "optimizer=sgd":
        hands.key(pygame.K_TAB, "\t")
    hands.key(pygame.K_SPACE, " ")
    while dialog.controls.focused != "start":
        hands.key(pygame.K_TAB, "\t")
    hands.key(pygame.K_RETURN, "\r")
    recipe = processes[-1].task.plan.recipe
    assert (recipe.epochs, recipe.batch_size, recipe.learning_rate, recipe.seed) == (4, 32, 0.01, 9)
    assert recipe.optimizer == "sgd"


def test_own_layers(hands: Hands, dialog: RetrainForm, processes: list[FakeProcess]) -> None:
    hands.click("start=nothing")
    hands.click("built=own_layers")
    hands.click("hidden")
    type_in(hands, "64, 32")
    hands.click("activation=tanh")
    hands.click("start")
    task = processes[-1].task
    assert task.hidden_size == (64, 32) and task.activation == "tanh"
    assert task.first_network().output_shape == (10,)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("epochs", "0"), ("epochs", "many"), ("epochs", "2.5"), ("batch_size", "99999"), ("learning_rate", "-1"),
        ("learning_rate", "nan"), ("learning_rate", "inf"), ("seed", "-3"),
    ],
)  # fmt: skip
def test_a_wrong_value_is_explained_where_it_stands_and_starts_nothing(
    name: str, text: str, hands: Hands, dialog: RetrainForm, processes: list[FakeProcess]
) -> None:
    hands.click("advanced=yes")
    hands.settle()
    while dialog.controls.focused != name:
        hands.key(pygame.K_TAB, "\t")
    type_in(hands, text)
    count = len(processes)
    hands.key(pygame.K_RETURN, "\r")
    (row,) = [row for row in dialog.rows if row.wrong]
    assert row.name == name
    assert hands.view.screen is dialog and hands.view.training is None
    assert len(processes) == count


def test_buttons_beside_a_number_change_it(hands: Hands, dialog: RetrainForm) -> None:
    hands.click("advanced=yes")
    hands.settle()
    hands.tap("epochs>")
    hands.tap("epochs>")
    hands.tap("epochs<")
    assert dialog.wishes.epochs == "4"
    hands.tap("batch_size>")
    assert dialog.wishes.batch_size == "128"


def test_only_my_drawings_needs_some(
    hands: Hands, processes: list[FakeProcess], session: Session, tmp_path: Path
) -> None:
    session.reader.network = LoadedNetwork("cnn", write_network(tmp_path / "cnn.npz"), tiny_network())
    hands.key(pygame.K_r, mod=pygame.KMOD_LCTRL)
    dialog = hands.view.screen
    assert isinstance(dialog, RetrainForm)
    assert dialog.wishes.data == "mnist"
    hands.click("data=own")
    hands.click("start")
    assert hands.view.training is None
    assert [row.name for row in dialog.rows if row.wrong] == ["data"]


def test_the_times_are_measured_here(hands: Hands, dialog: RetrainForm, processes: list[FakeProcess]) -> None:
    (row,) = [row for row in dialog.rows if row.name == "length"]
    assert all("measuring" in option.detail for option in row.options)
    watch = processes[0]
    for step in range(1, 40):
        watch.tell(advance(step, 1000))
    hands.frame()
    hands.frame()
    (row,) = [row for row in dialog.rows if row.name == "length"]
    assert all("about" in option.detail for option in row.options)
    assert hands.session.settings.speeds["cnn"] == pytest.approx(640, rel=0.01)
    while not watch.closed:
        hands.frame()


def test_closing_the_sheet_ends_the_measuring(hands: Hands, dialog: RetrainForm, processes: list[FakeProcess]) -> None:
    hands.key(pygame.K_r, mod=pygame.KMOD_LCTRL)
    assert not hands.view.dialogs
    while not processes[0].closed:
        hands.frame()


@pytest.mark.parametrize("size", [(800, 600), (1920, 1080), (800, 1180)])
def test_all_questions_can_be_reached(
    size: tuple[int, int], session: Session, processes: list[FakeProcess], make_hands: Callable[..., Hands]
) -> None:
    hands = make_hands(size)
    hands.key(pygame.K_r, mod=pygame.KMOD_LCTRL)
    dialog = hands.view.screen
    assert isinstance(dialog, RetrainForm)
    hands.click("start=nothing")
    hands.click("built=own_layers")
    hands.key(pygame.K_END)
    dialog.answer("advanced", "yes")
    dialog.refresh()
    for index in range(len(dialog.rows)):
        hands.key(pygame.K_DOWN)
        while dialog.scroller.moving:
            hands.frame()
        if index < len(dialog.rows):
            assert hands.rect(str(dialog.controls.focused)).height > 0


@pytest.mark.parametrize("text", ["", "0", "a", "64,,x", "5000", "1 2 3 4 5 6 7 8 9", "-5 -", "1e3"])
def test_layers_that_cannot_be(text: str) -> None:
    assert layers(text) is None or all(size > 0 for size in layers(text) or ())
    if text != "-5 -":
        assert layers(text) is None


def test_every_choice_makes_a_task(tmp_path: Path) -> None:
    loaded = LoadedNetwork("cnn", write_network(tmp_path / "cnn.npz"), tiny_network())
    for start in ("present", "nothing"):
        for data in ("mnist", "own", "both"):
            for length in ("quick", "good", "thorough"):
                wishes = RetrainOptions(start=start, data=data, length=length, source=loaded.path)
                assert wishes.problems(5) == {}
                task = wishes.task(loaded, None)
                assert (task.plan.mnist == 0) == (data == "own")
                assert (task.plan.own == 0) == (data == "mnist")
