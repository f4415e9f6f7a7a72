"""Look inside, driven by keys, mouse and finger: the way, why, all networks, and the pen beside them."""

import time
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pygame
import pytest

from app import networks
from app.inside_networks import NetworksView
from app.inside_screen import InsideScreen
from app.inside_way import WayView
from app.inside_why import WhyView
from app.insight import NETWORKS, WAY, WHY
from app.messages import Messages
from app.notices import Notices
from app.session import Session
from app.settings import Settings
from app.stage import Stage
from app.theme import LIGHT
from model import keras_npz
from model.architectures import build_dense
from model.convolution import Conv2D
from model.handwriting import images
from model.images import Images
from model.layers import BatchNorm, Dense, Flatten
from model.network import Network
from model.pooling import MaxPool2D
from model.reader import Reader
from tests.app.hands import Hands
from tests.app.test_pictures import compare, small

SIZE, UPRIGHT = (1180, 720), (800, 1500)


@pytest.fixture
def weights(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A small network of convolutions and one of dense layers."""
    folder = tmp_path / "weights"
    folder.mkdir()
    monkeypatch.setattr(networks, "WEIGHTS", folder)
    norm = BatchNorm(activation="relu")
    layers = [Conv2D(4, 5, bias=False), MaxPool2D(), norm, Conv2D(6, stride=2), Flatten(), Dense(20), Dense(10)]
    Network(layers, rng=np.random.default_rng(1), info={"test_accuracy": 0.5}).save(folder / "cnn.npz")
    build_dense([30, 8], "tanh", np.random.default_rng(2)).save(folder / "mlp.npz")
    return folder


@pytest.fixture(autouse=True)
def few_examples(monkeypatch: pytest.MonkeyPatch) -> None:
    """In the place of MNIST, which takes a moment to read."""
    written = Images(*images(40, np.random.default_rng(3)))
    monkeypatch.setattr(keras_npz, "first_images", lambda *_: written)


@pytest.fixture
def make_inside(weights: Path) -> Iterator[Callable[..., Hands]]:
    """Hands on the drawing screen with a 7 drawn and a real network."""
    stages = []

    def make(size: tuple[int, int] = SIZE, network: str = "cnn") -> Hands:
        session = Session(Settings(), Messages("en"), Notices())
        session.forget_settings()
        session.use_network(network)
        hands = Hands(Stage(session, size, lambda: None), [])
        stages.append(hands.stage)
        hands.draw((70, 70), (190, 66), (110, 215))
        hands.key(pygame.K_i, "i")
        found(hands)
        return hands

    yield make
    for stage in stages:
        stage.close()


@pytest.fixture
def hands(make_inside: Callable[..., Hands]) -> Hands:
    return make_inside()


def found(hands: Hands) -> None:
    """Let all be found out."""
    end = time.monotonic() + 20
    while hands.stage.screen.moving:
        assert time.monotonic() < end
        hands.frame()
        time.sleep(0.001)
    hands.frame()


def screen(hands: Hands) -> InsideScreen:
    assert isinstance(hands.stage.screen, InsideScreen)
    return hands.stage.screen


def way(hands: Hands) -> WayView:
    view = screen(hands).view
    assert isinstance(view, WayView)
    return view


def why(hands: Hands) -> WhyView:
    view = screen(hands).view
    assert isinstance(view, WhyView)
    return view


def on_paper(hands: Hands, x: float, y: float) -> tuple[float, float]:
    paper = screen(hands).layout.paper
    return paper.left + x * paper.width / 256, paper.top + y * paper.width / 256


def pixels(hands: Hands, rect: pygame.Rect) -> np.ndarray:
    return pygame.surfarray.array3d(hands.surface.subsurface(rect.clip(hands.surface.get_rect()))).astype(int)


# -- coming and going -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "leave",
    [
        lambda hands: hands.key(pygame.K_i, "i"),
        lambda hands: hands.key(pygame.K_ESCAPE),
        lambda hands: hands.click("close"),
        lambda hands: hands.tap("close"),
    ],
)
def test_it_is_left_by_key_cross_and_finger_and_the_drawing_reads_on(
    leave: Callable[[Hands], None], hands: Hands
) -> None:
    assert hands.session.rests
    leave(hands)
    assert not hands.stage.sheets and not hands.session.rests
    hands.settle()
    assert hands.session.shown_reading is not None


def test_the_menu_opens_it(hands: Hands) -> None:
    hands.key(pygame.K_ESCAPE)
    hands.key(pygame.K_m, "m")
    hands.click("inside")
    assert isinstance(hands.stage.screen, InsideScreen)


@pytest.mark.parametrize("way_there", ["keys", "click", "tap", "tab"])
def test_the_three_views_by_keys_mouse_and_finger(way_there: str, hands: Hands) -> None:
    for name in (WHY, NETWORKS, WAY):
        if way_there == "keys":
            hands.key(pygame.K_PAGEDOWN)
        elif way_there == "tab":
            while screen(hands).controls.focused != name or not screen(hands).controls.shows_focus:
                hands.key(pygame.K_TAB)
            hands.key(pygame.K_RETURN, "\r")
        else:
            getattr(hands, way_there)(name)
        assert screen(hands).shown == name
    hands.key(pygame.K_PAGEUP)
    assert screen(hands).shown == NETWORKS


def test_n_shows_the_networks_and_letters_read_nothing(hands: Hands) -> None:
    hands.key(pygame.K_s, "s")
    assert not hands.session.answered
    hands.key(pygame.K_n, "n")
    assert screen(hands).shown == NETWORKS


# -- the paper ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("size", [SIZE, UPRIGHT])
def test_what_is_drawn_beside_it_goes_through_the_network(
    make_inside: Callable[..., Hands], size: tuple[int, int]
) -> None:
    hands = make_inside(size)
    before = screen(hands).insight.finding
    assert before is not None and before.sight is not None
    hands.down(on_paper(hands, 60, 150))
    hands.move(on_paper(hands, 200, 150))
    assert screen(hands).moving
    hands.up(on_paper(hands, 200, 150))
    found(hands)
    after = screen(hands).insight.finding
    assert after is not None and after.sight is not None
    assert after.revision == hands.session.ink.revision
    assert not np.array_equal(before.sight.image, after.sight.image)
    assert len(hands.session.ink.page.strokes) == 2


def test_finger_and_keyboard_draw_too_and_undo_and_clear_work(hands: Hands) -> None:
    ink = hands.session.ink
    hands.finger(pygame.FINGERDOWN, on_paper(hands, 40, 40))
    hands.finger(pygame.FINGERMOTION, on_paper(hands, 90, 60))
    hands.finger(pygame.FINGERUP, on_paper(hands, 90, 60))
    assert len(ink.page.strokes) == 2
    hands.key(pygame.K_SPACE, " ")
    hands.key(pygame.K_RIGHT)
    hands.key(pygame.K_SPACE, " ")
    assert len(ink.page.strokes) == 3
    for number in (2, 1):
        hands.key(pygame.K_u, "u") if number == 2 else hands.click("undo")
        assert len(ink.page.strokes) == number
    hands.tap("clear")
    assert ink.empty
    found(hands)
    hands.key(pygame.K_u, "u")
    hands.key(pygame.K_c, "c")
    assert ink.empty


# -- the way ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("network", ["cnn", "mlp"])
@pytest.mark.parametrize("size", [SIZE, UPRIGHT])
def test_every_step_has_its_place_and_none_lie_on_each_other(
    make_inside: Callable[..., Hands], network: str, size: tuple[int, int]
) -> None:
    hands = make_inside(size, network)
    view = way(hands)
    main = screen(hands).layout.main
    assert len(view.columns) == {"cnn": 6, "mlp": 4}[network]
    rects = [column.rect for column in view.columns]
    for number, rect in enumerate(rects):
        assert main.contains(rect)
        assert rect.collidelist(rects[:number]) == -1
        assert all(rect.contains(view.columns[number].tile(unit)) for unit in range(view.columns[number].tiles.count))
    along = 1 if size == UPRIGHT else 0
    assert [rect.center[along] for rect in rects] == sorted(rect.center[along] for rect in rects)


@pytest.mark.parametrize("point", ["mouse", "finger"])
def test_pointing_tells_what_it_is_and_shows_where_it_looks(point: str, hands: Hands) -> None:
    view = way(hands)
    paper = screen(hands).layout.paper
    plain = pixels(hands, paper)
    place = view.columns[3].tile(4).center
    if point == "mouse":
        hands.move(place, pressed=False)
    else:
        hands.finger(pygame.FINGERDOWN, place)
        hands.finger(pygame.FINGERUP, place)
    assert view.chosen is not None and (view.chosen.step, view.chosen.unit) == (3, 4)
    assert np.any(pixels(hands, paper) != plain)
    detail = pixels(hands, screen(hands).layout.detail)
    hands.move(view.columns[3].tile(5).center, pressed=False)
    assert np.any(pixels(hands, screen(hands).layout.detail) != detail)


@pytest.mark.parametrize("size", [SIZE, UPRIGHT])
def test_arrows_lead_from_the_answer_to_the_picture_and_back(
    make_inside: Callable[..., Hands], size: tuple[int, int]
) -> None:
    hands = make_inside(size)
    view = way(hands)
    back, on = (pygame.K_UP, pygame.K_DOWN) if size == UPRIGHT else (pygame.K_LEFT, pygame.K_RIGHT)
    hands.key(pygame.K_4, "4")
    assert view.chosen is not None and (view.chosen.step, view.chosen.unit) == (5, 4)
    seen = set()
    for _ in range(60):
        seen.add(view.chosen.step)
        hands.key(back)
    assert view.chosen.step == 0 and seen >= set(range(1, 6))
    for _ in range(60):
        hands.key(on)
    assert view.chosen.step == 5


def test_the_first_arrow_points_at_what_is_read(hands: Hands) -> None:
    hands.key(pygame.K_LEFT)
    finding = screen(hands).insight.finding
    assert finding is not None and finding.reading is not None
    assert way(hands).chosen == (5, finding.reading.digit, 0, 0)


def test_another_network_lays_the_way_out_anew(hands: Hands) -> None:
    hands.key(pygame.K_9, "9")
    hands.session.use_network("mlp")
    found(hands)
    assert len(way(hands).columns) == 4
    assert way(hands).chosen is None


def test_without_a_network_it_says_so(hands: Hands) -> None:
    hands.session.reader = None
    found(hands)
    assert way(hands).columns == []
    hands.key(pygame.K_LEFT)
    hands.move(screen(hands).layout.main.center, pressed=False)
    assert way(hands).chosen is None


# -- why ----------------------------------------------------------------------------------------------------------


def test_why_tints_the_ink_and_only_the_ink(hands: Hands) -> None:
    hands.key(pygame.K_PAGEDOWN)
    paper = screen(hands).layout.paper
    hands.frame()
    found(hands)
    finding = screen(hands).insight.finding
    assert finding is not None and finding.shares is not None and finding.reading is not None
    assert why(hands).asked == finding.reading.digit
    tinted = pixels(hands, paper)
    hands.session.ink.end()
    ink = screen(hands).easel.ink_mask.T
    assert np.all(tinted[ink == 0] == LIGHT.card, axis=-1).mean() > 0.97  # the signs' rings alone reach over the edge
    coloured = np.ptp(tinted[ink == 255], axis=-1) > 60
    assert coloured.mean() > 0.05


@pytest.mark.parametrize("choose", ["key", "click", "tap", "arrow"])
def test_another_digit_asks_what_would_make_it_one(choose: str, hands: Hands) -> None:
    hands.key(pygame.K_PAGEDOWN)
    found(hands)
    read = why(hands).asked
    assert read is not None
    other = (read + 1) % 10
    if choose == "key":
        hands.key(pygame.K_0 + other, str(other))
    elif choose == "arrow":
        hands.key(pygame.K_DOWN)
    else:
        getattr(hands, choose)(f"ask {other}")
    assert why(hands).question.digit == other
    found(hands)
    finding = screen(hands).insight.finding
    assert finding is not None and finding.question.digit == other and finding.shares is None
    if finding.change is not None:
        assert hands.session.reader is not None
        assert hands.session.reader.network.predict(finding.change.image[None]) == other
    hands.key(pygame.K_0 + other, str(other))  # once more: back to what is read
    assert why(hands).asked == read


def test_an_empty_paper_asks_for_a_digit(hands: Hands) -> None:
    hands.key(pygame.K_c, "c")
    hands.key(pygame.K_PAGEDOWN)
    found(hands)
    assert why(hands).asked is None
    hands.key(pygame.K_5, "5")
    found(hands)
    assert why(hands).asked == 5


# -- all networks ---------------------------------------------------------------------------------------------------


def rows_of(hands: Hands) -> NetworksView:
    view = screen(hands).view
    assert isinstance(view, NetworksView)
    return view


def test_all_networks_read_the_drawing(hands: Hands, weights: Path) -> None:
    (weights / "broken.npz").write_bytes(b"no network")
    hands.key(pygame.K_n, "n")
    found(hands)
    rows = rows_of(hands).rows
    assert [row.loaded.name for row in rows] == ["cnn", "mlp"]
    for row in rows:
        assert row.reading is not None and row.milliseconds is not None and row.milliseconds > 0
        assert row.kilobytes == -(-row.loaded.path.stat().st_size // 1000)
        image = row.reading.image
        assert image is not None
        assert Reader(row.loaded.network).read_images(image[None])[0].digit == row.reading.digit


@pytest.mark.parametrize("choose", ["click", "tap", "keys"])
def test_a_network_can_be_chosen(choose: str, hands: Hands, weights: Path) -> None:
    hands.key(pygame.K_n, "n")
    found(hands)
    name = f"network {weights / 'mlp.npz'}"
    if choose == "keys":
        hands.key(pygame.K_DOWN)
        hands.key(pygame.K_DOWN)
        hands.key(pygame.K_RETURN, "\r")
    else:
        getattr(hands, choose)(name)
    assert hands.session.loaded is not None and hands.session.loaded.name == "mlp"
    assert isinstance(hands.stage.screen, InsideScreen)


def test_many_networks_scroll_by_wheel_finger_and_keys(make_inside: Callable[..., Hands], weights: Path) -> None:
    for number in range(6):
        build_dense([3], "relu", np.random.default_rng(number)).save(weights / f"own-{number}.npz")
    hands = make_inside((800, 600))
    hands.key(pygame.K_n, "n")
    found(hands)
    scroller = rows_of(hands).scroller
    hands.stage.screen.handle(pointer_wheel(-2))
    found(hands)
    assert scroller.place > 0
    for _ in range(9):
        hands.key(pygame.K_DOWN)
    found(hands)
    assert scroller.place == pytest.approx(scroller.farthest)
    middle = screen(hands).layout.main.center
    used = hands.session.loaded
    hands.finger(pygame.FINGERDOWN, middle)
    for step in range(1, 9):
        hands.finger(pygame.FINGERMOTION, (middle[0], middle[1] + 20 * step))
    hands.finger(pygame.FINGERUP, (middle[0], middle[1] + 160))
    assert scroller.place < scroller.farthest
    assert hands.session.loaded is used  # dragging presses nothing


def pointer_wheel(steps: float) -> object:
    from app.pointer import Pointer

    return Pointer("wheel", steps=steps)


# -- frames -----------------------------------------------------------------------------------------------------------


def test_nothing_is_drawn_when_nothing_changed(hands: Hands) -> None:
    for _ in range(3):
        hands.key(pygame.K_PAGEDOWN)
        found(hands)
        assert hands.frame() == [] and not hands.stage.moving


def test_a_moving_pen_damages_little_until_something_is_found(hands: Hands) -> None:
    hands.down(on_paper(hands, 40, 200))
    found_before = screen(hands).insight.finding
    screen(hands).insight.follow = lambda _: False  # type: ignore[method-assign]
    hands.frame()
    hands.stage.take(
        pygame.event.Event(pygame.MOUSEMOTION, pos=on_paper(hands, 44, 200), rel=(4, 0), buttons=(1, 0, 0), touch=False)
    )
    damage = hands.frame()
    assert screen(hands).insight.finding is found_before
    assert 0 < sum(rect.width * rect.height for rect in damage) < 60 * 60


# -- how it looks -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "size", "theme"),
    [(WAY, SIZE, "light"), (WAY, UPRIGHT, "dark"), (WHY, SIZE, "dark"), (NETWORKS, SIZE, "light")],
)
def test_pictures(name: str, size: tuple[int, int], theme: str, make_inside: Callable[..., Hands]) -> None:
    hands = make_inside(size)
    if theme == "dark":
        hands.key(pygame.K_t, "t")
    while screen(hands).shown != name:
        hands.key(pygame.K_PAGEDOWN)
    found(hands)
    if name == WAY:
        hands.move(way(hands).columns[1].tile(2).center, pressed=False)
    elif name == NETWORKS:  # the times differ from run to run
        hands.surface.fill((0, 0, 0), screen(hands).layout.main)
    compare(f"inside-{name}-{theme}", small(hands.surface))
