"""Two windows at once: two real processes change collection, settings and tally, and nothing of either is lost."""

from __future__ import annotations

import multiprocessing
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from multiprocessing.synchronize import Barrier
from pathlib import Path
from typing import Any

import pytest

from app.event.tally import ReadRecord, Tally
from app.store import settings as settings_file
from app.store.collection import Collection
from app.store.collection_file import CollectionError
from app.store.settings import Settings
from model.file_lock import locked
from tests.app.lessons import stroke_drawing

NOON = datetime(2026, 11, 21, 12, 0)
FILE = "collection.ndjson"
ROUNDS = 8
# What each window sets, one after another: never the same, and none of it twice.
CHANGES: tuple[dict[str, Any], dict[str, Any]] = (
    {"theme": "dark", "live": False, "width": 900, "language": "de", "event_keep": True, "event_read_after": 2.0},
    {"high_contrast": True, "left_handed": True, "height": 640, "network": "mlp", "text_size": "large"},
)


def in_two_processes(act: Callable[[Path, int, Barrier], None], folder: Path) -> None:
    """Let two processes act at the same time; each is given its number, 0 or 1, and where to wait for the other."""
    context = multiprocessing.get_context("spawn")
    barrier = context.Barrier(2, timeout=120)
    both = [context.Process(target=act, args=(folder, number, barrier)) for number in range(2)]
    for process in both:
        process.start()
    for process in both:
        process.join()
    assert [process.exitcode for process in both] == [0, 0]


def change_a_collection(folder: Path, number: int, barrier: Barrier) -> None:
    """Draw, relabel, delete and take back, in turn; each drawing has a tilt that no other has."""
    collection = Collection(folder / FILE)
    barrier.wait()
    for turn in range(ROUNDS):
        kept, changed, gone, back = (
            collection.add(stroke_drawing(None, 100 * number + 4 * turn + way), digit)
            for way, digit in enumerate((1,) * 4)
        )
        assert kept and changed and gone and back
        collection.relabel([changed], 7)
        collection.delete([back])
        collection.undo()
        collection.delete([gone])


def test_a_collection_that_two_windows_change_holds_what_both_did(tmp_path: Path) -> None:
    in_two_processes(change_a_collection, tmp_path)
    collection = Collection(tmp_path / FILE)
    labels = {round(float(e.drawing.strokes[0].points[1, 0]) - 100): e.digit for e in collection.entries}
    assert labels == {
        100 * number + 4 * turn + way: digit
        for number in range(2)
        for turn in range(ROUNDS)
        for way, digit in ((0, 1), (1, 7), (3, 1))
    }
    assert (len(collection), collection.lost) == (len(labels), 0)


def change_settings(folder: Path, number: int, barrier: Barrier) -> None:
    for turn in range(ROUNDS):
        place = folder / str(turn)
        settings, _ = settings_file.load(place)
        barrier.wait()
        for name, value in CHANGES[number].items():
            before = replace(settings)
            setattr(settings, name, value)
            settings_file.save(settings, place, before)


def test_settings_that_two_windows_change_hold_what_both_chose(tmp_path: Path) -> None:
    for turn in range(ROUNDS):
        settings_file.save(Settings(), tmp_path / str(turn))
    in_two_processes(change_settings, tmp_path)
    for turn in range(ROUNDS):
        assert settings_file.load(tmp_path / str(turn)) == (Settings(**CHANGES[0], **CHANGES[1]), None)


def count(folder: Path, number: int, barrier: Barrier) -> None:
    tally = Tally(folder, lambda: NOON)
    barrier.wait()
    for digit in range(10):
        tally.add(ReadRecord(digit, True, digit if number else None))


def test_a_tally_that_two_windows_write_counts_both(tmp_path: Path) -> None:
    in_two_processes(count, tmp_path)
    day = Tally(tmp_path, lambda: NOON).today
    assert (sum(day.right), sum(day.not_told)) == (10, 10)


# -- what one window sees of the other --------------------------------------------------------------------


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / FILE


def two_windows(path: Path, count: int = 3) -> tuple[Collection, Collection]:
    """Two collections of the same digits, from 0 on."""
    one = Collection(path)
    for digit in range(count):
        one.add(stroke_drawing(None, digit), digit)
    return one, Collection(path)


def digits(path: Path) -> list[int]:
    return [entry.digit for entry in Collection(path).entries]


def test_what_one_deleted_does_not_come_back_with_a_change_of_the_other(path: Path) -> None:
    one, two = two_windows(path)
    two.delete(two.entries[:1])
    one.relabel(one.entries[2:], 9)
    assert digits(path) == [1, 9]
    assert [entry.digit for entry in one.entries] == [1, 9]


