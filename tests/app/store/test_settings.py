"""Settings: every value within its limits is kept, every other one is left at what is usual, and files are whole."""

import json
from dataclasses import asdict, fields, replace
from pathlib import Path
from typing import Any

import pytest

from app.canvas.ink import BRUSHES
from app.messages import languages
from app.store import settings as settings_file
from app.store.settings import CHECKS, TIMINGS, Settings
from model.file_lock import locked

GOOD: dict[str, tuple[Any, ...]] = {
    "brush": BRUSHES,
    "theme": ("light", "dark"),
    "high_contrast": (True, False),
    "reduced_motion": (True, False),
    "left_handed": (True, False),
    "text_size": ("normal", "large", "largest"),
    "live": (True, False),
    "network": ("mlp", "x", "x" * 4095),
    "language": ("", *languages()),
    "width": (800, 1181, 16_384),
    "height": (600, 721, 16_384),
    "speeds": ({}, {"cnn": 640.5, "mlp": 2}, {"x": 1e-9}, {"x": 1e9}),
    "event_read_after": (0.3, 1, 10.0),
    "event_clear_after": (3.0, 120),
    "event_attract_after": (10, 900.0),
    "event_keep": (True, False),
    "event_learn": (True, False),
    "event_sounds": (True, False),
    "event_voice": (True, False),
    "sounds": (True, False),
    "voice": (True, False),
    "learn_at_once": (True, False),
}
BAD: dict[str, tuple[Any, ...]] = {
    "brush": (0, BRUSHES[0] + 0.01, "18", None, []),
    "theme": ("", "blue", 1, []),
    "high_contrast": (1, None, "yes"),
    "reduced_motion": (0, [], "no"),
    "left_handed": (1, "left", None),
    "text_size": ("huge", 2, None, ["large"], {}),
    "live": (1, 0, "yes", None),
    "network": ("", "x" * 4096, 5, None),
    "language": ("xx", 3, None, {}),
    "width": (319, 16_385, 900.0, "900", True),
    "height": (319, 16_385, 900.0, None),
    "speeds": ([], {"cnn": "fast"}, {"cnn": 0}, {"cnn": -1}, {"cnn": 2e9}, {"cnn": True}, {"cnn": 1.0, "mlp": None}),
    "event_read_after": (0.29, 10.1, True, "1", None),
    "event_clear_after": (2.9, 121, False),
    "event_attract_after": (9.9, 901),
    "event_keep": (1, None, "no"),
    "event_learn": (1, None, "no"),
    "event_sounds": (1, None, "no"),
    "event_voice": (0, [], "yes"),
    "sounds": (1, None, "loud"),
    "voice": (0, "en", None),
    "learn_at_once": (0, [], "off"),
}


def loaded(folder: Path, **values: Any) -> Settings:
    folder.mkdir(exist_ok=True)
    (folder / "settings.json").write_text(json.dumps(values))
    settings, aside = settings_file.load(folder)
    assert aside is None
    return settings


def test_every_setting_is_checked() -> None:
    names = {field.name for field in fields(Settings)}
    assert set(CHECKS) == names == set(GOOD) == set(BAD)
    usual = asdict(Settings())
    assert all(CHECKS[name](usual[name]) for name in names)
    switches = {"event_keep", "event_learn", "event_sounds", "event_voice"}
    assert {name for name in names if name.startswith("event_")} - switches == set(TIMINGS)


@pytest.mark.parametrize("name", GOOD)
def test_what_may_be_is_kept(name: str, tmp_path: Path) -> None:
    for value in GOOD[name]:
        kept = Settings(**{name: value})
        settings_file.save(kept, tmp_path / "config")
        assert settings_file.load(tmp_path / "config") == (kept, None)


@pytest.mark.parametrize("name", BAD)
def test_what_cannot_be_is_left_at_what_is_usual_and_spoils_nothing_else(name: str, tmp_path: Path) -> None:
    other = {"theme": "dark"} if name != "theme" else {"network": "mlp"}
    for value in BAD[name]:
        assert loaded(tmp_path, **{name: value}, **other) == Settings(**other)  # type: ignore[arg-type]


def test_what_is_usual_on_a_first_start() -> None:
    first = Settings()
    assert (first.theme, first.live, first.network, first.language) == ("light", True, "cnn", "")
    assert not first.event_keep  # nothing of visitors is kept unless somebody wants it
    assert first.learn_at_once and not first.event_learn  # one's own corrections teach, a visitor's only when asked for
    assert first.event_read_after < first.event_clear_after < first.event_attract_after


def test_without_a_file_all_is_as_usual(tmp_path: Path) -> None:
    assert settings_file.load(tmp_path / "nowhere") == (Settings(), None)
    assert not (tmp_path / "nowhere").exists()


def test_a_file_that_is_far_too_large_is_set_aside_unread(tmp_path: Path) -> None:
    sound = json.dumps({"theme": "dark"})
    path = tmp_path / "settings.json"
    path.write_text(sound + " " * (65_536 - len(sound)))
    assert settings_file.load(tmp_path) == (Settings(theme="dark"), None)
    path.write_text(sound + " " * (65_537 - len(sound)))
    settings, aside = settings_file.load(tmp_path)
    assert settings == Settings() and aside is not None and aside.is_file() and not path.exists()


def test_a_full_disk_leaves_the_settings_from_before(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    settings_file.save(Settings(theme="dark"), tmp_path)

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("model.files.os.fsync", full)
    with pytest.raises(OSError, match="No space"):
        settings_file.save(Settings(theme="light"), tmp_path)
    assert settings_file.load(tmp_path)[0].theme == "dark"
    assert sorted(path.name for path in tmp_path.iterdir()) == [".lock", "settings.json"]


def test_only_what_was_changed_is_written(tmp_path: Path) -> None:
    (tmp_path / "settings.json").write_text('{"theme": "dark", "brush": "odd", "of a newer program": [1]}')
    before, _ = settings_file.load(tmp_path)
    (tmp_path / "settings.json").write_text('{"theme": "light", "brush": "odd", "of a newer program": [1]}')
    settings_file.save(replace(before, live=False), tmp_path, before)
    record = json.loads((tmp_path / "settings.json").read_text())
    assert record == {"theme": "light", "brush": "odd", "of a newer program": [1], "live": False}
    written = (tmp_path / "settings.json").stat()
    settings_file.save(before, tmp_path, before)
    assert (tmp_path / "settings.json").stat() == written


@pytest.mark.parametrize("content", [None, b"{", b"[]", b"[" * 50_000, b"{}" + b" " * 70_000])
def test_without_a_sound_file_all_is_written(content: bytes | None, tmp_path: Path) -> None:
    before = Settings(theme="dark", width=900)
    if content is not None:
        (tmp_path / "settings.json").write_bytes(content)
    settings_file.save(replace(before, live=False), tmp_path, before)
    assert settings_file.load(tmp_path) == (Settings(theme="dark", width=900, live=False), None)


def test_a_file_that_cannot_be_read_is_not_written_over(tmp_path: Path) -> None:
    (tmp_path / "settings.json").mkdir()
    with pytest.raises(OSError, match="directory"):
        settings_file.save(Settings(theme="dark"), tmp_path, Settings())


def test_settings_that_another_window_holds_are_not_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    settings_file.save(Settings(), tmp_path)
    monkeypatch.setattr("model.file_lock.WAIT", 0.0)
    with locked(tmp_path), pytest.raises(OSError, match="another window"):
        settings_file.save(Settings(theme="dark"), tmp_path)
    assert settings_file.load(tmp_path) == (Settings(), None)
