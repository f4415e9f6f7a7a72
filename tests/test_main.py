"""The command line as people and scripts use it: what it prints, in which order, and how it refuses."""

import json
import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

import main
from app.store import learned
from model.handwriting.digits import write_digit
from model.network.layers import Dense, Flatten
from model.network.network import Network
from model.pictures.drawing import Drawing, Stroke, write_drawings
from model.reading.reader import Reader
from tests.app.learners import form_of, loaded

ROOT = Path(main.__file__).parent
ONE = Drawing((Stroke(np.array([(50, 20), (52, 120), (50, 220)], np.float32)),))
NOTHING = Drawing(())


@pytest.fixture
def network(tmp_path: Path, rng: np.random.Generator) -> Path:
    path = tmp_path / "own.npz"
    Network([Flatten(), Dense(10)], rng=rng).save(path)
    return path


@pytest.fixture
def drawings(tmp_path: Path) -> Path:
    path = tmp_path / "drawings.ndjson"
    write_drawings(path, [ONE, NOTHING, ONE])
    return path


@pytest.fixture
def picture(tmp_path: Path) -> Path:
    path = tmp_path / "one.png"
    pixels = np.full((90, 60), 255, np.uint8)
    pixels[20:70, 26:32] = 0
    Image.fromarray(pixels).save(path)
    return path


def run(*arguments: object) -> int:
    return main.main([str(argument) for argument in arguments])


