"""IDX, the form of MNIST itself (http://yann.lecun.com/exdb/mnist, "FILE FORMATS FOR THE MNIST DATABASE")."""

import gzip
import math
import zlib
from pathlib import Path
from typing import IO, Literal, cast

import numpy as np

from model.data.images import MAX_DEFLATE_RATIO, Array, DataError, Images, as_bytes, check_shape
from model.errors import quoted


def find_idx(folder: Path, stem: str) -> Path | None:
    """The IDX file whose name starts with `stem`; a plain one before a gzipped one."""
    return min(
        (entry for entry in folder.glob(f"{stem}*") if entry.is_file()), key=lambda entry: len(entry.name), default=None
    )


def read_idx_pair(folder: Path, part: Literal["train", "t10k"]) -> Images:
    """The pictures and the labels of one part, "t10k" being the test part. Raises DataError, OSError."""
    found = [find_idx(folder, f"{part}-{kind}") for kind in ("images", "labels")]
    images, labels = found
    if images is None or labels is None:
        missing = "images-idx3-ubyte" if images is None else "labels-idx1-ubyte"
        raise DataError(f"{part}-{missing} is missing in the folder; put it beside the other files.")
    return Images(as_bytes(read_idx(images, 3)), read_idx(labels, 1))


def read_idx(path: Path, dimensions: int) -> Array:
    """Read one IDX file of unsigned bytes, gzipped or not, as an array of that many dimensions.

    Raises DataError when the header is not what it should be or the file holds less or more than the header says.
    """
    size = path.stat().st_size
    with path.open("rb") as file:
        zipped = file.read(2) == b"\x1f\x8b"
        file.seek(0)
        stream = cast("IO[bytes]", gzip.GzipFile(fileobj=file) if zipped else file)
        try:
            shape = _read_header(stream, path.name, dimensions)
            wanted = math.prod(shape)
            if wanted > size * (MAX_DEFLATE_RATIO if zipped else 1):
                raise DataError(f"{path.name} is cut short: its header promises {wanted:,} bytes; fetch it again.")
            body = stream.read(wanted + 1)
        except (EOFError, zlib.error, gzip.BadGzipFile) as error:
            raise DataError(f"{path.name} is damaged or cut short ({quoted(error)}); fetch it again.") from error
    if len(body) != wanted:
        held = "more" if len(body) > wanted else f"only {len(body):,}"
        raise DataError(
            f"{path.name} is damaged: its header promises {wanted:,} bytes and it holds {held}; fetch it again."
        )
    return np.frombuffer(body, np.uint8).reshape(shape)


def _read_header(stream: IO[bytes], name: str, dimensions: int) -> tuple[int, ...]:
    if stream.read(4) != bytes([0, 0, 8, dimensions]):
        raise DataError(f"{name} is no IDX file of bytes with {dimensions} dimensions; check which file it is.")
    sizes = stream.read(4 * dimensions)
    if len(sizes) != 4 * dimensions:
        raise DataError(f"{name} is cut short in its header; fetch it again.")
    shape = tuple(int.from_bytes(sizes[at : at + 4], "big") for at in range(0, len(sizes), 4))
    check_shape(name, shape)
    return shape
