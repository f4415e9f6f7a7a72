"""Menu, help, networks and files: by mouse, finger and keyboard."""

from pathlib import Path

import numpy as np
import pygame
import pytest

from app import paths
from app.dialogs.browser import Browser
from app.dialogs.help import Help
from app.dialogs.menu import Menu
from app.dialogs.networks import NetworksDialog
from app.store import networks
from model.network.layers import Dense, Flatten
from model.network.network import Network
from tests.app.hands import Hands


@pytest.mark.parametrize(
    ("code", "text", "mod", "dialog"),
    [
        (pygame.K_m, "m", 0, Menu),
        (pygame.K_ESCAPE, "", 0, Menu),
        (pygame.K_h, "h", 0, Help),
        (pygame.K_F1, "", 0, Help),
        (pygame.K_n, "n", 0, NetworksDialog),
        (pygame.K_o, "", pygame.KMOD_LCTRL, Browser),
    ],
)
def test_a_dialog_opens_by_its_key_and_closes_by_escape_cross_or_a_press_beside_it(
    code: int, text: str, mod: int, dialog: type, hands: Hands
) -> None:
    for close in (
        lambda: hands.key(pygame.K_ESCAPE),
        lambda: hands.click("close"),
        lambda: hands.tap("close"),
        lambda: (hands.down((2, 2)), hands.up((2, 2))),
    ):
        hands.key(code, text, mod)
        assert isinstance(hands.view.screen, dialog)
        close()
        assert not hands.view.dialogs


@pytest.mark.parametrize(("code", "text"), [(pygame.K_m, "m"), (pygame.K_h, "h"), (pygame.K_n, "n")])
def test_the_key_that_opens_a_dialog_closes_it_too(code: int, text: str, hands: Hands) -> None:
    hands.key(code, text)
    hands.key(code, text)
    assert not hands.view.dialogs


def test_the_menu_goes_by_arrows_and_enter(hands: Hands) -> None:
    hands.draw((60, 60), (190, 60))
    hands.key(pygame.K_m, "m")
    hands.key(pygame.K_DOWN)
    hands.key(pygame.K_DOWN)
    assert hands.view.screen.controls.focused == "clear"
    hands.key(pygame.K_RETURN, "\r")
    assert hands.session.ink.empty
    assert not hands.session.reader.answered
    assert not hands.view.dialogs


def test_arrows_go_from_column_to_column_in_a_wide_menu(hands: Hands) -> None:
    hands.key(pygame.K_m, "m")
    menu = hands.view.screen
    assert isinstance(menu, Menu) and menu.columns == 2
    hands.key(pygame.K_HOME)
    places = {control.name: control.rect for control in menu.controls.items}
    first = places[str(menu.controls.focused)]
    hands.key(pygame.K_RIGHT)
    second = places[str(menu.controls.focused)]
    assert second.left >= first.right
    hands.key(pygame.K_LEFT)
    assert places[str(menu.controls.focused)] == first
    hands.view.resize((600, 900))
    assert menu.columns == 1


def test_what_cannot_be_done_is_off_in_the_menu(hands: Hands) -> None:
    hands.key(pygame.K_m, "m")
    hands.key(pygame.K_DOWN)
    assert hands.view.screen.controls.focused == "open"
    hands.click("clear")
    assert isinstance(hands.view.screen, Menu)


def test_switches_in_the_menu_leave_it_open_and_show_their_state(hands: Hands) -> None:
    hands.key(pygame.K_m, "m")
    hands.click("theme")
    hands.click("live")
    assert isinstance(hands.view.screen, Menu)
    assert hands.session.settings.theme == "dark"
    assert not hands.session.settings.live
    details = {row.name: row.detail for row in hands.view.screen.rows}
    assert details["theme"] == "dark"
    assert details["live"] == "off"


def test_full_screen_and_quit(hands: Hands) -> None:
    hands.key(pygame.K_F11)
    hands.click("full_screen")
    hands.key(pygame.K_m, "m")
    hands.click("full_screen")
    assert hands.asked == ["full screen"] * 3
    hands.click("quit")
    assert hands.view.quitting


def test_letters_are_no_commands_in_help_and_files(hands: Hands) -> None:
    hands.draw((60, 60), (190, 60))
    for opener in ((pygame.K_F1, "", 0), (pygame.K_o, "", pygame.KMOD_LCTRL)):
        hands.key(*opener)
        hands.key(pygame.K_c, "c")
        assert not hands.session.ink.empty
        hands.key(pygame.K_ESCAPE)


def test_help_names_every_key_and_scrolls_in_a_small_window(make_hands: object, hands: Hands) -> None:
    small = make_hands((800, 600))  # type: ignore[operator]
    small.key(pygame.K_F1)
    shown = {cap for row in small.view.screen.rows for cap in row.caps}
    from app.commands import KEY_CAPS

    digits = set("123456789")  # shown as "0 … 9"
    assert {cap for caps in KEY_CAPS.values() for cap in caps} <= shown | digits
    before = pygame.surfarray.array3d(small.surface)
    small.post(pygame.MOUSEWHEEL, x=0, y=-3, flipped=False)
    scrolled = pygame.surfarray.array3d(small.surface)
    assert not np.array_equal(before, scrolled)
    small.key(pygame.K_DOWN)
    assert not np.array_equal(scrolled, pygame.surfarray.array3d(small.surface))


