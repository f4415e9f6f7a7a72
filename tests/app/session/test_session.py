"""Session: saving, opening, networks, settings, live reading."""

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from app import paths
from app.canvas.ink import InkStroke, Page
from app.messages import Messages
from app.session.session import Session
from app.store import networks
from app.store import settings as settings_file
from app.store.settings import Settings
from app.ui.context import Context
from model.network.layers import Dense, Flatten
from model.network.network import Network
from model.pictures.drawing import read_drawings
from model.pictures.photograph import load_picture
from tests.app.conftest import FakeReader
from tests.app.hands import Hands

LINE = Page((InkStroke(18.0, [(60, 60), (190, 60), (110, 220)], [0, 8, 16]),))


def texts(session: Session) -> str:
    return " ".join(item.text for item in session.context.notices.items)


def test_saving_writes_a_picture_and_the_strokes_and_says_where(session: Session) -> None:
    session.ink.replace(LINE)
    session.save()
    (png,) = paths.drawings_folder().glob("*.png")
    assert str(png) in texts(session)
    (drawing,) = read_drawings(png.with_suffix(".ndjson"))
    assert drawing.strokes[0].points.tolist() == [[60, 60], [190, 60], [110, 220]]
    picture = load_picture(png)
    assert picture.max() > 0.9
    assert not list(paths.drawings_folder().glob("*.part"))


def test_saving_twice_in_one_second_keeps_both(session: Session) -> None:
    session.ink.replace(LINE)
    session.save()
    session.save()
    assert len(list(paths.drawings_folder().glob("*.png"))) == 2


def test_a_folder_that_cannot_be_written_to_is_told(session: Session) -> None:
    paths.data_folder().parent.mkdir(parents=True, exist_ok=True)
    paths.data_folder().write_text("a file where the folder should be")
    session.ink.replace(LINE)
    session.save()
    assert session.context.notices.items[-1].kind == "warning"
    assert session.ink.page is LINE


def test_nothing_is_saved_of_an_empty_page(session: Session) -> None:
    session.save()
    assert not paths.drawings_folder().exists()
    assert session.context.notices.items


def test_a_dropped_picture_is_shown_and_read(hands: Hands, tmp_path: Path) -> None:
    import pygame

    grey = np.full((60, 40), 255, np.uint8)
    grey[10:50, 18:23] = 0
    Image.fromarray(grey).save(tmp_path / "one.png")
    hands.draw((60, 60), (190, 60))
    before = hands.session.ink.page
    hands.post(pygame.DROPFILE, file=str(tmp_path / "one.png"))
    assert hands.session.ink.page.picture is not None
    assert hands.session.reader.answered
    hands.key(pygame.K_u, "u")
    assert hands.session.ink.page is before


def test_drawing_on_an_opened_picture_starts_a_fresh_page(hands: Hands) -> None:
    hands.session.ink.replace(Page(picture=np.ones((28, 28), np.float32)))
    hands.frame()
    hands.draw((60, 60), (190, 60))
    assert hands.session.ink.page.picture is None
    hands.session.undo()
    assert hands.session.ink.page.picture is not None


def test_a_file_of_many_drawings_opens_the_first_and_says_so(session: Session, tmp_path: Path) -> None:
    line = json.dumps({"drawing": [[[0, 100], [0, 100]]]})
    (tmp_path / "many.ndjson").write_text(f"{line}\n{line}\n{line}\n")
    assert session.open(tmp_path / "many.ndjson")
    assert "3" in texts(session)


@pytest.mark.parametrize("content", ["", "nonsense", '{"drawing": 3}', "\ud800"])
@pytest.mark.parametrize("suffix", [".ndjson", ".png"])
def test_bad_files_change_nothing_and_are_told(content: str, suffix: str, session: Session, tmp_path: Path) -> None:
    path = tmp_path / f"bad{suffix}"
    path.write_bytes(content.encode("utf-8", "surrogatepass"))
    session.ink.replace(LINE)
    assert not session.open(path)
    assert session.ink.page is LINE
    assert session.context.notices.items[-1].kind == "warning"
    assert not session.open(tmp_path / "absent.png")
    assert not session.open(tmp_path)
    assert not any(item.text.endswith("..") for item in session.context.notices.items)


def test_live_reading_reads_each_page_once(session: Session, reader: FakeReader) -> None:
    session.ink.replace(LINE)
    session.reader.update()
    session.reader.update()
    session.reader.update()
    assert reader.asked == 1


def test_a_page_that_was_read_whole_is_not_read_again(session: Session, reader: FakeReader) -> None:
    session.ink.replace(LINE)
    session.reader.update()
    assert (reader.asked, session.reader.answered) == (1, False)
    session.reader.read()
    assert (reader.asked, session.reader.answered) == (1, True)
    session.reader.read_with(reader)  # type: ignore[arg-type]  # with newer weights
    assert reader.asked == 2


