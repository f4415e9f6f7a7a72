"""Merging: every drawing once, nobody taken for somebody else, whatever files hold and in whatever order."""

import itertools
import json
import tracemalloc
from collections import defaultdict
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.store import merging
from app.store.merging import merge
from model.pictures import drawing as drawing_module
from model.pictures.drawing import Drawing, DrawingError, read_drawings, write_drawings
from model.pictures.writers import by_writer, writer_of
from model.training.lesson import identity
from tests.app.lessons import stroke_drawing

# A drawing by the number of its strokes, its digit, its writer and what is noted beside it.
DRAWN = st.tuples(
    st.integers(0, 8), st.integers(0, 2), st.sampled_from([None, 1, 2, 3, 7]), st.sampled_from([{}, {"reading": 4}])
)
FILES = st.lists(st.lists(DRAWN, max_size=8), min_size=1, max_size=4)


def drawn(strokes: int, digit: int, writer: int | None, extra: dict[str, int]) -> Drawing:
    plain = stroke_drawing(digit, strokes)
    return by_writer(Drawing(plain.strokes, word=plain.word, extra=extra), writer)


def written(folder: Path, files: list[list[tuple[int, int, int | None, dict[str, int]]]]) -> list[Path]:
    paths = [folder / f"{number}.ndjson" for number in range(len(files))]
    for path, content in zip(paths, files, strict=True):
        write_drawings(path, [drawn(*each) for each in content])
    return paths


def without_numbers(path: Path) -> tuple[list[str], set[frozenset[object]], set[object]]:
    """The lines but for who wrote them, who wrote what together, and what nobody wrote."""
    drawings = read_drawings(path) if path.exists() else []
    people: dict[int | None, set[object]] = defaultdict(set)
    for each in drawings:
        people[writer_of(each)].add(identity(each))
    nobodys = people.pop(None, set())
    lines = sorted(by_writer(each, None).to_json() for each in drawings)
    return lines, {frozenset(group) for group in people.values()}, nobodys


@settings(max_examples=60, deadline=None)
@given(files=FILES, order=st.randoms(use_true_random=False))
def test_the_order_of_the_files_decides_only_the_numbers(
    tmp_path_factory: pytest.TempPathFactory,
    files: list[list[tuple[int, int, int | None, dict[str, int]]]],
    order: object,
) -> None:
    folder = tmp_path_factory.mktemp("merge")
    paths = written(folder, files)
    merge(paths, folder / "one.ndjson")
    order.shuffle(paths)  # type: ignore[attr-defined]
    merge(paths, folder / "other.ndjson")
    assert without_numbers(folder / "one.ndjson") == without_numbers(folder / "other.ndjson")


@settings(max_examples=60, deadline=None)
@given(files=FILES)
def test_merging_what_was_merged_changes_nothing(
    tmp_path_factory: pytest.TempPathFactory, files: list[list[tuple[int, int, int | None, dict[str, int]]]]
) -> None:
    folder = tmp_path_factory.mktemp("merge")
    paths = written(folder, files)
    one, again, with_parts = (folder / f"{name}.ndjson" for name in ("one", "again", "parts"))
    if not merge(paths, one).drawings:
        assert not one.exists()
        return
    merge([one, one], again)
    assert again.read_bytes() == one.read_bytes()
    merge([one, *paths], with_parts)
    assert without_numbers(with_parts) == without_numbers(one)


@settings(max_examples=60, deadline=None)
@given(files=FILES)
def test_every_drawing_is_there_once_and_people_stay_apart(
    tmp_path_factory: pytest.TempPathFactory, files: list[list[tuple[int, int, int | None, dict[str, int]]]]
) -> None:
    folder = tmp_path_factory.mktemp("merge")
    paths, out = written(folder, files), folder / "out.ndjson"
    merged = merge(paths, out)
    given_ = {identity(drawn(*each)) for content in files for each in content}
    kept = read_drawings(out) if out.exists() else []
    assert len(kept) == len(given_) == merged.drawings and {identity(each) for each in kept} == given_
    assert merged.twice == sum(map(len, files)) - len(given_)
    numbers = [writer_of(each) for each in kept if writer_of(each) is not None]
    assert list(dict.fromkeys(numbers)) == list(range(1, merged.writers + 1))
    # Two people are one only where a chain of drawings that both wrote leads from one to the other.
    wrote: dict[tuple[int, int], set[object]] = defaultdict(set)
    for number, content in enumerate(files):
        for each in content:
            if each[2] is not None:
                wrote[number, each[2]].add(identity(drawn(*each)))
    groups = list(wrote.values())
    while pair := next(((a, b) for a, b in itertools.combinations(groups, 2) if a & b), None):
        groups = [group for group in groups if group not in pair] + [pair[0] | pair[1]]
    assert without_numbers(out)[1] == {frozenset(group) for group in groups}


def test_pupil_three_of_two_computers_stays_two_people(tmp_path: Path) -> None:
    paths = written(tmp_path, [[(1, 1, 3, {}), (2, 2, 3, {})], [(3, 1, 3, {})]])
    merge(paths, tmp_path / "out.ndjson")
    assert [writer_of(each) for each in read_drawings(tmp_path / "out.ndjson")] == [1, 1, 2]


def test_out_may_be_one_of_the_files(tmp_path: Path) -> None:
    one, other = written(tmp_path, [[(1, 1, 1, {})], [(2, 2, 1, {})]])
    assert merge([one, other], one).drawings == 2
    assert len(read_drawings(one)) == 2 and [path.name for path in tmp_path.iterdir() if path.suffix == ".part"] == []


