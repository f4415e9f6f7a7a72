"""How files are answered that are no pictures, are damaged, or would fill the memory.

    python -m bench.hostile [--json]

Each file is given to `main.py read` in a process of its own: it must end with status 2 and one sentence, and no memory
but what a picture needs. The peak of memory is known on Linux only.
"""

import argparse
import io
import json
import os
import struct
import subprocess
import sys
import tempfile
import zlib
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

from PIL import Image

ROOT = Path(__file__).parents[1]
WRONG = 2
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


def main() -> int:
    """Run the measurement; the exit status: 1 where a file was not answered as it should be."""
    parser = argparse.ArgumentParser(description="Files that are no pictures, damaged, or too large.")
    parser.add_argument("--json", action="store_true", help="one object a row instead of a table")
    options = parser.parse_args()
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
    sys.exit(main())