def test_a_drawing_that_grows_is_glanced_at_and_read_when_the_pen_is_lifted(
    session: Session, reader: FakeReader, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = 100.0
    monkeypatch.setattr("app.session.live_reader.time.perf_counter", lambda: now)
    reader.glance = FakeReader()
    session.ink.begin((10, 10), 0, 18)
    session.ink.move((40, 10), 1)
    session.reader.update()
    assert (reader.asked, reader.glance.asked) == (0, 1)
    assert not session.reader.behind
    session.reader.read()  # a glance is no answer
    assert (reader.asked, reader.glance.asked) == (1, 1)
    session.ink.begin((10, 40), 2, 18)
    now += 1
    session.reader.update()
    assert (reader.asked, reader.glance.asked) == (1, 2)
    session.ink.end()
    assert session.reader.behind
    now += 1
    session.reader.update()
    assert (reader.asked, reader.glance.asked) == (2, 2)
    assert not session.reader.behind


def test_live_reading_leaves_most_of_the_time_to_drawing(
    session: Session, reader: FakeReader, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = 100.0
    monkeypatch.setattr("app.session.live_reader.time.perf_counter", lambda: now)
    session.ink.begin((10, 10), 0, 18)
    for step in range(100):  # a fast mouse: a thousand places a second
        now += 0.001
        session.ink.move((10 + 2 * step, 10), step)
        session.reader.update()
    assert 3 <= reader.asked <= 5
    assert session.reader.behind
    now += 1
    session.reader.update()
    assert not session.reader.behind


def test_without_a_network_drawing_works_and_reading_says_what_to_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(networks, "WEIGHTS", tmp_path / "none")
    session = Session(Settings(), Context(Messages()))
    session.reader.use_network("cnn")
    assert session.reader.network is None
    session.context.notices.dismiss()
    session.ink.replace(LINE)
    session.reader.update()
    session.reader.read()
    assert "train.py" in texts(session)
    assert session.reader.shown_reading is None


@pytest.mark.parametrize("damage", ["absent", "empty", "nonsense", "not an npz of ours"])
def test_a_broken_network_is_replaced_by_the_other_and_told(
    damage: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(networks, "WEIGHTS", tmp_path)
    Network([Flatten(), Dense(10)], rng=np.random.default_rng(0)).save(tmp_path / "mlp.npz")
    if damage == "not an npz of ours":
        np.savez(tmp_path / "cnn.npz", a=np.zeros(3))
    elif damage != "absent":
        (tmp_path / "cnn.npz").write_bytes(b"" if damage == "empty" else b"PK nonsense")
    session = Session(Settings(), Context(Messages()))
    session.reader.use_network("cnn")
    assert session.reader.network is not None and session.reader.network.name == "mlp"
    assert "cnn" in texts(session) and "mlp" in texts(session)
    session.ink.replace(LINE)
    session.reader.read()
    assert session.reader.answered


@pytest.mark.parametrize(("shape", "classes"), [((20, 20, 1), 10), ((28, 28, 1), 7)])
def test_a_network_for_something_else_is_told_and_the_drawing_stays(
    shape: tuple[int, ...], classes: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(networks, "WEIGHTS", tmp_path)
    Network([Flatten(), Dense(10)]).save(tmp_path / "mlp.npz")
    Network([Flatten(), Dense(classes)], input_shape=shape).save(tmp_path / "odd.npz")
    session = Session(Settings(), Context(Messages()))
    session.ink.replace(LINE)
    session.choose_network(tmp_path / "odd.npz")
    assert session.reader.network is not None and session.reader.network.name == "mlp"
    assert "odd" in texts(session)
    assert ".." not in texts(session)
    assert session.ink.page is LINE


def test_settings_are_kept(session: Session) -> None:
    session.toggle_theme()
    session.change_brush(1)
    session.toggle_live()
    kept, broken = settings_file.load(paths.config_folder())
    assert kept == session.settings
    assert broken is None
    assert kept.theme == "dark"


def test_a_window_leaves_the_settings_that_another_one_has_changed(session: Session) -> None:
    other = Session(Settings(), Context(Messages()))
    session.toggle_theme()
    other.toggle_live()
    other.change_brush(1)
    session.toggle_theme()
    session.toggle_contrast()
    kept, _ = settings_file.load(paths.config_folder())
    assert kept == replace(other.settings, high_contrast=True)


@pytest.mark.parametrize(
    "content", [b"{", b"[]", b"\xff\xfe", b"3", b"[" * 50_000, b" " * 70_000, b'{"a": "%s"}' % (b"a" * 70_000)]
)
def test_broken_settings_are_set_aside(content: bytes) -> None:
    folder = paths.config_folder()
    folder.mkdir(parents=True)
    (folder / "settings.json").write_bytes(content)
    settings, aside = settings_file.load(folder)
    assert settings == Settings()
    assert aside is not None and aside.read_bytes() == content
    assert not (folder / "settings.json").exists()


@pytest.mark.parametrize(
    "record",
    [
        {"brush": -1},
        {"brush": [1]},
        {"theme": {}},
        {"theme": "pink"},
        {"live": 1},
        {"width": 10**9},
        {"language": "xx"},
        {"event_read_after": 0},
        {"event_read_after": float("nan")},
        {"event_clear_after": "12"},
        {"event_attract_after": 1e9},
        {"event_attract_after": True},
        {"event_keep": 1},
    ],
)
def test_a_setting_that_cannot_be_is_left_as_usual(record: dict) -> None:
    folder = paths.config_folder()
    folder.mkdir(parents=True)
    (folder / "settings.json").write_text(json.dumps(record | {"network": "mlp", "unknown": 1}))
    settings, aside = settings_file.load(folder)
    assert settings == Settings(network="mlp")
    assert aside is None


def test_settings_that_cannot_be_written_are_told_once(session: Session) -> None:
    paths.config_folder().parent.mkdir(parents=True, exist_ok=True)
    paths.config_folder().write_text("a file where the folder should be")
    session.toggle_theme()
    session.context.notices.dismiss()
    session.toggle_theme()
    assert not session.context.notices.items