def tiny_network(path: Path, accuracy: float) -> None:
    network = Network([Flatten(), Dense(10)], rng=np.random.default_rng(0), info={"test_accuracy": accuracy})
    path.parent.mkdir(parents=True, exist_ok=True)
    network.save(path)


def test_choosing_a_network(hands: Hands, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(networks, "WEIGHTS", tmp_path / "weights")
    tiny_network(tmp_path / "weights" / "cnn.npz", 0.5)
    tiny_network(paths.networks_folder() / "mine.npz", 0.25)
    hands.key(pygame.K_n, "n")
    names = [row.label for row in hands.view.screen.rows]  # type: ignore[attr-defined]
    assert names[:2] == ["cnn", "mine"]
    hands.click(str(paths.networks_folder() / "mine.npz"))
    assert hands.session.reader.network is not None and hands.session.reader.network.name == "mine"
    assert hands.session.settings.network == "mine"
    assert [row.label for row in hands.view.screen.rows if row.mark] == ["mine"]  # type: ignore[attr-defined]


def test_the_list_tells_of_each_network(hands: Hands, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(networks, "WEIGHTS", tmp_path / "weights")
    for name in ("dense-16", "cnn", "zebra", "dense-100"):
        tiny_network(tmp_path / "weights" / f"{name}.npz", 0.98761)
    (tmp_path / "weights" / "conv-5.npz").write_bytes(b"no network")
    hands.key(pygame.K_n, "n")
    rows = hands.view.screen.rows[:5]  # type: ignore[attr-defined]
    assert [row.label for row in rows] == ["cnn", "conv-5", "dense-100", "dense-16", "zebra"]
    broken, sound, own = rows[1], rows[2], rows[4]
    assert (broken.detail, broken.under_detail) == ("", "")
    assert broken.under and sound.under and not own.under
    assert (sound.detail, sound.under_detail) == ("98.76%", "7850")


@pytest.fixture
def saved() -> Path:
    folder = paths.drawings_folder()
    (folder / "more").mkdir(parents=True)
    for number in range(30):
        (folder / "more" / f"{number:02}.png").touch()
    (folder / "notes.txt").touch()
    (folder / "seven.ndjson").write_text('{"drawing": [[[10, 200, 120], [10, 10, 250]]]}\n')
    return folder


def test_opening_a_drawing_with_the_mouse(hands: Hands, saved: Path) -> None:
    hands.click("open")
    labels = [row.label for row in hands.view.screen.rows]  # type: ignore[attr-defined]
    assert not any("notes" in label for label in labels)
    hands.click(str(saved / "seven.ndjson"))
    assert not hands.view.dialogs
    assert len(hands.session.ink.page.strokes) == 1
    assert hands.session.reader.answered


def test_opening_with_the_keyboard_and_going_up_and_down_folders(hands: Hands, saved: Path) -> None:
    hands.key(pygame.K_o, mod=pygame.KMOD_LCTRL)
    hands.key(pygame.K_DOWN)
    hands.key(pygame.K_DOWN)
    hands.key(pygame.K_RETURN, "\r")
    browser = hands.view.screen
    assert isinstance(browser, Browser)
    assert browser.folder == saved / "more"
    hands.key(pygame.K_BACKSPACE, "\b")
    assert browser.folder == saved
    hands.key(pygame.K_END)
    hands.key(pygame.K_RETURN, "\r")
    assert hands.session.reader.answered


def test_a_long_list_scrolls_by_drag_and_a_drag_opens_nothing(hands: Hands, saved: Path) -> None:
    hands.click("open")
    hands.tap(str(saved / "more"))
    browser = hands.view.screen
    assert isinstance(browser, Browser)
    body = browser.layout.body
    hands.finger(pygame.FINGERDOWN, body.center)
    hands.finger(pygame.FINGERMOTION, (body.centerx, body.centery - 100))
    hands.finger(pygame.FINGERUP, (body.centerx, body.centery - 100))
    assert hands.view.screen is browser
    assert hands.rect("..").height == 0
    hands.key(pygame.K_HOME)
    hands.settle()
    assert hands.rect("..").height > 0


def test_a_file_that_cannot_be_opened_leaves_list_and_drawing(hands: Hands, saved: Path) -> None:
    hands.draw((60, 60), (190, 60))
    page = hands.session.ink.page
    (saved / "bad.png").write_bytes(b"no picture")
    hands.click("open")
    hands.click(str(saved / "bad.png"))
    assert isinstance(hands.view.screen, Browser)
    assert hands.session.ink.page is page
    assert hands.session.context.notices.items[-1].kind == "warning"
