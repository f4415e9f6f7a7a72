import contextlib
import json
import os
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from model.pictures.drawing import MAX_POINTS, MAX_STROKES, Drawing, DrawingError, Stroke, read_drawings, write_drawings

ONE = '{"word":"1","key_id":"a/1","canvas":[300,200],"drawing":[[[1,2.5],[3,4],[0,20]],[[7],[8]]]}'


def test_a_line_is_read_whole() -> None:
    drawing = Drawing.from_json(ONE)
    assert drawing.word == "1"
    assert drawing.canvas == (300, 200)
    assert drawing.extra == {"key_id": "a/1"}
    first, second = drawing.strokes
    assert first.points.dtype == np.float32
    np.testing.assert_array_equal(first.points, [[1, 3], [2.5, 4]])
    np.testing.assert_array_equal(first.times, [0, 20])
    np.testing.assert_array_equal(second.points, [[7, 8]])
    assert second.times is None


def test_a_line_comes_back_as_it_was() -> None:
    assert Drawing.from_json(ONE).to_json() == ONE


def test_what_is_absent_has_its_default() -> None:
    drawing = Drawing.from_json('{"drawing": []}')
    assert drawing.strokes == ()
    assert drawing.canvas == (256, 256)
    assert drawing.word is None
    assert "word" not in json.loads(drawing.to_json())


def test_a_stroke_without_points_is_no_stroke() -> None:
    assert Drawing.from_json('{"drawing": [[[], []]]}').strokes == ()


def test_a_digit_is_taken_for_its_word() -> None:
    assert Drawing.from_json('{"word": 7, "drawing": []}').word == "7"


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("", "not a JSON object"),
        ("nonsense", "not a JSON object"),
        ("[1, 2]", "not a JSON object"),
        ("[" * 100_000, "not a JSON object"),
        ('{"word": "1"}', '"drawing"'),
        ('{"drawing": 3}', "list of strokes"),
        ('{"drawing": [[1, 2]]}', "stroke 1"),
        ('{"drawing": [[[1], [2]], [[1]]]}', "stroke 2"),
        ('{"drawing": [[[1, 2], [3]]]}', "unequal length"),
        ('{"drawing": [[[1, 2], [3, 4], [5]]]}', "unequal length"),
        ('{"drawing": [[["1"], [2]]]}', "not a number"),
        ('{"drawing": [[[true], [2]]]}', "not a number"),
        ('{"drawing": [[[[1]], [[2]]]]}', "not a number"),
        ('{"drawing": [[[NaN], [2]]]}', "not finite"),
        ('{"drawing": [[[1], [Infinity]]]}', "not finite"),
        ('{"drawing": [[[1], [1e300]]]}', "not finite"),
        ('{"drawing": [[[1' + "0" * 400 + "], [1]]]}", "not finite"),
        ('{"drawing": [[[1e7], [1]]]}', "coordinate"),
        ('{"drawing": [], "canvas": [0, 5]}', "canvas"),
        ('{"drawing": [], "canvas": [5]}', "canvas"),
        ('{"drawing": [], "canvas": [1e9, 5]}', "canvas"),
        ('{"drawing": [], "canvas": [NaN, 5]}', "canvas"),
        ('{"drawing": [], "canvas": null}', "canvas"),
        ('{"drawing": [], "word": ["7"]}', "word"),
        (json.dumps({"drawing": [[[0], [0]]] * (MAX_STROKES + 1)}), "strokes"),
        (json.dumps({"drawing": [[[0] * (MAX_POINTS + 1), [0] * (MAX_POINTS + 1)]]}), "points"),
        ('{"drawing": []' + " " * 2**23 + "}", "longer"),
    ],
)
def test_a_bad_line_is_told_in_one_sentence(line: str, says: str) -> None:
    with pytest.raises(DrawingError, match=says) as caught:
        Drawing.from_json(line)
    assert "\n" not in str(caught.value)
    assert len(str(caught.value)) < 200


@given(st.text() | st.recursive(st.none() | st.booleans() | st.floats() | st.text(), st.lists).map(json.dumps))
def test_no_text_makes_more_than_a_drawing_error(line: str) -> None:
    for text in (line, f'{{"drawing": {line}}}', f'{{"drawing": [{line}], "canvas": {line}}}'):
        with contextlib.suppress(DrawingError):
            Drawing.from_json(text)


