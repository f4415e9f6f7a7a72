"""How files are answered that are no pictures, are damaged, or would fill the memory.

    python -m bench.hostile [--json]
    python -m bench.hostile --count N [--seed K] [--keep FOLDER]

Each file is given to `main.py read` in a process of its own: it must end with status 2 and one sentence, and no memory
but what a picture needs. The peak of memory is known on Linux only.

With --count it reads N sound files of which bytes and values were changed at random (bench/mutations.py), all in one
process: each must be read, or answered with one sentence of at most 300 characters, within a few seconds.
"""

import argparse
import io
import json
import os
import struct
import subprocess
import sys
import tempfile
import time
import zlib
from collections.abc import Iterator
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import asdict, dataclass
from pathlib import Path

from model.cores import hold_blas_to_one_thread

hold_blas_to_one_thread()

import numpy as np
from PIL import Image

import main as program
from bench.mutations import mutated, sound_files, write
from model.console import exit_with
from model.network.layers import Dense, Flatten
from model.network.network import Network

ROOT = Path(__file__).parents[1]
WRONG = 2
LONGEST = 300  # characters of an answer
SLOW = 10.0  # seconds of processor time, which no small file may take
FORMS = ("PNG", "JPEG", "GIF", "BMP", "TIFF", "WEBP", "PPM", "ICO", "TGA")
MEASURE = (  # the peak of the resident set of a process, in kB, after what it said
    "import sys, runpy\n"
    "del sys.argv[0]\n"
    "try:\n    runpy.run_path(sys.argv[0], run_name='__main__')\n"
    "except SystemExit as end:\n    status = end.code or 0\n"
    "sys.stdout.flush()\n"
    "try:\n    lines = open('/proc/self/status').read().splitlines()\n"
    "    print('VmHWM', *[line.split()[1] for line in lines if line.startswith('VmHWM')])\n"
    "except OSError:\n    print('VmHWM 0')\n"
    "sys.exit(status)\n"
)


@dataclass(frozen=True)
class Row:
    """One file, whether it was answered as it should be, with what, and the peak of memory in MB, None if unknown."""

    file: str
    right: bool
    said: str
    memory: float | None


def files(folder: Path) -> Iterator[Path]:
    """Makes them one after the other."""
    picture = Image.linear_gradient("L").resize((120, 90)).convert("RGB")
    for name, body in _bodies(picture):
        path = folder / name
        path.write_bytes(body)
        yield path
    yield folder / "missing.png"
    (folder / "folder.png").mkdir()
    yield folder / "folder.png"


def _bodies(picture: Image.Image) -> Iterator[tuple[str, bytes]]:
    yield "empty.png", b""
    yield "text.jpg", b"This is a letter, not a picture.\n" * 50
    yield "page.eps", b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 10 10\n"
    yield "page.pdf", b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n"
    yield "archive.png", b"PK\3\4" + bytes(200)
    yield "program.gif", b"\x7fELF" + bytes(500)
    yield "noise.webp", bytes(value * 97 % 251 for value in range(5000))
    for form in FORMS:
        file = io.BytesIO()
        picture.save(file, form)
        whole = file.getvalue()
        for share in (10, 50):
            yield f"cut-{form.lower()}-{share}", whole[: max(12, len(whole) * share // 100)]
    for side in (7_500, 60_000, 2**31 - 1):
        yield f"bomb-{side}.png", _png(side, side, b"")
    yield "bomb-real.png", _png(12_000, 12_000, zlib.compress(bytes(12_001 * 12_000), 1))
    yield "bomb.gif", b"GIF89a" + struct.pack("<HH", 65_535, 65_535) + bytes(40)
    yield (
        "bomb.bmp",
        b"BM" + struct.pack("<IHHI", 0, 0, 0, 54) + struct.pack("<IiiHH", 40, 40_000, 40_000, 1, 24) + bytes(24),
    )
    yield "bomb.ppm", b"P6 50000 50000 255\n" + bytes(100)


def _png(width: int, height: int, data: bytes) -> bytes:
    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    chunks = ((b"IHDR", header), (b"IDAT", data), (b"IEND", b""))
    parts = [
        struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body)) for kind, body in chunks
    ]
    return b"\x89PNG\r\n\x1a\n" + b"".join(parts)


