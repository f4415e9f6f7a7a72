""" "My drawings": looking through, mending, importing and exporting, by keyboard, mouse and finger."""

from pathlib import Path

import numpy as np
import pygame
import pytest

from app import paths
from app.dialogs.browser import ImportBrowser
from app.dialogs.gallery import Gallery
from app.store.collection import Collection
from model.file_lock import locked
from model.pictures.drawing import Drawing, Stroke, write_drawings
from tests.app.hands import Hands


def drawing(number: int, digit: int | None = None) -> Drawing:
    points = np.array([[50, 50], [60 + number % 140, 120], [120, 200 - number // 140]], np.float32)
    return Drawing((Stroke(points, None),), word=None if digit is None else str(digit))


def fill(count: int = 30) -> None:
    """Drawings of all digits in turn; every third was read as the next digit."""
    collection = Collection()
    for number in range(count):
        digit = number % 10
        collection.add(drawing(number), digit, reading=(digit + 1) % 10 if number % 3 == 0 else digit)


def labels() -> list[int]:
    return [entry.digit for entry in Collection().entries]


@pytest.fixture
def gallery(hands: Hands) -> Gallery:
    fill()
    hands.key(pygame.K_d, "d")
    assert isinstance(hands.view.screen, Gallery)
    hands.settle()
    return hands.view.screen


def cell(gallery: Gallery, index: int) -> tuple[int, int]:
    return gallery.grid.rect(index, gallery.scroller.place).center


def test_it_invites_while_it_is_empty(hands: Hands) -> None:
    hands.key(pygame.K_d, "d")
    gallery = hands.view.screen
    assert isinstance(gallery, Gallery)
    hands.key(pygame.K_RIGHT)
    hands.key(pygame.K_DELETE)
    hands.key(pygame.K_x, "x")
    hands.down(gallery.grid.area.center)
    hands.up(gallery.grid.area.center)
    assert gallery.chosen is None
    hands.key(pygame.K_ESCAPE)
    assert not hands.view.dialogs


def test_the_newest_comes_first_and_the_menu_opens_it(hands: Hands) -> None:
    fill(3)
    hands.key(pygame.K_m, "m")
    hands.click("collection")
    gallery = hands.view.screen
    assert isinstance(gallery, Gallery)
    assert [entry.digit for entry in gallery.shown] == [2, 1, 0]


def test_filters(hands: Hands, gallery: Gallery) -> None:
    hands.click("filter misread")
    assert len(gallery.shown) == 10 and all(entry.misread for entry in gallery.shown)
    hands.tap("filter 4")
    assert [entry.digit for entry in gallery.shown] == [4, 4, 4]
    while gallery.controls.focused != "filter all":
        hands.key(pygame.K_TAB, "\t", pygame.KMOD_LSHIFT)
    hands.key(pygame.K_RETURN, "\r")
    assert len(gallery.shown) == 30


@pytest.mark.parametrize("way", ["keyboard", "mouse", "finger"])
def test_another_label_and_back(way: str, hands: Hands, gallery: Gallery) -> None:
    if way == "keyboard":
        hands.key(pygame.K_RIGHT)
        hands.key(pygame.K_RIGHT)
        hands.key(pygame.K_3, "3")
        assert labels()[-2] == 3
        hands.key(pygame.K_u, "u")
    elif way == "mouse":
        hands.down(cell(gallery, 1))
        hands.up(cell(gallery, 1))
        hands.click("digit 3")
        assert labels()[-2] == 3
        hands.click("undo")
    else:
        hands.finger(pygame.FINGERDOWN, cell(gallery, 1))
        hands.finger(pygame.FINGERUP, cell(gallery, 1))
        hands.tap("digit 3")
        assert labels()[-2] == 3
        hands.tap("undo")
    assert labels()[-2] == 8


@pytest.mark.parametrize("way", ["key", "click", "tap"])
def test_deleting_and_undo(way: str, hands: Hands, gallery: Gallery) -> None:
    before = labels()
    hands.key(pygame.K_HOME)
    if way == "key":
        hands.key(pygame.K_DELETE)
        hands.key(pygame.K_DELETE)
    else:
        press = hands.click if way == "click" else hands.tap
        press("delete")
        press("delete")
    assert labels() == before[:-2]
    assert gallery.chosen is gallery.shown[0]
    hands.key(pygame.K_z, mod=pygame.KMOD_LCTRL)
    hands.click("undo")
    assert labels() == before


def test_wheel_drag_and_keys_scroll_and_a_drag_chooses_nothing(hands: Hands) -> None:
    fill(200)
    hands.key(pygame.K_d, "d")
    gallery = hands.view.screen
    assert isinstance(gallery, Gallery)
    hands.post(pygame.MOUSEWHEEL, x=0, y=-3, flipped=False)
    hands.settle()
    wheeled = gallery.scroller.place
    assert wheeled > 0
    x, y = gallery.grid.area.center
    hands.finger(pygame.FINGERDOWN, (x, y))
    for step in range(1, 11):
        hands.finger(pygame.FINGERMOTION, (x, y - 10 * step))
    hands.finger(pygame.FINGERUP, (x, y - 100))
    assert gallery.scroller.place >= wheeled + 90
    assert gallery.chosen is None
    hands.settle()
    hands.key(pygame.K_END)
    hands.settle()
    assert gallery.scroller.place == gallery.scroller.farthest
    assert gallery.chosen is gallery.shown[-1]
    hands.key(pygame.K_HOME)
    hands.settle()
    assert gallery.scroller.place == 0


def test_only_what_is_seen_is_rendered(hands: Hands) -> None:
    fill(500)
    hands.key(pygame.K_d, "d")
    gallery = hands.view.screen
    assert isinstance(gallery, Gallery)
    while gallery.moving:
        hands.frame()
    assert 0 < len(gallery.thumbnails._made) < 100
    assert hands.frame() == []


def test_exporting_what_is_shown(hands: Hands, gallery: Gallery) -> None:
    hands.click("filter 4")
    hands.key(pygame.K_x, "x")
    hands.click("pictures")
    (lines,) = paths.drawings_folder().glob("*.ndjson")
    assert len(lines.read_text().splitlines()) == 3
    assert len(list(paths.drawings_folder().glob("*/4-*.png"))) == 3


@pytest.mark.parametrize("way", ["browser", "drop"])
def test_importing(way: str, hands: Hands, gallery: Gallery) -> None:
    folder = paths.drawings_folder()
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / "more.ndjson"
    write_drawings(file, [drawing(1000, 5), drawing(1001, 6), drawing(1002), drawing(0, 0)])
    if way == "drop":
        hands.post(pygame.DROPFILE, file=str(file))
    else:
        hands.key(pygame.K_i, "i")
        assert isinstance(hands.view.screen, ImportBrowser)
        hands.click(str(file))
    assert hands.view.screen is gallery
    assert labels()[30:] == [5, 6]
    assert len(gallery.shown) == 32


def test_what_cannot_be_imported_gives_a_notice(hands: Hands, gallery: Gallery, tmp_path: Path) -> None:
    bad = tmp_path / "bad.ndjson"
    bad.write_text("no drawing\n")
    hands.post(pygame.DROPFILE, file=str(bad))
    assert hands.session.context.notices.items[-1].kind == "warning"
    assert len(labels()) == 30


def test_a_folder_that_cannot_be_written_changes_nothing(
    hands: Hands, gallery: Gallery, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("app.store.collection_file.write_lines", full)
    hands.key(pygame.K_RIGHT)
    hands.key(pygame.K_3, "3")
    hands.key(pygame.K_DELETE)
    assert "No space left" in hands.session.context.notices.items[-1].text
    assert len(gallery.shown) == 30
    assert gallery.shown[0].digit == 9


def test_it_opens_with_what_another_window_has_done(hands: Hands, gallery: Gallery) -> None:
    hands.key(pygame.K_ESCAPE)
    other = Collection()
    other.delete(other.entries[:20])
    other.add(drawing(99), 9)
    hands.key(pygame.K_d, "d")
    assert len(hands.view.screen.shown) == 11  # type: ignore[attr-defined]


def test_it_opens_while_another_window_writes(hands: Hands, gallery: Gallery, monkeypatch: pytest.MonkeyPatch) -> None:
    hands.key(pygame.K_ESCAPE)
    monkeypatch.setattr("model.file_lock.WAIT", 0.0)
    with locked(paths.data_folder()):
        hands.key(pygame.K_d, "d")
    assert len(hands.view.screen.shown) == 30  # type: ignore[attr-defined]
    assert any("another window" in notice.text for notice in hands.view.context.notices.items)
