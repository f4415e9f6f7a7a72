"""Build assets/mnist.npz from the four IDX files of MNIST: python -m assets.build_mnist FOLDER

The files are checked by their hashes, so the result is the same, byte for byte, wherever it is built with one zlib.
"""

import argparse
import hashlib
import io
import os
import sys
import zipfile
from pathlib import Path

import numpy as np

from model.data.datasets import BUNDLED
from model.data.idx import read_idx
from model.data.images import Array, DataError

# name in the npz: IDX file, its dimensions, MD5 of the unpacked file as MNIST's mirrors publish it
FILES = {
    "x_train": ("train-images-idx3-ubyte", 3, "6bbc9ace898e44ae57da46a324031adb"),
    "y_train": ("train-labels-idx1-ubyte", 1, "a25bea736e30d166cdddb491f175f624"),
    "x_test": ("t10k-images-idx3-ubyte", 3, "2646ac647ad5339dbf082846283269ea"),
    "y_test": ("t10k-labels-idx1-ubyte", 1, "27ae3e4e09519cfbb04c329615203637"),
}


def read_checked(folder: Path, stem: str, dimensions: int, md5: str) -> Array:
    """Read one of the four files, gzipped or not. Raises DataError when it is not MNIST's own, to the byte."""
    plain = folder / stem
    path = plain if plain.exists() else plain.with_name(f"{stem}.gz")
    array = read_idx(path, dimensions)
    header = bytes([0, 0, 8, dimensions]) + b"".join(size.to_bytes(4, "big") for size in array.shape)
    if hashlib.md5(header + array.tobytes(), usedforsecurity=False).hexdigest() != md5:
        raise DataError(f"{path} is not MNIST's file: its MD5 is not {md5}.")
    return array


def pack(arrays: dict[str, Array]) -> bytes:
    """The arrays as one npz, compressed as far as deflate can and without the time of day."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name, array in arrays.items():
            npy = io.BytesIO()
            np.lib.format.write_array(npy, array, version=(1, 0), allow_pickle=False)
            member = zipfile.ZipInfo(f"{name}.npy", date_time=(1980, 1, 1, 0, 0, 0))
            member.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(member, npy.getvalue(), compresslevel=9)
    return packed.getvalue()


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, help="where the four IDX files are, gzipped or not")
    parser.add_argument("--out", type=Path, default=BUNDLED, help="the npz file to write (default: %(default)s)")
    options = parser.parse_args()
    try:
        data = pack({name: read_checked(options.folder, *file) for name, file in FILES.items()})
    except (DataError, OSError) as error:
        print(f"build_mnist: {error}", file=sys.stderr)
        return 2
    beside = options.out.with_name(options.out.name + ".new")
    with beside.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    beside.replace(options.out)
    print(f"{options.out}: {len(data):,} bytes")
    return 0


if __name__ == "__main__":
    sys.exit(main())
