"""One image file in, the digit out, with all ten probabilities.

usage: python -m examples.predict_image FILE [--network FILE.npz]
"""

import argparse
from pathlib import Path

from model.network import Network
from model.pictures import load_picture
from model.reading import Reader

CNN = Path(__file__).resolve().parent.parent / "weights" / "cnn.npz"


def main(arguments: list[str] | None = None) -> None:
    """Read a photo, a scan or a screenshot of one digit."""
    parser = argparse.ArgumentParser(description="Read the digit in an image.")
    parser.add_argument("file", type=Path, metavar="FILE")
    parser.add_argument("--network", type=Path, default=CNN, metavar="FILE.npz")
    options = parser.parse_args(arguments)
    reader = Reader(Network.load(options.network))
    reading = reader.read_picture(load_picture(options.file))
    for digit, probability in enumerate(reading.probabilities):
        print(f"{digit}  {100 * probability:6.2f} %  {'#' * round(40 * probability)}")
    print("No digit" if reading.digit is None else f"{reading.digit}, {'sure' if reading.sure else 'not sure'}")


if __name__ == "__main__":
    main()