def test_files_hold_drawings_in_order(tmp_path: Path) -> None:
    path = tmp_path / "some.ndjson"
    some = [Drawing((Stroke(np.array([[i, 1.25]], dtype=np.float32)),), word=str(i)) for i in range(5)]
    write_drawings(path, some)
    back = read_drawings(path)
    assert [drawing.word for drawing in back] == ["0", "1", "2", "3", "4"]
    np.testing.assert_array_equal(back[3].strokes[0].points, [[3, 1.25]])


def test_a_file_may_have_a_byte_order_mark_empty_lines_and_no_last_line_end(tmp_path: Path) -> None:
    path = tmp_path / "some.ndjson"
    path.write_bytes(b"\xef\xbb\xbf" + ONE.encode() + b"\r\n\n" + ONE.encode())
    assert len(read_drawings(path)) == 2


def test_an_empty_file_holds_no_drawings(tmp_path: Path) -> None:
    path = tmp_path / "none.ndjson"
    path.touch()
    assert read_drawings(path) == []


@pytest.mark.parametrize("bad", [b"oops", b'{"drawing": 1}', b"\xff\xfe\x00", b"\x00" * 100])
def test_a_bad_file_is_told_with_its_line(tmp_path: Path, bad: bytes) -> None:
    path = tmp_path / "bad.ndjson"
    path.write_bytes(ONE.encode() + b"\n" + bad + b"\n")
    with pytest.raises(DrawingError, match=r"bad\.ndjson, line 2: "):
        read_drawings(path)


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(DrawingError, match=r"gone\.ndjson cannot be read"):
        read_drawings(tmp_path / "gone.ndjson")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes with names here")
def test_a_pipe_is_refused_and_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.ndjson")
    with pytest.raises(DrawingError, match="no ordinary file"):
        read_drawings(tmp_path / "pipe.ndjson")


def test_a_failed_write_leaves_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "kept.ndjson"
    path.write_text(ONE)

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space"):
        write_drawings(path, [Drawing(())])
    assert path.read_text() == ONE
    assert list(tmp_path.iterdir()) == [path]


def line(**keys: object) -> str:
    return json.dumps({"drawing": [[[1, 2], [3, 4]]], **keys})


@pytest.mark.parametrize(
    ("good", "bad"),
    [
        (line(canvas=[1, 100_000]), line(canvas=[0.5, 10])),
        (line(canvas=[100_000, 1]), line(canvas=[100_001, 10])),
        (line(drawing=[[[1e6], [-1e6]]]), line(drawing=[[[1.1e6], [0]]])),
        (line(drawing=[[[1], [2]]] * 2_000), line(drawing=[[[1], [2]]] * 2_001)),
        (line(drawing=[[[0] * 50_000] * 2] * 2), line(drawing=[[[0] * 50_000] * 2, [[0] * 50_001] * 2])),
        (line(word=9), line(word=10)),
        (line(word=0), line(word=-1)),
    ],
    ids=["narrow", "wide", "far", "strokes", "points", "nine", "zero"],
)
def test_limits(good: str, bad: str) -> None:
    assert Drawing.from_json(good).strokes
    with pytest.raises(DrawingError):
        Drawing.from_json(bad)


def test_a_line_longer_than_any_drawing_is_refused_before_it_is_read() -> None:
    with pytest.raises(DrawingError, match="longer than 8 MB"):
        Drawing.from_json(line() + " " * (8 * 2**20))
    assert Drawing.from_json(line() + " " * (8 * 2**20 - len(line()))).strokes


def test_a_file_that_is_far_too_large_is_refused_unread(tmp_path: Path) -> None:
    path = tmp_path / "large.ndjson"
    with path.open("wb") as file:
        file.truncate(256 * 2**20 + 1)
    with pytest.raises(DrawingError, match="larger than 256 MB"):
        read_drawings(path)


def test_coordinates_are_kept_to_a_hundredth() -> None:
    drawing = Drawing((Stroke(np.array([[1.23456, 2.0], [3.999, 4.5]], np.float32)),))
    assert json.loads(drawing.to_json())["drawing"] == [[[1.23, 4], [2, 4.5]]]