def answer(path: Path) -> Row:
    """What the program says to a file."""
    command = [sys.executable, "-c", MEASURE, str(ROOT / "main.py"), "read", str(path)]
    done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, timeout=300, env=os.environ, check=False)
    words = [line.split() for line in done.stdout.splitlines() if line.startswith("VmHWM")]
    kilobytes = int(words[-1][1]) if words and len(words[-1]) > 1 else 0
    said = done.stderr.strip()
    right = done.returncode == WRONG and said.startswith("digitpad: ") and "\n" not in said
    return Row(path.name, right, said.replace(str(path.parent) + os.sep, ""), kilobytes / 1000 or None)


@dataclass(frozen=True)
class Fault:
    """A mutated file that was not answered as it should be, and what was wrong."""

    ending: str
    body: bytes
    what: str


def fault_of(ending: str, path: Path, network: Path) -> str | None:
    """What is wrong with the answer to a file, a picture, drawings or a network; None if nothing is."""
    files = ["--network", str(path), str(network.with_suffix(".png"))] if ending == "npz" else [str(path)]
    said, complaints = io.StringIO(), io.StringIO()
    start = time.process_time()
    try:
        with redirect_stdout(said), redirect_stderr(complaints):
            status = program.main(["read", "--network", str(network), *files])
    except Exception as error:  # noqa: BLE001 - whatever it is, it is a fault
        return f"{type(error).__name__}: {error}"
    if time.process_time() - start > SLOW:
        return f"took more than {SLOW:.0f} s"
    lines = complaints.getvalue().splitlines()
    if status not in (0, WRONG) or (status == WRONG) != bool(lines):
        return f"status {status} with {len(lines)} lines on stderr"
    if not all(line.startswith("digitpad: ") and line.endswith(".") and len(line) <= LONGEST for line in lines):
        return f"said {complaints.getvalue()[:400]!r}"
    return None


def faults(count: int, seed: int, folder: Path) -> Iterator[Fault]:
    """What is wrong with the answers to so many mutated files."""
    network = folder / "network.npz"
    Network([Flatten(), Dense(10)], rng=np.random.default_rng(seed)).save(network)
    sound = sound_files(network.read_bytes())
    network.with_suffix(".png").write_bytes(sound["png"][0])
    for index, (ending, body) in enumerate(mutated(sound, count, seed)):
        path = write(folder, index, ending, body)
        what = fault_of(ending, path, network)
        path.unlink()
        if what is not None:
            yield Fault(ending, body, what)


def read_mutated(count: int, seed: int, folder: Path, keep: Path | None) -> int:
    """Read mutated files and print what was wrong; the exit status."""
    wrong = 0
    for wrong, fault in enumerate(faults(count, seed, folder), 1):
        print(f"{fault.ending}: {fault.what}", flush=True)
        if keep is not None:
            keep.mkdir(parents=True, exist_ok=True)
            write(keep, wrong, fault.ending, fault.body)
    print(f"{count - wrong:,} of {count:,} mutated files read, or answered with one sentence")
    return 1 if wrong else 0


def main() -> int:
    """Run the measurement; the exit status: 1 where a file was not answered as it should be."""
    parser = argparse.ArgumentParser(description="Files that are no pictures, damaged, or too large.")
    parser.add_argument("--json", action="store_true", help="one object a row instead of a table")
    parser.add_argument("--count", type=int, help="read so many mutated files instead")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument(
        "--keep", type=Path, metavar="FOLDER", help="with --count: keep what was answered wrongly there"
    )
    options = parser.parse_args()
    if options.count is not None:
        with tempfile.TemporaryDirectory() as folder:
            return read_mutated(options.count, options.seed, Path(folder), options.keep)
    with tempfile.TemporaryDirectory() as folder:
        rows = [answer(path) for path in files(Path(folder))]
    for row in rows:
        memory = "?" if row.memory is None else f"{row.memory:.0f} MB"
        print(
            json.dumps(asdict(row)) if options.json else f"{'ok' if row.right else 'WRONG':<7}{memory:>8}  {row.said}"
        )
    right = sum(row.right for row in rows)
    if not options.json:
        most = max(row.memory or 0 for row in rows)
        print(f"{right} of {len(rows)} answered with one sentence and status {WRONG}, at most {most:.0f} MB")
    return 0 if right == len(rows) else 1


if __name__ == "__main__":
    exit_with(main)