def test_json_has_one_line_for_each_picture_and_drawing_in_order(
    network: Path, drawings: Path, picture: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("read", drawings, picture, "--json", "--network", network) == 0
    records = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [record["source"] for record in records] == [f"{drawings}:{n}" for n in (1, 2, 3)] + [str(picture)]
    assert [record["digit"] is None for record in records] == [False, True, False, False]
    for record in records:
        assert list(record) == [
            "source",
            "digit",
            "sure",
            "confidence",
            "probabilities",
            "number",
            "digits",
            "left_out",
        ]
        assert len(record["probabilities"]) == 10
        assert sum(record["probabilities"]) == pytest.approx(1, abs=1e-4)
    assert records[0]["digit"] == int(np.argmax(records[0]["probabilities"]))


def test_text_for_people(network: Path, drawings: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("read", drawings, "--network", network) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[1] == f"{drawings}:2: nothing is drawn"
    assert "%" in lines[0]


def test_drawings_are_known_by_what_they_hold(
    network: Path, drawings: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("read", drawings.rename(drawings.with_suffix(".txt")), "--json", "--network", network) == 0
    assert len(capsys.readouterr().out.splitlines()) == 3


def test_a_bad_file_is_told_of_and_the_others_are_read(
    network: Path, picture: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("read", tmp_path / "nowhere.png", picture, "--json", "--network", network) == 2
    out, err = capsys.readouterr()
    assert json.loads(out)["source"] == str(picture)
    assert err.count("\n") == 1
    assert err.startswith("digitpad: ")


@pytest.mark.parametrize("text", ["{", '{"drawing": 3}', "[]", "\0\0"])
def test_bad_drawings_get_one_sentence(
    network: Path, tmp_path: Path, text: str, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "bad.ndjson"
    path.write_text(text)
    assert run("read", path, "--network", network) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert err.count("\n") == 1


@pytest.mark.parametrize("body", [None, b"", b"PK\3\4 no network"])
def test_a_missing_or_broken_network_gets_one_sentence(
    picture: Path, tmp_path: Path, body: bytes | None, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "broken.npz"
    if body is not None:
        path.write_bytes(body)
    assert run("read", picture, "--network", path) == 2
    err = capsys.readouterr().err
    assert err.count("\n") == 1
    assert "broken.npz" in err


@pytest.mark.parametrize(
    "arguments",
    [
        ["read"],
        ["sample", "--count", "0"],
        ["sample", "--seed", "-1"],
        ["--size", "1180"],
        ["--size", "1x1"],
        ["paint"],
        ["--theme", "pink"],
    ],
)
def test_wrong_arguments_end_with_status_2(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main.main(arguments)
    assert ended.value.code == 2
    assert "error" in capsys.readouterr().err


def test_sample_repeats_with_its_seed(network: Path, capsys: pytest.CaptureFixture[str]) -> None:
    shown = []
    for seed in (5, 5, 6):
        assert run("sample", "--count", 2, "--seed", seed, "--network", network) == 0
        shown.append(capsys.readouterr().out)
    assert shown[0] == shown[1] != shown[2]
    assert shown[0].count("<- label") == 2
    assert shown[0].count("%\n") + shown[0].count(" % ") == 20
    assert shown[0].isascii()


def test_the_default_network_reads_a_drawn_one(drawings: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("read", drawings, "--json") == 0
    assert [json.loads(line)["digit"] for line in capsys.readouterr().out.splitlines()] == [1, None, 1]


def test_a_picture_of_the_program(drawings: Path, network: Path, tmp_path: Path) -> None:
    out = tmp_path / "screen.png"
    assert run("--screenshot", out, "--size", "800x600", "--drawing", drawings, "--network", network) == 0
    with Image.open(out) as screen:
        assert screen.size == (800, 600)
        assert len(screen.convert("RGB").getcolors(480_000) or []) > 50


@pytest.mark.parametrize("out", ["own.npz/screen.png", "screen.jpg"])
def test_a_picture_of_the_program_that_cannot_be_saved(
    tmp_path: Path, out: str, network: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("--screenshot", tmp_path / out, "--network", network) == 2
    assert capsys.readouterr().err.count("\n") == 1


def test_without_a_screen_there_is_one_sentence(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("SDL_VIDEODRIVER", "none of these")
    assert run() == 2
    assert "no screen" in capsys.readouterr().err


def start(*arguments: object, folder: Path) -> subprocess.Popen[str]:
    command = [sys.executable, str(ROOT / "main.py"), *map(str, arguments)]
    return subprocess.Popen(command, cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def test_it_runs_from_any_folder_and_without_pygame(network: Path, drawings: Path, tmp_path: Path) -> None:
    out, err = start("read", drawings.name, "--json", "--network", network.name, folder=tmp_path).communicate()
    assert len(out.splitlines()) == 3
    assert err == ""


@pytest.mark.parametrize("encoding", ["ascii", "cp1252", "utf-8"])
def test_a_console_that_knows_few_letters_is_no_hindrance(network: Path, tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "für ☃.ndjson"
    write_drawings(path, [ONE])
    environment = os.environ | {"PYTHONIOENCODING": encoding}
    command = [sys.executable, str(ROOT / "main.py"), "read", path.name, "--network", str(network)]
    done = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, check=True)
    assert done.stderr == b""
    assert "für ☃".encode(encoding, "backslashreplace") in done.stdout


@pytest.mark.skipif(os.name == "nt", reason="a POSIX shell closes the output")
@pytest.mark.parametrize(("output", "status"), [(">&-", 0), (">/dev/full", 2)])
def test_an_output_that_is_closed_or_full_makes_no_traceback(
    network: Path, drawings: Path, output: str, status: int
) -> None:
    if output.endswith("full") and not Path("/dev/full").exists():
        pytest.skip("no /dev/full here")
    line = f'"{sys.executable}" "{ROOT / "main.py"}" read "{drawings}" --network "{network}" {output}'
    done = subprocess.run(["sh", "-c", line], capture_output=True, text=True, check=False)
    assert done.returncode == status
    assert done.stderr.count("\n") == status // 2


@pytest.mark.skipif(os.name == "nt", reason="pipes break in another way on Windows")
def test_an_evaluation_whose_reader_left_is_no_error(network: Path) -> None:
    line = f'"{sys.executable}" "{ROOT / "train.py"}" --evaluate "{network}" | true'
    done = subprocess.run(["sh", "-c", line], capture_output=True, text=True, check=True)
    assert done.stderr == ""


@pytest.mark.skipif(os.name == "nt", reason="pipes break in another way on Windows")
def test_a_reader_that_has_seen_enough_is_no_error(network: Path, tmp_path: Path) -> None:
    path = tmp_path / "many.ndjson"
    write_drawings(path, [NOTHING] * 3000)
    process = start("read", path, "--json", "--network", network, folder=tmp_path)
    assert process.stdout is not None
    assert process.stderr is not None
    process.stdout.readline()
    process.stdout.close()
    assert process.wait() == 0
    assert process.stderr.read() == ""
    process.stderr.close()


def test_the_collection_is_exported_to_a_new_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from app.store.collection import Collection

    monkeypatch.setenv("DIGITPAD_DATA", str(tmp_path / "data"))
    out = tmp_path / "mine.ndjson"
    assert main.main(["collection", "export", str(out)]) == 2
    assert "no labelled drawings" in capsys.readouterr().err
    Collection().add(write_digit(3, np.random.default_rng(0)), 3)
    assert main.main(["collection", "export", str(out)]) == 0
    assert len(out.read_text().splitlines()) == 1
    assert main.main(["collection", "export", str(out)]) == 2
    assert "exists" in capsys.readouterr().err


def test_a_number_in_json_and_in_words(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    down, right = np.array([(0, 0), (0, 100)], np.float32), np.array([60, 0], np.float32)
    path = tmp_path / "eleven.ndjson"
    write_drawings(path, [Drawing((Stroke(down + right), Stroke(down)))])
    assert run("read", path, "--json") == 0
    record = json.loads(capsys.readouterr().out)
    assert record["number"] == "11"
    assert [digit["box"] for digit in record["digits"]] == [[0, 0, 0, 100], [60, 0, 0, 100]]
    assert all(len(digit["probabilities"]) == 10 and digit["digit"] == 1 for digit in record["digits"])
    assert run("read", path) == 0
    assert ": 11 (" in capsys.readouterr().out


def test_explain_takes_one_image(
    network: Path, picture: Path, drawings: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "steps.png"
    assert run("read", picture, "--explain", out, "--network", network) == 0
    assert out.stat().st_size > 1000
    for files in ([picture, picture], [drawings]):
        assert run("read", *files, "--explain", out, "--network", network) == 2
        assert capsys.readouterr().err.count("\n") == 1


def test_no_command_makes_the_folder_of_its_output(
    picture: Path, drawings: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "none"
    for command in (
        ("--screenshot", folder / "screen.png"),
        ("read", picture, "--explain", folder / "steps.png"),
        ("read", drawings, "--animate", folder / "steps.gif"),
        ("collection", "export", folder / "mine.ndjson"),
        ("tally", "export", folder / "tally.csv"),
        ("network", "export", folder / "small.npz"),
    ):
        assert run(*command) == 2
        assert capsys.readouterr().err == f"digitpad: there is no folder {folder}; make it first.\n"
        assert not folder.exists()


@pytest.mark.parametrize("form", ["html", "onnx", "npz"])
def test_a_network_is_exported_in_the_form_that_the_name_says(
    form: str, network: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    if form == "onnx":
        pytest.importorskip("onnx", reason="the package onnx is not installed")
    out = tmp_path / f"out.{form}"
    assert run("network", "export", out, "--network", network) == 0
    assert capsys.readouterr().out == f"own written to {out}.\n"
    starts = {"html": b"<!doctype html>", "npz": b"PK", "onnx": b"\x08"}
    assert out.read_bytes().startswith(starts[form])
    assert run("network", "export", out, "--network", network) == 2
    assert "exists" in capsys.readouterr().err


def test_a_network_of_8_bits_is_exported(network: Path, tmp_path: Path) -> None:
    assert run("network", "export", tmp_path / "small.npz", "--network", network, "--bits", 8) == 0
    assert (tmp_path / "small.npz").stat().st_size < 0.5 * network.stat().st_size
    assert Network.load(tmp_path / "small.npz").parameter_count == Network.load(network).parameter_count


@pytest.mark.parametrize("rest", [["out.npz"], ["out.npz", "--bits", "8"], ["out.html"], ["out.onnx"]])
def test_what_a_network_learned_at_once_is_exported_with_it_where_that_is_asked_for(
    rest: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    if rest[0].endswith("onnx"):
        pytest.importorskip("onnx", reason="the package onnx is not installed")
    monkeypatch.setenv("DIGITPAD_DATA", str(tmp_path / "data"))
    base = loaded(tmp_path / "own.npz")
    out = tmp_path / rest[0]
    arguments = ["network", "export", out, *rest[1:], "--network", base.path]
    assert run(*arguments, "--learned") == 2
    assert "has learned nothing at once" in capsys.readouterr().err
    drawing = write_digit(7, np.random.default_rng(0))
    learned.save(base, [form_of(base.network, drawing)])
    assert run(*arguments) == 0
    assert "(1) is not in it; --learned adds that" in capsys.readouterr().out
    plain = out.read_bytes()
    out.unlink()
    assert run(*arguments, "--learned") == 0
    assert "(1) is in it" in capsys.readouterr().out
    assert out.read_bytes() != plain
    if out.suffix == ".npz":
        (reading,) = Reader(Network.load(out)).read_drawings([drawing])
        assert reading.digit == 7
    out.unlink()
    learned.file_of(base).write_bytes(b"PK nonsense")
    assert run(*arguments, "--learned") == 2
    assert "cannot be read" in capsys.readouterr().err
    assert not out.exists()
    assert run(*arguments) == 0


@pytest.mark.parametrize("arguments", [["out.txt"], ["out"], ["out.html", "--bits", "8"]])
def test_an_export_that_cannot_be_is_refused(
    arguments: list[str], network: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out, *rest = arguments
    assert run("network", "export", tmp_path / out, *rest, "--network", network) == 2
    assert capsys.readouterr().err.count("\n") == 1
    assert not (tmp_path / out).exists()


def test_without_the_package_onnx_there_is_one_sentence(
    network: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setitem(sys.modules, "onnx", None)
    monkeypatch.delitem(sys.modules, "model.exchange.onnx_file", raising=False)
    assert run("network", "export", tmp_path / "out.onnx", "--network", network) == 2
    assert "pip install onnx" in capsys.readouterr().err


def test_arrays_of_another_library_become_a_network(
    network: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from model.data.datasets import Dataset, load_dataset

    whole = load_dataset()
    few = Dataset(whole.train[:1], whole.validation[:1], whole.test[:50])
    monkeypatch.setattr("model.data.datasets.load_dataset", lambda: few)
    given = Network.load(network).arrays()
    np.savez(tmp_path / "arrays.npz", given["1.weight"].T, given["1.bias"])
    out = tmp_path / "taken.npz"
    assert run("network", "import", tmp_path / "arrays.npz", out, "--of", "pytorch", "--like", network) == 0
    np.testing.assert_array_equal(Network.load(out).vector, Network.load(network).vector)
    accuracy = float((Network.load(out).predict(few.test.scaled()) == few.test.labels).mean())
    assert "% of MNIST's test pictures" in capsys.readouterr().out
    assert Network.load(out).info["test_accuracy"] == pytest.approx(accuracy, abs=0.1)
    for arguments in (
        [tmp_path / "arrays.npz", out, "--of", "pytorch", "--like", network],  # is there already
        [tmp_path / "arrays.npz", tmp_path / "x.txt", "--of", "pytorch", "--like", network],
        [tmp_path / "arrays.npz", tmp_path / "x.npz", "--of", "keras", "--like", network],
        [tmp_path / "nowhere.npz", tmp_path / "x.npz", "--of", "keras", "--like", network],
        [tmp_path / "arrays.npz", tmp_path / "x.npz", "--of", "keras", "--like", "nothing"],
    ):
        assert run("network", "import", *arguments) == 2
        assert capsys.readouterr().err.count("\n") == 1
    assert not (tmp_path / "x.npz").exists()


def test_a_drawing_is_animated(network: Path, drawings: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.webp"
    assert run("read", drawings, "--animate", out, "--network", network) == 0
    with Image.open(out) as image:
        assert image.format == "WEBP"


def test_only_one_file_of_drawings_is_animated(
    network: Path, drawings: Path, picture: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    empty = tmp_path / "empty.ndjson"
    empty.write_text("")
    for files in ([drawings, drawings], [picture], [empty]):
        assert run("read", *files, "--animate", tmp_path / "out.webp", "--network", network) == 2
        assert capsys.readouterr().err.count("\n") == 1
    assert run("read", drawings, "--animate", tmp_path / "out.mp4", "--network", network) == 2
    assert not list(tmp_path.glob("out*"))


def test_a_class_and_an_event_at_once_are_refused(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("--class", "--event") == 2
    assert "one of them" in capsys.readouterr().err


def test_collections_are_merged_and_nothing_is_overwritten(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DIGITPAD_DATA", str(tmp_path / "data"))
    one, other, out = tmp_path / "one.ndjson", tmp_path / "other.ndjson", tmp_path / "out.ndjson"
    write_drawings(one, [Drawing(ONE.strokes, word="1", extra={"writer": 1})])
    other.write_bytes(one.read_bytes() + b"{\n" * 9)
    assert run("collection", "merge", out, one, other) == 0
    printed, err = capsys.readouterr()
    assert printed == f"1 drawing by 1 writer written to {out} (1 copy left out).\n"
    assert "line 2 is left out" in err and "4 more lines are left out" in err
    assert run("collection", "merge", out, one) == 2
    assert "--force" in capsys.readouterr().err
    assert run("collection", "merge", out, one, "--force") == 0
    other.write_text("{\n")
    assert run("collection", "merge", tmp_path / "none.ndjson", other) == 2
    assert "nothing was written" in capsys.readouterr().err
    assert run("collection", "merge", tmp_path / "data" / "collection.ndjson", one, "--force") == 2
    assert run("collection", "merge", tmp_path / "nowhere" / "out.ndjson", one) == 2
    assert run("collection", "merge", out, tmp_path / "gone.ndjson", "--force") == 2


def test_a_chart_of_a_class(network: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path, out = tmp_path / "class.ndjson", tmp_path / "chart.png"
    write_drawings(path, [write_digit(7, np.random.default_rng(n)) for n in range(4)])
    assert run("collection", "chart", out, path, "--network", network) == 0
    assert "of 4 digits misread." in capsys.readouterr().out
    assert Image.open(out).format == "PNG"
    assert run("collection", "chart", out, path, "--network", network) == 2
    assert run("collection", "chart", tmp_path / "chart.jpg", path, "--network", network) == 2
    write_drawings(path, [ONE])
    assert run("collection", "chart", tmp_path / "other.png", path, "--network", network) == 2
    assert "no drawing whose word is a digit" in capsys.readouterr().err
