"""train.py as a person uses it, on a small data set of its own."""

import csv
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

import train
from model.charts.figure import CHARTS, MATRIX, WIDTH
from model.data.datasets import BUNDLED, load_dataset
from model.data.keras_npz import first_images
from model.handwriting.digits import write_digit
from model.network.network import Network
from model.pictures.drawing import write_drawings
from model.training import checkpoint
from model.training.card import card_of
from model.training.options import build_parser, new_job, recorded
from tests.model.training.test_fit import bars

ROOT = Path(__file__).resolve().parent.parent
QUICK = ["--hidden_size", "8", "--epochs", "2", "--batch_size", "50"]


@pytest.fixture
def data(tmp_path: Path) -> list[str]:
    images = bars(400, np.random.default_rng(0))
    path = tmp_path / "mnist.npz"
    np.savez(
        path,
        x_train=images.images[:300],
        y_train=images.labels[:300],
        x_test=images.images[300:],
        y_test=images.labels[300:],
    )
    return ["--data", str(path)]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def refused(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    assert train.main(list(arguments)) == 2
    text = capsys.readouterr().err.strip()
    assert text.startswith("train.py: ")
    assert "\n" not in text
    return text


def test_trains_and_writes_a_new_file_each_time(
    folder: Path, data: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert train.main([*QUICK, *data]) == 0
    assert train.main([*QUICK, *data]) == 0
    assert sorted(p.name for p in folder.glob("*.npz")) == ["dense-8-1.npz", "dense-8-2.npz", "mnist.npz"]
    text = capsys.readouterr().out
    assert "epoch 2/2" in text
    assert "left" in text
    network = Network.load(folder / "dense-8-1.npz")
    assert network.info["command"].startswith("python train.py --hidden_size 8")
    assert network.info["job"]["recipe"]["optimizer"] == "sgd"
    assert 0 <= network.info["test_accuracy"] <= 1
    assert network.info["epochs"] == 2


def test_dashes_and_underscores_mean_the_same(data: list[str]) -> None:
    parse = build_parser().parse_args
    dashes = parse(["--hidden-size", "8", "--batch-size", "5", "--activation-function", "tanh"])
    underscores = parse(["--hidden_size", "8", "--batch_size", "5", "--activation_function", "tanh"])
    assert dashes == underscores
    assert new_job(dashes).activation == "tanh"


def test_the_seed_projects_line_means_plain_training() -> None:
    words = ["--hidden_size", "50", "50", "--batch_size", "32", "--lr", "0.1", "--epochs", "10"]
    job = new_job(build_parser().parse_args(words))
    assert job.hidden_size == (50, 50)
    assert (job.recipe.batch_size, job.recipe.learning_rate, job.recipe.epochs) == (32, 0.1, 10)
    assert (job.recipe.optimizer, job.recipe.warp, job.mixture.handwriting) == ("sgd", None, 0)


def test_the_recorded_command_names_no_files() -> None:
    words = [
        "--network",
        "mlp",
        "--out",
        "my/secret.npz",
        "--epochs",
        "3",
        "--resume",
        "--threads=1",
        "--hidden_size",
        "5",
        "4",
    ]
    assert recorded(words) == "python train.py --network mlp --epochs 3 --hidden_size 5 4"


def test_history_and_plot(folder: Path, data: list[str]) -> None:
    assert train.main([*QUICK, *data, "--history", "h.csv", "--plot", "p.png"]) == 0
    rows = list(csv.DictReader((folder / "h.csv").open()))
    assert [row["epoch"] for row in rows] == ["1", "2"]
    assert float(rows[1]["validation_accuracy"]) <= 1
    with Image.open(folder / "p.png") as picture:
        assert picture.size == (WIDTH, CHARTS + MATRIX)
        colours = picture.convert("RGB").getcolors(100_000)
    assert colours is not None and len(colours) > 5


def test_an_evaluation_draws_the_curves_that_the_network_knows_and_what_it_confuses(
    folder: Path, data: list[str]
) -> None:
    assert train.main([*QUICK, *data, "--out", "n.npz"]) == 0
    assert train.main(["--evaluate", "n.npz", *data, "--plot", "p.png"]) == 0
    network = Network.load(folder / "n.npz")
    del network.info["curves"]
    network.save(folder / "old.npz")
    assert train.main(["--evaluate", "old.npz", *data, "--plot", "old.png"]) == 0
    for name, height in (("p.png", CHARTS + MATRIX), ("old.png", MATRIX)):
        with Image.open(folder / name) as picture:
            assert picture.size == (WIDTH, height)


@pytest.mark.parametrize("evaluated", [False, True])
def test_a_plot_is_a_png(evaluated: bool, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "d.png").mkdir()
    what = ["--evaluate", str(train.WEIGHTS / "dense-16.npz")] if evaluated else QUICK
    for name in ("p.jpg", "p", "d.png"):
        assert "--plot" in refused(capsys, *what, "--plot", name)


def test_an_evaluation_keeps_what_it_confuses_for_the_card_only_where_that_is_asked(
    folder: Path, data: list[str], capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert train.main([*QUICK, *data, "--out", "n.npz"]) == 0
    trained = card_of(folder / "n.npz")
    assert trained.counts is not None and trained.counts.sum() == 25
    assert dict(trained.sources) == {"data": None}
    small = load_dataset(Path(data[1]))
    monkeypatch.setattr("model.data.datasets.load_dataset", lambda *_, **__: small)
    assert train.main(["--evaluate", "n.npz"]) == 0
    assert not (folder / "n.card.json").exists()
    assert train.main(["--evaluate", "n.npz", "--card"]) == 0
    measured = card_of(folder / "n.npz").counts
    assert measured is not None and measured.tolist() == trained.counts.tolist()
    capsys.readouterr()
    assert "--card" in refused(capsys, "--evaluate", "n.npz", "--card", *data)
    assert "--card" in refused(capsys, *QUICK, "--card", *data)


def test_evaluates(folder: Path, data: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    train.main([*QUICK, *data, "--out", "n.npz"])
    capsys.readouterr()
    assert train.main(["--evaluate", "n.npz", "--json", *data]) == 0
    result = json.loads(capsys.readouterr().out)
    assert result["images"] == 100
    assert np.sum(result["confusion"]) == 100
    assert train.main(["--evaluate", "n.npz", *data]) == 0
    assert "Confusion matrix" in capsys.readouterr().out


@pytest.fixture
def odd_data(tmp_path: Path) -> list[str]:
    """Digits that are stored column by column, dark ink on bright paper."""
    digits = first_images(BUNDLED, 300)
    images = 255 - digits.images.transpose(0, 2, 1)
    np.savez(tmp_path / "odd.npz", x_train=images, y_train=digits.labels)
    return ["--data", str(tmp_path / "odd.npz")]


def test_odd_data_is_told_of_and_mended(folder: Path, odd_data: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert train.main([*QUICK, *odd_data, "--out", "n.npz"]) == 0
    out = capsys.readouterr().out
    assert "Note: " in out
    assert "--transpose" in out
    assert "--invert" in out
    assert train.main(["--evaluate", "n.npz", "--json", *odd_data, "--invert"]) == 0
    out, err = capsys.readouterr()
    assert json.loads(out)["images"] == 42
    assert err.count("Note: ") == 1
    assert "--transpose" in err
    mended = [*odd_data, "--transpose", "--invert"]
    assert train.main([*QUICK, *mended, "--out", "m.npz"]) == 0
    assert "Note: " not in capsys.readouterr().out
    job = Network.load(folder / "m.npz").info["job"]
    assert job["transpose"]
    assert job["invert"]
    assert not Network.load(folder / "n.npz").info["job"]["invert"]


@pytest.mark.parametrize(
    "header",
    [
        {},
        {"job": 5},
        {"job": {"recipe": 3}},
        {"job": {"recipe": {"warp": None, "speed": 1}}},
        {"job": {"recipe": {"warp": None}, "hidden_size": None, "mixture": 3}},
        {"history": [{}]},
        {"history": 4},
    ],
    ids=str,
)
def test_a_checkpoint_that_says_something_else_is_refused(
    folder: Path, data: list[str], capsys: pytest.CaptureFixture[str], header: dict[str, object]
) -> None:
    job = new_job(build_parser().parse_args([*QUICK, *data])).as_json()
    checkpoint.save(folder / "n.checkpoint.npz", {**({"job": job} if "history" in header else {}), **header}, {})
    assert len(refused(capsys, "--resume", "n.npz")) < 300


def test_a_checkpoint_without_its_arrays_is_refused(
    folder: Path, data: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    job = new_job(build_parser().parse_args([*QUICK, *data])).as_json()
    checkpoint.save(folder / "n.checkpoint.npz", {"job": job, "history": []}, {})
    assert "not whole" in refused(capsys, "--resume", "n.npz")


def test_never_overwrites_unless_told(folder: Path, data: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    train.main([*QUICK, *data, "--out", "n.npz"])
    before = (folder / "n.npz").read_bytes()
    capsys.readouterr()
    assert "exists" in refused(capsys, *QUICK, *data, "--out", "n.npz")
    assert "ships" in refused(capsys, *QUICK, *data, "--out", str(ROOT / "weights" / "cnn.npz"))
    assert (folder / "n.npz").read_bytes() == before
    assert train.main([*QUICK, *data, "--seed", "3", "--out", "n.npz", "--overwrite"]) == 0
    assert (folder / "n.npz").read_bytes() != before


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["--lr", "-1"], "learning rate"),
        (["--hidden_size", "0"], "at least one unit"),
        (["--hidden_size", "99999999"], "parameters"),
        (["--hidden_size", "5", "--network", "cnn"], "not both"),
        (["--network", "vgg"], "cnn"),
        (["--recipe", "best?"], "recipe"),
        (["--activation_function", "relu"], "goes with"),
        (["--hidden_size", "5", "--activation_function", "step"], "activation"),
        (["--out", "net.txt"], ".npz"),
        (["--out", "no/such/folder/net.npz"], "folder"),
        (["--data", "nowhere"], "nowhere"),
        (["--transpose"], "go with --data"),
        (["--invert"], "go with --data"),
        (["--evaluate", str(ROOT / "weights" / "dense-16.npz"), "--invert"], "go with --data"),
        (["--resume", "none.npz"], "checkpoint"),
        (["--resume"], "which training"),
        (["--evaluate", "none.npz"], "There is no file"),
        (["--threads", "0"], "threads"),
        (["--handwriting", "-5"], "handwriting"),
        (["--warp", "99"], "warp"),
    ],
    ids=lambda v: v if isinstance(v, str) else " ".join(v),
)
def test_bad_input_gets_one_sentence(
    folder: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], says: str
) -> None:
    assert says in refused(capsys, *arguments)


@pytest.mark.parametrize("option", ["--out", "--history", "--plot", "--reliability", "--worst"])
def test_no_option_makes_the_folder_of_its_output(
    option: str, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = folder / "none" / ("n.npz" if option == "--out" else "n.png")
    evaluated = ["--evaluate", str(train.WEIGHTS / "dense-16.npz")] if option in ("--reliability", "--worst") else []
    assert (
        refused(capsys, option, str(file), *evaluated) == f"train.py: There is no folder {file.parent}; make it first."
    )
    assert not file.parent.exists()


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["--epochs", "x"], "--epochs must be a whole number, not 'x'"),
        (["--epochs", "1.5"], "--epochs must be a whole number, not '1.5'"),
        (["--lr", "x"], "--lr must be a number, not 'x'"),
        (["--epochs"], "--epochs expected one argument"),
        (["--nonsense"], "unrecognized arguments: --nonsense"),
    ],
)
def test_what_is_no_option_or_number_gets_one_sentence(
    arguments: list[str], sentence: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        train.main(arguments)
    assert ended.value.code == 2
    assert capsys.readouterr().err == f"train.py: {sentence}; --help lists the options.\n"


def test_a_loss_that_is_no_number_is_explained(
    folder: Path, data: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    words = ["--hidden_size", "99", "99", "99", "--activation_function", "leaky_relu", "--lr", "100", *data]
    words += ["--optimizer", "momentum", "--momentum", "0.99"]
    assert "learning rate" in refused(capsys, *words)


def start(folder: Path, *arguments: str) -> subprocess.Popen[bytes]:
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    command = [sys.executable, str(ROOT / "train.py"), *arguments]
    return subprocess.Popen(command, cwd=folder, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE)


def wait_for(path: Path, process: subprocess.Popen[bytes]) -> None:
    while not path.exists():
        assert process.poll() is None, process.stderr and process.stderr.read()
        time.sleep(0.02)


LONG = ["--hidden_size", "8", "--epochs", "400", "--averaging", "0.9"]


def test_a_killed_training_goes_on_to_the_same_end(
    folder: Path, data: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    words = [*QUICK[:2], "--epochs", "60", "--averaging", "0.9", *data]
    assert train.main([*words, "--out", "unbroken.npz"]) == 0
    process = start(folder, *words, "--out", "broken.npz")
    wait_for(folder / "broken.checkpoint.npz", process)
    process.kill()
    process.communicate()
    if not (folder / "broken.npz").exists():  # a quick machine may be done before the kill
        assert "other options" in refused(capsys, "--resume", "broken.npz", "--lr", "0.5")
        assert train.main(["--resume", "broken.npz"]) == 0
    one, two = Network.load(folder / "unbroken.npz"), Network.load(folder / "broken.npz")
    np.testing.assert_array_equal(one.vector, two.vector)
    assert not (folder / "broken.checkpoint.npz").exists()


@pytest.mark.skipif(sys.platform == "win32", reason="Windows sends Ctrl+C to the whole console")
def test_ctrl_c_keeps_the_best_so_far(folder: Path, data: list[str]) -> None:
    process = start(folder, *LONG, "--epochs", "100000", *data, "--out", "n.npz")
    wait_for(folder / "n.checkpoint.npz", process)
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=60)
    assert process.returncode == train.STOPPED
    assert b"Stopped" in out
    assert b"Traceback" not in err
    network = Network.load(folder / "n.npz")
    assert 1 <= network.info["epochs"] < 100_000


@pytest.fixture
def drawings(folder: Path) -> list[str]:
    rng = np.random.default_rng(0)
    write_drawings(folder / "mine.ndjson", [write_digit(digit, rng) for digit in (1, 1, 7)])
    return ["--drawings", str(folder / "mine.ndjson")]


def test_drawings_are_taught_to_a_network(
    folder: Path, data: list[str], drawings: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert train.main([*QUICK, *data, "--out", "old.npz"]) == 0
    old = Network.load(folder / "old.npz")
    lesson = [*drawings, "--from", "old.npz", "--epochs", "1", *data, "--plot", "p.png", "--history", "h.csv"]
    assert train.main(lesson) == 0
    new = Network.load(folder / "old-taught-1.npz")
    assert new.info["drawings"] == 3
    assert new.info["command"].startswith("python train.py --drawings")
    assert not np.array_equal(new.vector, old.vector)
    text = capsys.readouterr().out
    assert "before: " in text
    assert "now: " in text
    assert len((folder / "h.csv").read_text(encoding="utf-8").splitlines()) == 2  # the names, and the epoch
    with Image.open(folder / "p.png") as picture:
        assert picture.size == (WIDTH, CHARTS + MATRIX)


def test_a_network_is_measured_on_drawings(
    folder: Path, drawings: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    evaluated = ["--evaluate", str(train.WEIGHTS / "dense-16.npz")]
    assert train.main([*evaluated, *drawings, "--json"]) == 0
    result = json.loads(capsys.readouterr().out)
    assert result["images"] == 3
    assert [sum(row) for row in result["confusion"]] == [0, 2, 0, 0, 0, 0, 0, 1, 0, 0]
    assert train.main([*evaluated, *drawings]) == 0
    assert "of 3 test pictures read right" in capsys.readouterr().out
    assert "leave one of them out" in refused(capsys, *evaluated, *drawings, "--data", "x.npz")
    write_drawings(folder / "none.ndjson", [])
    assert "no drawing whose word is a digit" in refused(capsys, *evaluated, "--drawings", str(folder / "none.ndjson"))


def test_drawings_that_teach_nothing_are_refused(
    folder: Path, data: list[str], drawings: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert train.main([*QUICK, *data, "--out", "old.npz"]) == 0
    capsys.readouterr()
    (folder / "none.ndjson").write_text("")
    refused(capsys, "--drawings", "none.ndjson", "--from", "old.npz", *data)
    refused(capsys, *drawings, "--from", "nowhere.npz", *data)
    refused(capsys, *drawings, "--from", "old.npz", "--length", "endless", *data)
    refused(capsys, "--from", "old.npz", *data)
