"""Collection: drawings come in once, stay through crashes and full disks, and deletions can be taken back."""

import errno
import os
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from app.store.collection import Collection
from app.store.collection_file import CollectionError
from model.pictures.drawing import Drawing, read_drawings, write_drawings
from model.pictures.writers import by_writer, writer_of
from tests.app.lessons import stroke_drawing


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "folder" / "collection.ndjson"


def filled(path: Path, count: int = 5) -> Collection:
    """Digits 0 to count - 1, the odd ones misread as 8."""
    collection = Collection(path)
    for number in range(count):
        collection.add(stroke_drawing(None, number), number, reading=8 if number % 2 else number, network="cnn")
    return collection


def test_what_is_added_is_there_the_next_time(path: Path) -> None:
    filled(path)
    entry = Collection(path).entries[1]
    assert (entry.digit, entry.reading, entry.misread, entry.network) == (1, 8, True, "cnn")
    assert entry.time.startswith("2")
    assert entry.drawing.strokes[0].times is not None


def test_empty_drawings_and_duplicates_do_not_come_in(path: Path) -> None:
    collection = filled(path, 2)
    assert collection.add(Drawing(()), 3) is None
    assert collection.add(stroke_drawing(None, 1), 1) is None
    assert collection.add(stroke_drawing(None, 1), 7) is not None  # another label is another drawing
    assert len(Collection(path)) == 3


def test_filters(path: Path) -> None:
    collection = filled(path, 6)
    assert [e.digit for e in collection.chosen()] == [5, 4, 3, 2, 1, 0]
    assert [e.digit for e in collection.chosen(misread=True)] == [5, 3, 1]
    assert [e.digit for e in collection.chosen(3)] == [3]
    assert collection.chosen(2, misread=True) == []
    assert collection.counts() == [1, 1, 1, 1, 1, 1, 0, 0, 0, 0]


def test_labels_change_and_deletions_are_taken_back_in_place(path: Path) -> None:
    collection = filled(path)
    (new,) = collection.relabel([collection.entries[1]], 8)
    assert not new.misread
    collection.delete(collection.entries[2:4])
    collection.add(stroke_drawing(None, 30), 9)
    assert [e.digit for e in Collection(path).entries] == [0, 8, 4, 9]
    assert collection.undo()
    assert [e.digit for e in Collection(path).entries] == [0, 8, 2, 3, 4, 9]
    assert collection.undo()
    assert [e.digit for e in Collection(path).entries] == [0, 1, 2, 3, 4, 9]
    assert not collection.undo()


def test_a_deleted_drawing_can_be_added_again(path: Path) -> None:
    collection = filled(path, 2)
    collection.delete(collection.entries)
    assert collection.add(stroke_drawing(None, 1), 1) is not None


@settings(max_examples=40, deadline=None)
@given(share=st.floats(0, 1))
def test_a_file_cut_anywhere_loses_at_most_the_last_line(
    tmp_path_factory: pytest.TempPathFactory, share: float
) -> None:
    path = tmp_path_factory.mktemp("cut") / "collection.ndjson"
    filled(path, 4)
    raw = path.read_bytes()
    cut = raw[: round(share * len(raw))]
    path.write_bytes(cut)
    collection = Collection(path)
    whole = cut.count(b"\n")
    assert len(collection) in (whole, whole + 1)
    assert collection.lost == (0 if not cut.split(b"\n")[-1] or len(collection) > whole else 1)
    collection.add(stroke_drawing(None, 50), 9)
    again = Collection(path)
    assert len(again) == len(collection)
    assert again.lost == 0
    if collection.lost:
        assert collection.set_aside.read_bytes().rstrip(b"\n") == cut.split(b"\n")[-1]