def test_the_label_that_one_gave_stays(path: Path) -> None:
    one, two = two_windows(path)
    two.relabel(two.entries[:1], 8)
    one.delete(one.entries[1:2])
    assert digits(path) == [8, 2]


def test_who_is_second_with_the_same_drawing_changes_nothing_and_has_nothing_to_undo(path: Path) -> None:
    one, two = two_windows(path)
    two.relabel(two.entries[:1], 8)
    assert one.relabel(one.entries[:1], 5) == []
    assert not one.can_undo
    one, two = Collection(path), Collection(path)
    two.delete(two.entries[:1])
    one.delete(one.entries[:1])
    assert digits(path) == [1, 2] and not one.undo()


def test_undo_leaves_what_the_other_did_to_the_same_drawing(path: Path) -> None:
    one, two = two_windows(path)
    one.relabel(one.entries[:1], 8)
    two.follow()
    two.relabel(two.entries[:1], 5)
    assert one.undo()
    assert digits(path) == [5, 1, 2]
    one.delete(one.entries[1:2])
    two.follow()
    two.add(stroke_drawing(None, 1), 1)
    assert one.undo()
    assert digits(path) == [5, 2, 1]  # there once, not twice


def test_undo_brings_back_what_the_other_did_not_touch(path: Path) -> None:
    one, two = two_windows(path)
    one.delete(one.entries[1:2])
    two.add(stroke_drawing(None, 50), 5)
    assert one.undo()
    assert digits(path) == [0, 1, 2, 5]


def test_following_shows_what_the_other_did_and_keeps_what_is_the_same(path: Path) -> None:
    one, two = two_windows(path)
    revision, kept = one.revision, one.entries[0]
    one.follow()
    assert one.revision == revision
    two.delete(two.entries[1:])
    one.follow()
    assert one.revision > revision
    assert one.entries == [kept]


def test_a_file_that_is_gone_comes_back_whole(path: Path) -> None:
    one, _ = two_windows(path)
    path.unlink()
    one.follow()
    one.add(stroke_drawing(None, 50), 5)
    assert digits(path) == [0, 1, 2, 5]
    path.unlink()
    one.delete(one.entries[:1])
    assert digits(path) == [1, 2, 5]


def test_a_collection_that_another_window_holds_is_written_later(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    one, _ = two_windows(path)
    monkeypatch.setattr("model.file_lock.WAIT", 0.0)
    with locked(path.parent):
        with pytest.raises(CollectionError, match="another window"):
            one.add(stroke_drawing(None, 50), 5)
        with pytest.raises(CollectionError, match="another window"):
            one.delete(one.entries[:1])
        with pytest.raises(CollectionError, match="another window"):
            Collection(path)
    assert digits(path) == [0, 1, 2]
    one.add(stroke_drawing(None, 60), 6)
    assert digits(path) == [0, 1, 2, 5, 6]


def test_a_tally_that_another_window_holds_is_written_later(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    tally = Tally(tmp_path, lambda: NOON)
    monkeypatch.setattr("model.file_lock.WAIT", 0.0)
    with locked(tmp_path):
        tally.add(ReadRecord(7, True, 7))
    assert "another window" in tally.problem
    assert Tally(tmp_path, lambda: NOON).today.drawings == 0
    tally.add(ReadRecord(7, True, 7))
    assert tally.problem == ""
    assert Tally(tmp_path, lambda: NOON).today.drawings == 2


# -- lines that hold no drawing ---------------------------------------------------------------------------


def test_a_rewrite_keeps_a_last_line_that_is_cut_anywhere(path: Path) -> None:
    two_windows(path)
    whole = path.read_bytes()
    last = whole.rindex(b"\n", 0, -1) + 1
    for cut in range(last + 1, len(whole)):
        path.write_bytes(whole[:last])
        one = Collection(path)
        path.write_bytes(whole[:cut])  # a window that writes is gone in the middle of the line
        one.delete(one.entries[:1])
        assert whole[last:cut] in path.read_bytes().split(b"\n")
        again = Collection(path)
        complete = cut == len(whole) - 1  # only its line break is missing
        assert [entry.digit for entry in again.entries] == ([1, 2] if complete else [1])
        assert again.lost == (not complete)
        if not complete:
            assert again.set_aside.read_bytes() == whole[last:cut] + b"\n"
            again.set_aside.unlink()


def test_a_rewrite_keeps_drawings_of_other_things(path: Path) -> None:
    one, _ = two_windows(path)
    cat = replace(stroke_drawing(None, 9), word="cat").to_json().encode()
    with path.open("ab") as file:
        file.write(cat + b"\nnonsense\n")
    one.delete(one.entries[:1])
    assert path.read_bytes().split(b"\n")[-3:] == [cat, b"nonsense", b""]
    assert Collection(path).lost == 1
    assert path.read_bytes().split(b"\n")[-2:] == [cat, b""]
