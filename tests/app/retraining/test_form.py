"""The retrain screen: its questions, what is wrong with the answers, and the task that it starts."""

from collections.abc import Callable
from pathlib import Path
from statistics import mode

import numpy as np
import pygame
import pytest

from app.messages import Messages
from app.retraining.form import RetrainForm
from app.retraining.options import RetrainOptions, layers
from app.session.session import Session
from app.store import networks
from app.store.collection import Collection
from app.store.networks import LoadedNetwork
from model.data.pen_strokes import count_digits
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
    path = dialog.wanted.source
    assert path is not None
    hands.click(f"source={path.with_name('mlp.npz')}")
    hands.click("start")
    assert processes[-1].task.present.stem == "mlp"


def type_in(hands: Hands, text: str) -> None:
    hands.key(pygame.K_DELETE)
    for letter in text:
        hands.key(pygame.K_a, letter)


def test_the_focus_stays_where_show_became_hide(hands: Hands, dialog: RetrainForm) -> None:
    for _ in range(5):
        hands.key(pygame.K_DOWN)
    assert dialog.controls.focused == "advanced=yes"
    hands.key(pygame.K_RETURN, "\r")
    assert dialog.controls.focused == "advanced=no" and dialog.controls.shows_focus
    hands.key(pygame.K_DOWN)
    assert dialog.controls.focused == "epochs"


def test_advanced_values_reach_the_task(hands: Hands, dialog: RetrainForm, processes: list[FakeProcess]) -> None:
    hands.click("advanced=yes")
    settle(hands)
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


RIGHT = {
    "epochs": ("", "1", " 7 ", "1000"),
    "batch_size": ("", "1", "4096"),
    "learning_rate": ("", "0.000001", "10", "0,01", "1e-3"),
    "seed": ("", "0", "2147483647"),
    "hidden": ("1", "4096", "64 32", "64,32", "64-32", "1 2 3 4 5 6 7 8"),
}
WRONG = {
    "epochs": ("0", "1001", "many", "2.5", "-1"),
    "batch_size": ("0", "4097", "99999", "1e2"),
    "learning_rate": ("0", "0.0000009", "10.01", "-1", "nan", "inf", "1,2,3"),
    "seed": ("-3", "2147483648", "x"),
    "hidden": ("", "0", "a", "64,,x", "4097", "1 2 3 4 5 6 7 8 9", "1e3", "-"),
}


def options(name: str, text: str) -> RetrainOptions:
    built = {"start": "nothing", "built": "own_layers"} if name == "hidden" else {}
    return RetrainOptions(source=Path("cnn.npz"), **built, **{name: text})


@pytest.mark.parametrize(("name", "text"), [(name, text) for name, texts in RIGHT.items() for text in texts])
def test_what_can_be_is_no_problem_and_reaches_the_plan(name: str, text: str) -> None:
    assert options(name, text).problems(5, 9) == {}
    recipe = options(name, text).plan().recipe
    if text and name != "hidden":
        assert getattr(recipe, name) == pytest.approx(float(text.replace(",", ".")))


@pytest.mark.parametrize(("name", "text"), [(name, text) for name, texts in WRONG.items() for text in texts])
def test_what_cannot_be_is_a_problem_of_that_field_alone(name: str, text: str) -> None:
    problems = options(name, text).problems(5, 9)
    assert list(problems) == [name]
    assert Messages("en")(problems[name]).endswith(".")


def test_own_layers_are_a_problem_only_where_they_are_wanted() -> None:
    assert RetrainOptions(start="nothing", built="mlp", hidden="?").problems(5, 9) == {}
    assert RetrainOptions(start="present", source=Path("cnn.npz"), built="own_layers", hidden="?").problems(5, 9) == {}


def test_to_go_on_there_must_be_a_network_and_to_learn_from_drawings_some() -> None:
    assert list(RetrainOptions(start="present", source=None).problems(5, 9)) == ["start"]
    assert RetrainOptions(start="nothing", source=None).problems(5, 9) == {}
    for data, problems in (("own", ["data"]), ("mnist", []), ("pen", []), ("all", [])):
        assert list(RetrainOptions(start="nothing", data=data).problems(0, 9)) == problems
        assert list(RetrainOptions(start="nothing", data=data).problems(1, 9)) == []


