"""The doors of the library, in a fresh interpreter each: what they import, and that BLAS is held to one thread."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
DOORS = [
    "from model.network import Network",
    "from model.reading import Reader",
    "from model.pictures import load_picture",
    "import model.data.datasets",
    "import train",
    "import main",
]
THREADS = ("OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "OMP_NUM_THREADS", "VECLIB_MAXIMUM_THREADS", "BLIS_NUM_THREADS")
SHOW = "import os; print(*(os.environ.get(name) for name in {names!r}))"


def python(program: str, **environment: str) -> str:
    """What a program prints, in an environment that says nothing of threads but what is given."""
    kept = {name: value for name, value in os.environ.items() if name not in THREADS}
    command = [sys.executable, "-c", program]
    done = subprocess.run(command, cwd=ROOT, env=kept | environment, capture_output=True, text=True, check=True)
    return done.stdout


@pytest.mark.parametrize("door", DOORS)
def test_every_door_holds_blas_to_one_thread(door: str) -> None:
    assert python(f"{door}; {SHOW.format(names=THREADS)}").split() == ["1"] * len(THREADS)


def test_threads_that_somebody_asked_for_stay() -> None:
    shown = python(f"{DOORS[0]}; {SHOW.format(names=THREADS[:2])}", OPENBLAS_NUM_THREADS="3")
    assert shown.split() == ["3", "1"]


def test_after_numpy_nothing_is_pretended() -> None:
    assert python(f"import numpy; {DOORS[0]}; {SHOW.format(names=THREADS[:1])}").split() == ["None"]


def test_a_picture_is_read_through_the_doors() -> None:
    program = """
import numpy as np
from pathlib import Path
from tempfile import TemporaryDirectory
from PIL import Image
from model.network import Network
from model.pictures import load_picture
from model.reading import Reader
paper = np.full((90, 60), 255, np.uint8)
paper[20:70, 26:32] = 0
with TemporaryDirectory() as folder:
    Image.fromarray(paper).save(Path(folder) / "one.png")
    print(Reader(Network.load("weights/cnn.npz")).read_picture(load_picture(Path(folder) / "one.png")).digit)
"""
    assert python(program).strip() == "1"


@pytest.mark.parametrize("module", ["main", "train"])
@pytest.mark.parametrize("option", ["--help"])
def test_help_comes_without_numpy(module: str, option: str) -> None:
    program = f"""
import sys
import {module}
try:
    {module}.main([{option!r}])
except SystemExit as ended:
    print("status", ended.code)
print("imported", sorted({{"numpy", "pygame", "PIL"}} & set(sys.modules)))
"""
    shown = python(program)
    assert "status 0" in shown
    assert "imported []" in shown
