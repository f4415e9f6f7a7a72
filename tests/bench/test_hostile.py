"""The hostile files: each is refused, and what the measurement calls right is what it should be."""

from pathlib import Path

import pytest

from bench.hostile import answer, files
from model.pictures.photograph import PictureError, load_picture


def test_every_file_is_refused_with_one_sentence(tmp_path: Path) -> None:
    for path in files(tmp_path):
        with pytest.raises(PictureError) as caught:
            load_picture(path)
        assert str(caught.value).count("\n") == 0
        assert path.name in str(caught.value)


def test_a_file_that_is_read_is_no_right_answer(tmp_path: Path) -> None:
    path = tmp_path / "one.ndjson"
    path.write_text('{"drawing": [[[50, 52, 50], [20, 120, 220]]]}')
    assert not answer(path).right