def test_without_their_file_pen_strokes_alone_or_among_all_cannot_be_learnt_from() -> None:
    for data, problems in (("own", {}), ("mnist", {}), ("pen", {"data"}), ("all", {"data"})):
        assert set(RetrainOptions(start="nothing", data=data).problems(1, 0)) == set(problems)


@pytest.mark.parametrize(("name", "text"), [("epochs", "many"), ("seed", "-3")])
def test_a_wrong_value_is_explained_where_it_stands_and_starts_nothing(
    name: str, text: str, hands: Hands, dialog: RetrainForm, processes: list[FakeProcess]
) -> None:
    dialog.answer("advanced", "yes")
    dialog.answer(name, text)
    dialog.refresh()
    settle(hands)
    count = len(processes)
    hands.key(pygame.K_RETURN, "\r")
    (row,) = [row for row in dialog.rows if row.wrong]
    assert row.name == name
    settle(hands)
    assert hands.rect(name).height > 20  # it is seen
    assert hands.view.screen is dialog and hands.view.training is None
    assert len(processes) == count


def test_buttons_beside_a_number_change_it(hands: Hands, dialog: RetrainForm) -> None:
    hands.click("advanced=yes")
    settle(hands)
    hands.tap("epochs>")
    hands.tap("epochs>")
    hands.tap("epochs<")
    assert dialog.wanted.epochs == "4"
    hands.tap("batch_size>")
    assert dialog.wanted.batch_size == "128"


def test_only_my_drawings_needs_some(
    hands: Hands, processes: list[FakeProcess], session: Session, tmp_path: Path
) -> None:
    session.reader.network = LoadedNetwork("cnn", write_network(tmp_path / "cnn.npz"), tiny_network())
    hands.key(pygame.K_r, mod=pygame.KMOD_LCTRL)
    dialog = hands.view.screen
    assert isinstance(dialog, RetrainForm)
    assert dialog.wanted.data == "all"
    hands.click("data=own")
    hands.click("start")
    assert hands.view.training is None
    assert [row.name for row in dialog.rows if row.wrong] == ["data"]


@pytest.mark.parametrize("way", ["click", "tap", "keyboard"])
@pytest.mark.parametrize("length", ["quick", "thorough"])
def test_only_pen_strokes(
    way: str, length: str, hands: Hands, dialog: RetrainForm, processes: list[FakeProcess]
) -> None:
    (row,) = [row for row in dialog.rows if row.name == "data"]
    assert [option.value for option in row.options] == ["all", "mnist", "pen", "own"]
    assert f"({dialog.context.messages.number(count_digits())})" in row.options[2].label
    if way == "keyboard":
        for key in (pygame.K_DOWN, pygame.K_DOWN, pygame.K_DOWN, pygame.K_RIGHT, pygame.K_RIGHT, pygame.K_DOWN):
            hands.key(key)
        for _ in range(("quick", "good", "thorough").index(length)):
            hands.key(pygame.K_RIGHT)
        hands.key(pygame.K_RETURN, "\r")
    else:
        press = hands.click if way == "click" else hands.tap
        for name in ("data=pen", f"length={length}", "start"):
            press(name)
    chosen = processes[-1].task.plan
    assert chosen.mnist == chosen.own == 0 and chosen.mixture.pen_digits >= 5_000
    assert chosen.recipe.epochs == {"quick": 3, "thorough": 6}[length]