GOOD = stroke_drawing(5, 1).to_json().encode()
HOSTILE = {
    "no JSON": b"{",
    "no UTF-8": b"\xff\xfe\x00",
    "another thing": b"[1, 2]",
    "no strokes": b'{"word": "3"}',
    "nested for ever": b'{"drawing": ' + b"[" * 50_000,
    "nested in what nobody asks for": b'{"word":"1","x":'
    + b"[" * 900
    + b"]" * 900
    + b',"drawing":[[[1],[2]]]'
    + b"{" * 9,
    "numbers that are none": b'{"word": "3", "drawing": [[[1e999], [2]]]}',
    "a long number": b'{"word": "3", "drawing": [[[' + b"9" * 10_000 + b"], [2]]]}",
    "too long": b'{"word": "3", "x": "' + b"a" * 9_000_000 + b'"}',
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_broken_line_is_told_and_all_others_are_kept(name: str, tmp_path: Path) -> None:
    path, out = tmp_path / "in.ndjson", tmp_path / "out.ndjson"
    path.write_bytes(
        b"\xef\xbb\xbf" + GOOD + b"\r\n\n" + HOSTILE[name] + b"\n" + stroke_drawing(6, 2).to_json().encode()
    )
    merged = merge([path], out)
    assert [(line.path, line.number) for line in merged.broken] == [(path, 3)]
    assert merged.broken[0].reason and len(merged.broken[0].reason) < 300
    assert [each.word for each in read_drawings(out)] == ["5", "6"]


def test_strange_writers_are_nobody_and_drawings_without_digit_or_ink_stay_out(tmp_path: Path) -> None:
    path, out = tmp_path / "in.ndjson", tmp_path / "out.ndjson"
    strange = [
        json.dumps({**json.loads(stroke_drawing(1, n).to_json()), "writer": w})
        for n, w in enumerate([-1, "2", [], 1e400])
    ]
    others = ['{"word":"x","drawing":[[[1],[2]]]}', '{"word":"4","drawing":[]}', '{"drawing":[[[1],[2]]]}']
    path.write_text("\n".join(strange + others))
    merged = merge([path], out)
    assert (merged.drawings, merged.writers, merged.left_out) == (4, 0, 3)
    assert all(writer_of(each) is None for each in read_drawings(out))


def test_many_broken_lines_are_counted_and_few_are_held(tmp_path: Path) -> None:
    path = tmp_path / "in.ndjson"
    path.write_bytes(b"{\n" * 1000)
    merged = merge([path], tmp_path / "out.ndjson")
    assert len(merged.broken) == merging.NOTED and merged.broken_count == {path: 1000}
    assert not (tmp_path / "out.ndjson").exists()


@pytest.mark.parametrize("content", [None, "folder"])
def test_a_file_that_cannot_be_read_leaves_what_was_there(content: str | None, tmp_path: Path) -> None:
    good, bad, out = tmp_path / "good.ndjson", tmp_path / "bad", tmp_path / "out.ndjson"
    good.write_bytes(GOOD)
    out.write_text("as it was")
    if content:
        bad.mkdir()
    with pytest.raises(DrawingError, match="bad"):
        merge([good, bad], out)
    assert out.read_text() == "as it was"


def test_too_much_is_refused_before_it_is_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    paths, out = (
        written(tmp_path, [[(n, 1, 1, {}) for n in range(4)], [(n, 2, 1, {}) for n in range(4)]]),
        tmp_path / "out.ndjson",
    )
    monkeypatch.setattr(merging, "MOST", 7)
    with pytest.raises(DrawingError, match="more than 7"):
        merge(paths, out)
    monkeypatch.setattr(merging, "MOST", 8)
    monkeypatch.setattr(merging, "MAX_FILE_BYTES", paths[0].stat().st_size)
    with pytest.raises(DrawingError, match="merge fewer"):
        merge(paths, out)
    assert list(tmp_path.iterdir()) == paths


def test_a_file_that_changes_meanwhile_is_noticed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (path,) = written(tmp_path, [[(1, 1, 1, {}), (2, 1, 1, {})]])
    survey = merging._Merger.survey

    def survey_and_change(merger: merging._Merger) -> None:
        survey(merger)
        write_drawings(path, [stroke_drawing(3, 1), stroke_drawing(3, 2)])

    monkeypatch.setattr(merging._Merger, "survey", survey_and_change)
    with pytest.raises(DrawingError, match="changed meanwhile"):
        merge([path], tmp_path / "out.ndjson")
    assert not (tmp_path / "out.ndjson").exists()


def peak_of(count: int, folder: Path) -> int:
    """The most memory, in bytes, that merging so many long drawings takes."""
    folder.mkdir()
    points = np.zeros((500, 2), np.float32)
    points[:, 0] = np.arange(500)
    with (folder / "in.ndjson").open("w") as file:
        for number in range(count):
            points[0, 1] = number
            file.write(Drawing((drawing_module.Stroke(points),), word="1").to_json() + "\n")
    tracemalloc.start()
    try:
        assert merge([folder / "in.ndjson"], folder / "out.ndjson").drawings == count
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


def test_memory_does_not_grow_with_the_number_of_long_drawings(tmp_path: Path) -> None:
    merge([], tmp_path / "none.ndjson")  # so that what is made once is made
    assert peak_of(60, tmp_path / "many") < 1.3 * peak_of(15, tmp_path / "few")
