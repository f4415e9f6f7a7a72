"""What people are told of bad input: one sentence of at most 280 characters, whatever a file holds."""

import contextlib
import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import main
import train
from model.data.datasets import load_dataset
from model.errors import InputError, UsageError, quoted, reason_of, sentence_of, shortened
from model.network import Network
from model.network.storage import describe
from model.pictures.drawing import read_drawings
from model.pictures.photograph import load_photograph
from model.training import checkpoint
from tests.imports import modules

READERS: dict[str, Callable[[Path], object]] = {
    "network": Network.load,
    "description": describe,
    "checkpoint": checkpoint.load,
    "dataset": load_dataset,
    "drawings": read_drawings,
    "photograph": load_photograph,
}
MEMBERS = ("header", "x_train", "y_train", "0.weight")  # of networks, checkpoints and data sets
NPY = b"\x93NUMPY\x01\x00"
SETTINGS = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def npz(*members: bytes) -> bytes:
    """An archive with these members, as many as there are, under the names that readers ask for."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name, body in zip(MEMBERS, members, strict=False):
            archive.writestr(f"{name}.npy", body)
    return file.getvalue()


def npy(text: str) -> bytes:
    """An npy file that holds one text."""
    file = io.BytesIO()
    np.lib.format.write_array(file, np.array(text))
    return file.getvalue()


def check(read: Callable[[Path], object], path: Path) -> None:
    """Read the file; whatever is refused is refused in one short sentence."""
    with contextlib.suppress(InputError):
        try:
            read(path)
        except InputError as error:
            assert_short(str(error))
            raise


def assert_short(text: str) -> None:
    assert 10 < len(text) <= 280
    assert text.isprintable()


@SETTINGS
@given(body=st.binary(max_size=400))
@pytest.mark.parametrize("reader", READERS)
def test_any_bytes_are_read_or_refused_in_one_sentence(tmp_path: Path, reader: str, body: bytes) -> None:
    path = tmp_path / "file"
    path.write_bytes(body)
    check(READERS[reader], path)


@SETTINGS
@given(members=st.lists(st.binary(max_size=200) | st.binary(max_size=200).map(lambda b: NPY + b), max_size=4))
@pytest.mark.parametrize("reader", ["network", "description", "checkpoint", "dataset"])
def test_archives_of_any_bytes_too(tmp_path: Path, reader: str, members: list[bytes]) -> None:
    path = tmp_path / "file.npz"
    path.write_bytes(npz(*members))
    check(READERS[reader], path)


@SETTINGS
@given(text=st.text(max_size=300) | st.text(max_size=80).map(lambda t: '{"format": 1, "layers": ["' + t))
@pytest.mark.parametrize("reader", ["network", "description", "checkpoint"])
def test_headers_of_any_text_too(tmp_path: Path, reader: str, text: str) -> None:
    path = tmp_path / "file.npz"
    path.write_bytes(npz(npy(text)))
    check(READERS[reader], path)


LONG = "\n" + "x" * 60_000
HEADER = NPY + (60_001).to_bytes(2, "little") + LONG.encode()  # no Python text: NumPy quotes it as a whole
HUGE: dict[str, tuple[bytes, str]] = {
    "npy header": (npz(HEADER, HEADER, HEADER), "npz"),
    "format": (npz(npy('{"format": "' + "x" * 70_000 + '", "layers": []}')), "npz"),
    "layer": (npz(npy('{"format": 2, "layers": [{"layer": "' + "x" * 70_000 + '"}]}')), "npz"),
    "setting": (npz(npy('{"format": 2, "layers": [{"layer": "Dense", "' + "x" * 70_000 + '": 1}]}')), "npz"),
    "cell": (b"1" + b",0" * 783 + b"," + b"x" * 70_000, "csv"),
    "drawing": (b'{"drawing": "' + b"x" * 70_000 + b'"}', "ndjson"),
}


@pytest.mark.parametrize("fault", HUGE)
@pytest.mark.parametrize("reader", READERS)
def test_what_a_file_holds_is_not_quoted_at_length(tmp_path: Path, reader: str, fault: str) -> None:
    body, ending = HUGE[fault]
    path = tmp_path / f"file.{ending}"
    path.write_bytes(body)
    with pytest.raises(InputError) as caught:
        READERS[reader](path)
    assert_short(str(caught.value))


@pytest.mark.parametrize("fault", [fault for fault, (_, ending) in HUGE.items() if ending == "npz"])
def test_the_command_lines_print_one_short_sentence(
    tmp_path: Path, fault: str, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "file.npz"
    path.write_bytes(HUGE[fault][0])
    (tmp_path / "file.checkpoint.npz").write_bytes(HUGE[fault][0])
    for program, *arguments in (
        (main, "read", "one.png", "--network", path),
        (train, "--evaluate", path),
        (train, "--data", path),
        (train, "--resume", path),
    ):
        assert program.main([str(argument) for argument in arguments]) == 2
        text = capsys.readouterr().err
        assert text.count("\n") == 1
        assert len(text) <= 300


@pytest.mark.parametrize("name", ["x" * 200, "two\nlines", "bell\a", "\udcff"])
def test_odd_names_are_told_on_one_line(tmp_path: Path, name: str) -> None:
    for read in READERS.values():
        with pytest.raises(InputError) as caught:
            read(tmp_path / name / "nowhere.npz")
        assert_short(str(caught.value))


def test_a_long_sentence_keeps_its_beginning_and_its_end() -> None:
    text = str(InputError("begin " + "middle " * 100 + "end."))
    assert len(text) == 280
    assert text.startswith("begin middle")
    assert " … " in text
    assert text.endswith("middle end.")
    assert issubclass(UsageError, InputError)


@pytest.mark.parametrize(
    ("text", "most", "shown"),
    [
        ("short", 9, "short"),
        ("exactly 9", 9, "exactly 9"),
        ("one too ma", 9, "one … ma"),
        (" blanks \t and\n\nlines ", 40, "blanks and lines"),
        ("bell\a and \x1b", 40, r"bell\x07 and \x1b"),
        ("", 9, ""),
    ],
)
def test_shortened(text: str, most: int, shown: str) -> None:
    assert shortened(text, most) == shown


@given(text=st.text(), most=st.integers(8, 60))
def test_shortened_is_one_line_no_longer_than_allowed(text: str, most: int) -> None:
    shown = shortened(text, most)
    assert len(shown) <= most
    assert shown.isprintable()
    assert shortened(shown, most) == shown


def test_texts_of_any_size_take_no_time() -> None:
    text = shortened("a " * 5_000_000 + "end", 50)
    assert text.startswith("a a")
    assert text.endswith("a end")
    assert shortened("first " * 100 + "middle" + " last" * 100, 50).startswith("first first")
    assert len(shortened("x" * 10**6, 50)) == 50
    assert shortened("x" * 150 + "y" * 60 + "z" * 150, 50) == "x" * 32 + " … " + "z" * 15


def test_quotes_are_shorter_than_sentences_and_have_no_full_stop() -> None:
    assert quoted(ValueError("It is\nwrong.")) == "It is wrong"
    assert len(quoted("x" * 1000)) == 80


@pytest.mark.parametrize(
    ("error", "sentence"),
    [
        (ValueError("it is wrong"), "it is wrong."),
        (ValueError("It is wrong."), "It is wrong."),
        (OSError(28, "No space left on device"), "No space left on device."),
        (OSError(2, "No such file", "a.npz"), "a.npz: No such file."),
        (OSError("a cable is missing"), "a cable is missing."),
        (KeyError(), "KeyError."),
        (ValueError("x" * 1000), None),
    ],
)
def test_any_exception_becomes_a_sentence(error: Exception, sentence: str | None) -> None:
    text = sentence_of(error)
    assert text == sentence if sentence is not None else len(text) == 280
    assert text.endswith(".")


@pytest.mark.parametrize(
    ("error", "reason"),
    [
        (OSError(2, "No such file", "a.npz"), "No such file"),
        (OSError(13, "The process cannot access the file.", "a.npz"), "The process cannot access the file"),
        (OSError(5, "two\nlines"), "two lines"),
        (OSError("a cable is missing."), "a cable is missing"),
        (OSError(), "OSError"),
        (PermissionError(13, ""), "[Errno 13]"),
        (ValueError("It is wrong."), "It is wrong"),
        (RuntimeError(), "RuntimeError"),
    ],
)
def test_a_reason_stands_within_a_sentence(error: Exception, reason: str) -> None:
    assert reason_of(error) == reason


def test_reasons_are_short() -> None:
    assert len(reason_of(OSError(5, "x" * 1000))) == 80
    assert len(reason_of(ValueError("x" * 1000))) == 280


def test_only_one_place_asks_a_system_error_for_its_reason() -> None:
    asking = {module for module, path in modules().items() if "error.strerror" in path.read_text(encoding="utf-8")}
    assert asking == {"model.errors"}
