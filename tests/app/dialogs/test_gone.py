"""Rows of what went away while the list was open: choosing one ends nothing, and a notice says what is the matter."""

import shutil
from pathlib import Path

import pygame
import pytest

from app import paths
from app.dialogs.browser import Browser
from app.dialogs.gallery import Gallery
from app.dialogs.networks import NetworksDialog
from app.store import networks
from app.store.collection import Collection
from tests.app.classroom import write_network
from tests.app.dialogs.test_gallery import fill
from tests.app.hands import Hands


@pytest.fixture
def own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A network of one's own beside one that ships."""
    monkeypatch.setattr(networks, "WEIGHTS", tmp_path / "weights")
    write_network(tmp_path / "weights" / "cnn.npz")
    return write_network(paths.networks_folder() / "mine.npz")


def last_notice(hands: Hands) -> str:
    return hands.session.context.notices.items[-1].text


def test_a_network_that_is_gone_leaves_the_one_that_reads(hands: Hands, own: Path) -> None:
    hands.key(pygame.K_n, "n")
    used = hands.session.reader.network
    own.unlink()
    hands.click(str(own))
    assert isinstance(hands.view.screen, NetworksDialog)
    assert hands.session.reader.network is used
    assert last_notice(hands) == "mine.npz is not there any more."
    assert str(own) not in [row.name for row in hands.view.screen.rows]


def test_a_network_that_cannot_be_brought_back_any_more(hands: Hands, own: Path) -> None:
    previous = own.with_name("mine.previous.npz")
    shutil.copy(own, previous)
    hands.key(pygame.K_n, "n")
    previous.unlink()
    hands.click(f"bring back {own}")
    assert isinstance(hands.view.screen, NetworksDialog)
    assert hands.session.context.notices.items[-1].kind == "warning"
    assert f"bring back {own}" not in [row.name for row in hands.view.screen.rows]


def test_a_network_whose_folder_is_gone(hands: Hands, own: Path) -> None:
    hands.key(pygame.K_n, "n")
    shutil.rmtree(own.parent)
    hands.click(str(own))
    assert "mine.npz" in last_notice(hands)


def test_a_network_that_was_opened_by_its_path_can_be_chosen(hands: Hands, own: Path, tmp_path: Path) -> None:
    elsewhere = write_network(tmp_path / "elsewhere" / "other.npz")
    hands.session.reader.use_network(elsewhere)
    hands.key(pygame.K_n, "n")
    hands.click(str(elsewhere))
    assert hands.session.reader.network is not None and hands.session.reader.network.path == elsewhere


@pytest.fixture
def folder() -> Path:
    folder = paths.drawings_folder()
    (folder / "more").mkdir(parents=True)
    (folder / "seven.ndjson").write_text('{"drawing": [[[10, 200, 120], [10, 10, 250]]]}\n')
    return folder


def test_a_file_that_is_gone_leaves_the_list_without_it(hands: Hands, folder: Path) -> None:
    hands.click("open")
    (folder / "seven.ndjson").unlink()
    hands.click(str(folder / "seven.ndjson"))
    assert isinstance(hands.view.screen, Browser)
    assert hands.session.context.notices.items[-1].kind == "warning"
    assert str(folder / "seven.ndjson") not in [row.name for row in hands.view.screen.rows]


def test_from_a_folder_that_is_gone_one_can_go_up(hands: Hands, folder: Path) -> None:
    hands.click("open")
    (folder / "more").rmdir()
    hands.click(str(folder / "more"))
    browser = hands.view.screen
    assert isinstance(browser, Browser)
    assert hands.session.context.notices.items[-1].kind == "warning"
    assert [row.name for row in browser.rows if row.name != str(folder)] == ["..", "nothing"]
    hands.click("..")
    assert browser.folder == folder


def test_a_broken_folder_above_is_no_end(hands: Hands, folder: Path) -> None:
    hands.click("open")
    hands.click(str(folder / "more"))
    shutil.rmtree(folder)
    hands.key(pygame.K_BACKSPACE, "\b")
    assert isinstance(hands.view.screen, Browser)
    assert hands.view.screen.folder == folder


@pytest.mark.parametrize("way", ["key", "click"])
def test_a_drawing_that_somebody_else_deleted(way: str, hands: Hands) -> None:
    fill(3)
    hands.key(pygame.K_d, "d")
    gallery = hands.view.screen
    assert isinstance(gallery, Gallery) and gallery.collection is not None
    hands.key(pygame.K_RIGHT)
    chosen = gallery.chosen
    assert chosen is not None
    gallery.shown.remove(chosen)  # the list is older than what is chosen
    if way == "key":
        hands.key(pygame.K_DELETE)
    else:
        hands.click("delete")
    assert hands.view.screen is gallery
    assert len(gallery.collection) == 2


def test_a_collection_whose_file_is_gone(hands: Hands) -> None:
    fill(3)
    hands.key(pygame.K_d, "d")
    gallery = hands.view.screen
    assert isinstance(gallery, Gallery)
    hands.key(pygame.K_RIGHT)
    shutil.rmtree(Collection().path.parent)
    hands.key(pygame.K_3, "3")
    hands.key(pygame.K_DELETE)
    hands.key(pygame.K_x, "x")
    hands.key(pygame.K_u, "u")
    assert hands.view.screen is gallery