def test_missing_pen_strokes_are_told_and_the_rest_can_be_learnt_from(
    session: Session,
    processes: list[FakeProcess],
    make_hands: Callable[..., Hands],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("app.retraining.form.count_digits", lambda: count_digits(tmp_path / "none.npz"))
    session.reader.network = LoadedNetwork("cnn", write_network(tmp_path / "cnn.npz"), tiny_network())
    hands = make_hands((800, 600))
    hands.key(pygame.K_r, mod=pygame.KMOD_LCTRL)
    for press in ("start", "data=pen", "start"):
        (wrong,) = [row.wrong for row in form(hands).rows if row.wrong]
        assert wrong == hands.session.context.messages("wrong.no_pen_strokes")
        hands.click(press)
    assert hands.view.training is None
    hands.click("data=mnist")
    hands.click("start")
    assert processes[-1].task.plan.mixture.pen_digits == 0


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


@pytest.fixture
def long_form(make_hands: Callable[..., Hands], processes: list[FakeProcess]) -> Hands:
    """All questions in a small window, scrolled down by what opening the last ones scrolls."""
    hands = make_hands((800, 600))
    hands.key(pygame.K_r, mod=pygame.KMOD_LCTRL)
    hands.click("start=nothing")
    form(hands).answer("advanced", "yes")
    form(hands).refresh()
    settle(hands)
    return hands


def form(hands: Hands) -> RetrainForm:
    assert isinstance(hands.view.screen, RetrainForm)
    return hands.view.screen


def settle(hands: Hands) -> None:
    """Let the scrolling end, though a stopwatch may go on."""
    hands.frame()
    while form(hands).scroller.moving:
        hands.frame()


def seen(hands: Hands) -> dict[str, int]:
    """The height at which each control of the page stands that is seen whole."""
    items = {str(item.name): item.rect for item in hands.view.screen.controls.items}
    return {name: rect.top for name, rect in items.items() if rect.height > 20 and name not in ("close", "start")}


def shift(before: dict[str, int], after: dict[str, int]) -> int:
    """By how much what is seen both times has moved down; what is cut at an edge moves by less."""
    return mode(after[name] - before[name] for name in before.keys() & after.keys())


@pytest.mark.parametrize("steps", [1, -1])
def test_the_wheel_turns_the_page_the_way_it_is_turned(steps: int, long_form: Hands) -> None:
    hands = long_form
    hands.key(pygame.K_PAGEUP)
    settle(hands)
    hands.post(pygame.MOUSEWHEEL, x=0, y=-2, precise_x=0.0, precise_y=-2.0, flipped=False)
    settle(hands)
    before = seen(hands)
    hands.post(pygame.MOUSEWHEEL, x=0, y=steps, precise_x=0.0, precise_y=float(steps), flipped=False)
    settle(hands)
    assert 40 < shift(before, seen(hands)) * steps < 120


def test_a_finger_drags_the_page_along_and_presses_nothing(long_form: Hands) -> None:
    hands = long_form
    hands.key(pygame.K_PAGEUP)
    settle(hands)
    chosen = {row.name: row.value for row in form(hands).rows}
    place = hands.rect("data=own").center
    before = seen(hands)
    hands.finger(pygame.FINGERDOWN, place)
    for y in range(10, 61, 10):
        hands.finger(pygame.FINGERMOTION, (place[0], place[1] - y))
    assert shift(before, seen(hands)) == pytest.approx(-60, abs=2)
    hands.finger(pygame.FINGERUP, (place[0], place[1] - 60))
    assert {row.name: row.value for row in form(hands).rows} == chosen


@pytest.mark.parametrize("text", ["", "0", "a", "64,,x", "5000", "1 2 3 4 5 6 7 8 9", "-5 -", "1e3"])
def test_layers_that_cannot_be(text: str) -> None:
    assert layers(text) is None or all(size > 0 for size in layers(text) or ())
    if text != "-5 -":
        assert layers(text) is None


def test_every_choice_makes_a_task(tmp_path: Path) -> None:
    loaded = LoadedNetwork("cnn", write_network(tmp_path / "cnn.npz"), tiny_network())
    for start in ("present", "nothing"):
        for data in ("mnist", "pen", "own", "all"):
            for length in ("quick", "good", "thorough"):
                wanted = RetrainOptions(start=start, data=data, length=length, source=loaded.path)
                assert wanted.problems(5, 9) == {}
                task = wanted.task(loaded, None)
                assert (task.plan.mnist != 0) == (data in ("mnist", "all"))
                assert (task.plan.own != 0) == (data in ("own", "all"))
                assert (task.plan.mixture.pen_digits != 0) == (data in ("pen", "all"))
                assert task.plan.mixture.pen_non_digits == 0 or data in ("pen", "all")
