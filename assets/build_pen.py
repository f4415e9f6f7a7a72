"""Build assets/pen.npz from three ndjson files of pen strokes: python -m assets.build_pen FOLDER

FOLDER holds digits.ndjson, letters.ndjson and signs.ndjson in the Quick, Draw! form, each drawing with its symbol as
"word" and "key_id" such as w001/7/0: writer, symbol, instance. Points that lie within TOLERANCE of the line between
their neighbours are left out, the rest is rounded to 255 steps of a drawing's longer side, and the drawings of DROPPED
are left out. The result is the same, byte for byte, wherever it is built with one zlib; its arrays are checked by hash.
"""

import argparse
import hashlib
import sys
from pathlib import Path

import numpy as np

from assets.build_mnist import pack
from model.data.images import DataError
from model.data.pen_strokes import BUNDLED, packed
from model.files import replacing
from model.pictures.drawing import Drawing, DrawingError, read_drawings

FILES = ("digits.ndjson", "letters.ndjson", "signs.ndjson")
TOLERANCE = 0.003  # of the longer side
# SHA-256 of the five arrays, one after another
SHA256 = "12c45088981d178b8629e9e8049a2adbcd95f5f57998c07e758a1f0c8ea2571d"
# Digits that are left out, by what they show: found among those that a network trained on other people misread
# or was not sure of; each was looked at.
DROPPED: dict[str, list[str]] = {
    "more than one digit": [
        "w245/0/2", "w245/0/29", "w245/0/31", "w245/0/33", "w245/0/35", "w245/0/38", "w245/0/40", "w245/0/44",
        "w245/0/51", "w245/0/52", "w245/6/57",
    ],
    "another digit than the label says": [
        "w035/7/0", "w066/2/6", "w066/9/3", "w083/0/0", "w245/8/68", "w250/0/19", "w250/5/17", "w250/8/16", "w265/3/0",
        "w265/3/12", "w265/3/13", "w265/3/22", "w265/3/4", "w266/6/15", "w268/3/3", "w270/1/1", "w274/0/14",
        "w274/3/13", "w274/3/17",
    ],
    "nothing that a person could read": [
        "w018/2/10", "w024/0/4", "w027/7/0", "w035/7/2", "w041/8/2", "w083/0/1", "w086/2/4", "w086/8/3", "w120/0/2",
        "w211/8/0", "w237/8/0", "w245/4/69", "w245/6/58", "w245/8/0", "w246/0/11", "w246/0/26", "w246/0/4",
        "w251/5/10", "w256/0/7", "w264/0/20",
    ],
}  # fmt: skip


def simplified(points: np.ndarray, tolerance: float) -> np.ndarray:
    """The points (P, 2) less those that lie so close to the line that is left (Douglas and Peucker 1973)."""
    kept = np.zeros(len(points), bool)
    kept[[0, -1]] = True
    spans = [(0, len(points) - 1)]
    while spans:
        first, last = spans.pop()
        if last - first < 2:
            continue
        away = _distances(points[first + 1 : last], points[first], points[last])
        farthest = int(away.argmax())
        if away[farthest] > tolerance:
            middle = first + 1 + farthest
            kept[middle] = True
            spans += [(first, middle), (middle, last)]
    return points[kept]


def _distances(points: np.ndarray, start: np.ndarray, end: np.ndarray) -> np.ndarray:
    """How far points (P, 2) lie from the line between start and end."""
    along = end - start
    length = float(along @ along)
    part = np.clip((points - start) @ along / length, 0, 1) if length else np.zeros(len(points))
    return np.asarray(np.hypot(*(points - start - part[:, None] * along).T))


def arrays_of(drawings: list[Drawing]) -> dict[str, np.ndarray]:
    """The arrays of the file. Raises DataError for a drawing without symbol, writer or ink."""
    strokes, symbols, writers = [], "", []
    for drawing in drawings:
        key = str(drawing.extra.get("key_id", ""))
        writer = key.split("/")[0].removeprefix("w")
        if not drawing.strokes or drawing.word is None or len(drawing.word) != 1 or not writer.isdecimal():
            raise DataError(f'the drawing "{key}" lacks strokes, a symbol of one character or its writer\'s number.')
        side = float(np.ptp(np.concatenate([stroke.points for stroke in drawing.strokes]), axis=0).max())
        strokes.append([simplified(stroke.points, TOLERANCE * side) for stroke in drawing.strokes])
        symbols += drawing.word
        writers.append(int(writer))
    return packed(strokes, symbols, writers)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, help="where the three ndjson files are")
    parser.add_argument("--out", type=Path, default=BUNDLED, help="the npz file to write (default: %(default)s)")
    options = parser.parse_args()
    try:
        drawings = [drawing for name in FILES for drawing in read_drawings(options.folder / name)]
        dropped = {key for keys in DROPPED.values() for key in keys}
        arrays = arrays_of([d for d in drawings if d.extra.get("key_id") not in dropped])
        found = hashlib.sha256(b"".join(array.tobytes() for array in arrays.values())).hexdigest()
        if SHA256 and found != SHA256:
            raise DataError(f"these are not the files that pen.npz was built from: the SHA-256 is {found}.")
        data = pack(arrays)
        with replacing(options.out) as part:
            part.write_bytes(data)
    except (DataError, DrawingError, OSError) as error:
        print(f"build_pen: {error}", file=sys.stderr)
        return 2
    print(f"{options.out}: {len(data):,} bytes, {len(arrays['drawings']):,} drawings, SHA-256 {found}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