def test_a_cut_line_in_a_folder_that_cannot_be_written_harms_nobody(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    filled(path, 3)
    path.write_bytes(path.read_bytes()[:-9])
    with monkeypatch.context() as patch:
        patch.setattr("model.files.os.fsync", full_disk)
        patch.setattr(Path, "replace", full_disk)
        collection = Collection(path)
    assert (len(collection), collection.lost) == (2, 1)
    collection.add(stroke_drawing(None, 40), 4)
    assert [e.digit for e in Collection(path).entries] == [0, 1, 4]


def full_disk(*_: object) -> None:
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def test_a_full_disk_loses_no_drawing(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    collection = filled(path, 2)
    before = path.read_bytes()
    with monkeypatch.context() as patch:
        patch.setattr("model.files.os.fsync", full_disk)
        with pytest.raises(CollectionError, match="No space left"):
            collection.add(stroke_drawing(None, 20), 2)
        assert path.read_bytes() == before
        with pytest.raises(CollectionError):
            collection.delete(collection.entries[:1])
    assert len(collection) == 3
    assert path.read_bytes() == before
    collection.add(stroke_drawing(None, 21), 3)
    assert [e.digit for e in Collection(path).entries] == [0, 1, 2, 3]


def test_a_folder_that_cannot_be_made_is_said(tmp_path: Path) -> None:
    collection = Collection(tmp_path / "file" / "c.ndjson")
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(CollectionError, match="cannot be written"):
        collection.add(stroke_drawing(None), 1)
    assert len(collection) == 1


def test_two_windows_do_not_lose_each_others_drawings(path: Path) -> None:
    one, two = filled(path, 2), Collection(path)
    two.add(stroke_drawing(None, 70), 7)
    one.delete(one.entries[:1])
    assert [e.digit for e in Collection(path).entries] == [1, 7]


def test_a_failed_deletion_leaves_what_is_known_as_it_was(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    one, two = filled(path, 2), Collection(path)
    two.add(stroke_drawing(None, 70), 7)
    with monkeypatch.context() as patch:
        patch.setattr("model.files.os.fsync", full_disk)
        with pytest.raises(CollectionError):
            one.delete(one.entries[:1])
    assert [e.digit for e in one.entries] == [0, 1, 7]
    assert one.add(stroke_drawing(None, 0), 0) is None  # it is still there
    one.delete(one.entries[:1])
    assert [e.digit for e in one.entries] == [e.digit for e in Collection(path).entries] == [1, 7]


def test_a_failed_undo_can_be_tried_again(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    collection = filled(path, 3)
    collection.delete(collection.entries[1:2])
    with monkeypatch.context() as patch:
        patch.setattr("model.files.os.fsync", full_disk)
        with pytest.raises(CollectionError):
            collection.undo()
    assert [e.digit for e in collection.entries] == [0, 2] and collection.can_undo
    assert collection.undo() and not collection.can_undo
    assert [e.digit for e in Collection(path).entries] == [0, 1, 2]


def test_every_change_is_another_revision(path: Path) -> None:
    collection = filled(path, 2)
    revisions = [collection.revision]
    for change in (
        lambda: collection.add(stroke_drawing(None, 5), 5),
        lambda: collection.relabel(collection.entries[:1], 9),
        lambda: collection.delete(collection.entries[:1]),
        collection.undo,
    ):
        change()
        revisions.append(collection.revision)
    assert revisions == sorted(set(revisions))
    collection.add(stroke_drawing(None, 5), 5)  # it is there already
    assert collection.revision == revisions[-1]


def test_a_file_that_is_too_long_is_neither_read_nor_written(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    collection = filled(path, 2)
    size = path.stat().st_size
    monkeypatch.setattr("app.store.collection_file.MAX_FILE_BYTES", size)
    with pytest.raises(CollectionError):
        collection.add(stroke_drawing(None, 5), 5)
    assert path.stat().st_size == size
    assert len(Collection(path)) == 2
    collection = Collection(path)  # without the one that did not fit
    assert collection.relabel(collection.entries[:1], 9)  # as long as before: it just fits
    assert path.stat().st_size == size
    monkeypatch.setattr("app.store.collection_file.MAX_FILE_BYTES", size - 1)
    with pytest.raises(CollectionError):
        Collection(path)
    with pytest.raises(CollectionError):
        collection.relabel(collection.entries[:1], 9)
    assert path.stat().st_size == size


def test_at_most_so_many_changes_are_taken_back(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.store.collection.MOST_UNDOS", 2)
    collection = filled(path, 4)
    for _ in range(3):
        collection.delete(collection.entries[:1])
    assert collection.undo() and collection.undo() and not collection.undo()
    assert [e.digit for e in Collection(path).entries] == [1, 2, 3]


def test_import_counts_what_came_in(path: Path, tmp_path: Path) -> None:
    source = tmp_path / "others.ndjson"
    drawings = [stroke_drawing(1, 1), stroke_drawing(1, 1), stroke_drawing(None, 2), Drawing((), word="3")]
    write_drawings(source, [*drawings, Drawing(stroke_drawing(4, 3).strokes, word="cat")])
    added = Collection(path).import_file(source)
    assert (added.added, added.there, added.empty, added.unlabelled) == (1, 1, 1, 2)
    assert len(Collection(path)) == 1
    source.write_text("nonsense")
    with pytest.raises(CollectionError, match="line 1"):
        Collection(path).import_file(source)


def test_export(path: Path, tmp_path: Path) -> None:
    collection = filled(path, 3)
    assert collection.export(tmp_path / "out.ndjson") == 3
    assert [d.word for d in read_drawings(tmp_path / "out.ndjson")] == ["0", "1", "2"]
    with pytest.raises(CollectionError, match="itself"):
        collection.export(path)


def test_export_as_pictures_overwrites_none(path: Path, tmp_path: Path) -> None:
    collection = filled(path, 2)
    for _ in range(2):
        assert collection.export_pictures(tmp_path / "pictures") == 2
    names = sorted(p.name for p in (tmp_path / "pictures").iterdir())
    assert names == ["0-0001.png", "0-0002.png", "1-0001.png", "1-0002.png"]
    picture = np.asarray(Image.open(tmp_path / "pictures" / names[0]))
    assert picture.min() == 0 and picture.max() == picture[0, 0] == 255  # black ink on white paper


def test_what_is_deleted_in_any_order_comes_back_to_its_place(path: Path) -> None:
    collection = filled(path)
    collection.delete([collection.entries[3], collection.entries[1]])
    assert collection.undo()
    assert [e.digit for e in Collection(path).entries] == [0, 1, 2, 3, 4]


def test_a_line_without_strokes_is_no_entry(path: Path) -> None:
    filled(path, 1)
    with path.open("a", encoding="utf-8") as file:
        file.write(Drawing((), word="3").to_json() + "\n")
    collection = Collection(path)
    assert [e.digit for e in collection.entries] == [0] and collection.lost == 0


def test_what_a_change_has_written_is_not_written_again(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    collection = filled(path, 2)
    with monkeypatch.context() as patch:
        patch.setattr("model.files.os.fsync", full_disk)
        with pytest.raises(CollectionError):
            collection.add(stroke_drawing(None, 20), 2)
    collection.delete(collection.entries[:1])
    collection.add(stroke_drawing(None, 21), 3)
    assert [drawing.word for drawing in read_drawings(path)] == ["1", "2", "3"]


def test_adding_does_not_hide_what_another_window_added_before(path: Path) -> None:
    one, two = filled(path, 2), Collection(path)
    two.add(stroke_drawing(None, 70), 7)
    one.add(stroke_drawing(None, 80), 8)
    one.delete(one.entries[:1])
    assert sorted(e.digit for e in Collection(path).entries) == [1, 7, 8]


def test_a_writer_s_drawings_go_for_good_and_all_others_stay(path: Path) -> None:
    collection = Collection(path)
    for number in range(6):
        collection.add(by_writer(stroke_drawing(None, number), 1 + number % 2), number)
    collection.add(stroke_drawing(None, 6), 6)
    collection.delete([collection.entries[0], collection.entries[1]])
    assert collection.delete_writer(1) == 2
    assert [entry.digit for entry in Collection(path).entries] == [3, 5, 6]
    assert collection.undo() and not collection.undo()  # the other writer's, that was deleted before
    assert sorted(entry.digit for entry in Collection(path).entries) == [1, 3, 5, 6]
    assert collection.next_writer == 3


def test_writers_of_an_imported_file_get_numbers_of_their_own(path: Path, tmp_path: Path) -> None:
    collection, other = Collection(path), tmp_path / "other.ndjson"
    collection.add(by_writer(stroke_drawing(None, 1), 4), 1)
    theirs = [by_writer(stroke_drawing(2, 2 + i), writer) for i, writer in enumerate((4, 1, 4, None))]
    write_drawings(other, theirs)
    assert collection.import_file(other).added == 4
    assert [entry.writer for entry in collection.entries] == [4, 5, 6, 5, None]
    assert collection.import_file(other).there == 4
    write_drawings(other, [*theirs, by_writer(stroke_drawing(2, 20), 1)])  # its writer has written on
    assert collection.import_file(other).added == 1
    assert collection.entries[-1].writer == 6


@pytest.mark.parametrize("value", [0, -1, 1.5, True, "3", None, [1], 10**12])
def test_what_is_no_number_is_no_writer(value: object) -> None:
    drawing = stroke_drawing(1, 1)
    assert writer_of(Drawing(drawing.strokes, word="1", extra={"writer": value})) is None
