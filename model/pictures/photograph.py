"""Image files -> pictures: upright, opaque, in colour, and as ink 1 on 0, whatever the file's form is."""

import logging
import math
import os
import warnings
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import cast

import numpy as np
from numpy.typing import NDArray
from PIL import Image, UnidentifiedImageError

from model.errors import InputError
from model.pictures.ink import ink_of

# No EPS or PDF: Pillow would start other programs for them.
FORMATS = ("PNG", "JPEG", "MPO", "GIF", "BMP", "DIB", "TIFF", "WEBP", "AVIF", "PPM", "ICO", "TGA", "PCX", "JPEG2000")
MAX_FILE_BYTES = 200 * 2**20
MAX_PIXELS = 50_000_000
MAX_DECODED_BYTES = 200 * 2**20
# These decoders hold several copies of the picture at a time.
DECODER_COPIES = {"WEBP": 4, "AVIF": 4, "JPEG2000": 4, "TIFF": 2, "GIF": 2}
SIDE = 1_000  # longer side of the picture that is worked on, where it is a third longer than the other ...
SQUARE, MOST_STRETCHED = (
    0.75,
    2.0,
)  # ... and of a long strip of paper, which has as many pixels, up to so many times more
STRIP = 64  # rows of it that are made at a time
ORIENTATION = 0x0112  # EXIF's tag; its values are turned as the standard (JEITA CP-3451, page 18) asks
TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}

logging.getLogger("PIL").addHandler(logging.NullHandler())  # else its errors go to stderr beside the sentence
Picture = NDArray[np.float32]


class PictureError(InputError):
    """An image file that cannot be read; the message is one sentence for the person who gave it."""


@dataclass(frozen=True, eq=False)
class Photograph:
    """An image file upright and without transparency: colours (H, W, 3) float32 from 0 to 1.

    H and W are 1,000 at most, of a long strip 2,000; scale is how many of the file's own pixels make one, 1 or more.
    """

    colours: Picture
    scale: float


def load_picture(path: Path) -> Picture:
    """Read an image file as a picture (H, W) float32 from 0 to 1, ink 1, as large as load_photograph makes it.

    The first frame of an animation is read. Raises PictureError; sizes are checked before anything is decoded.
    """
    return ink_of(load_photograph(path).colours)


def load_photograph(path: Path) -> Photograph:
    """Read an image file. Raises PictureError."""
    path = Path(path)
    try:
        if path.is_dir():
            raise PictureError(f"{path} is a folder; give an image file.")
        if not path.is_file() and path.exists():
            raise PictureError(f"{path} is no ordinary file; give an image file.")
        if path.stat().st_size > MAX_FILE_BYTES:
            raise PictureError(f"{path} is larger than {MAX_FILE_BYTES // 2**20} MB; make the picture smaller first.")
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # Pillow warns of what is checked here
            return _decoded(path)
    except PictureError:
        raise
    except FileNotFoundError as error:
        raise PictureError(f"There is no file {path}.") from error
    except PermissionError as error:
        raise PictureError(f"{path} may not be read; check its permissions.") from error
    except UnidentifiedImageError as error:
        raise PictureError(f"{path} is no image that Digitpad knows; give a PNG, JPEG, GIF, WebP or TIFF.") from error
    except (Image.DecompressionBombError, MemoryError) as error:
        raise PictureError(f"{path} has too many pixels; make the picture smaller first.") from error
    except Exception as error:  # Pillow's decoders raise a dozen kinds on damaged files
        raise PictureError(f"{path} is damaged or cut short; save it again as PNG.") from error


def _decoded(path: Path) -> Photograph:
    Image.init()
    with Image.open(path, formats=[name for name in FORMATS if name in Image.OPEN]) as image:
        _check_size(path, image)
        longer = max(image.size)
        side = _longest(image.size)
        image.draft(None, (side, side))  # lets a JPEG be decoded at a half, a quarter or an eighth
        with _quiet_stderr() if image.format == "TIFF" else nullcontext():
            image.load()
        turn = TURNS.get(image.getexif().get(ORIENTATION, 1))
        small = _shrunk(image, side)
    colours = _on_paper(small)
    upright = colours if turn is None else colours.transpose(turn)
    return Photograph(np.asarray(upright, np.float32) / np.float32(255), longer / max(small.size))


@contextmanager
def _quiet_stderr() -> Iterator[None]:
    """Keep libtiff, which knows nothing of Python, from writing what it thinks of a file on the terminal."""
    try:
        kept = os.dup(2)
    except OSError:  # a program without a terminal
        yield
        return
    try:
        with Path(os.devnull).open("wb") as nowhere:
            os.dup2(nowhere.fileno(), 2)
        yield
    finally:
        os.dup2(kept, 2)
        os.close(kept)


def _longest(size: tuple[int, int]) -> int:
    """The longer side of what a picture of this size is shrunk to."""
    stretched = math.sqrt(SQUARE * max(size) / max(min(size), 1))
    return round(SIDE * min(max(stretched, 1.0), MOST_STRETCHED))


def _check_size(path: Path, image: Image.Image) -> None:
    pixels = image.width * image.height
    depth = 4 if len(image.getbands()) > 1 or image.mode in ("I", "F") else 2 if _is_deep(image) else 1
    copies = DECODER_COPIES.get(image.format or "", 1)
    if image.info.get("progressive"):
        copies += 1  # libjpeg keeps 16 bits a coefficient until the end
    if pixels > MAX_PIXELS or pixels * depth * copies > MAX_DECODED_BYTES:
        raise PictureError(
            f"{path} has too many pixels ({image.width:,} x {image.height:,}); make the picture smaller first."
        )


def _is_deep(image: Image.Image) -> bool:
    return image.mode in ("I", "F") or image.mode.startswith("I;")


def _shrunk(image: Image.Image, side: int) -> Image.Image:
    """The image in RGB or RGBA, at most so many pixels on its longer side, shrunk by averaging.

    Greys of more than 8 bits are stretched from their darkest to their lightest. It works in strips, so that a large
    image is never copied as a whole.
    """
    mode = "RGBA" if image.has_transparency_data else "RGB"
    factor = max(1, max(image.size) // side)
    low, high = cast("tuple[float, float]", image.getextrema()) if _is_deep(image) else (0.0, 255.0)
    small = Image.new(mode, (-(-image.width // factor), -(-image.height // factor)))
    for top in range(0, image.height, STRIP * factor):
        strip = image.crop((0, top, image.width, min(top + STRIP * factor, image.height)))
        if _is_deep(image):
            strip = _eight_bits(strip, low, high)
        small.paste(strip.convert(mode).reduce(factor), (0, top // factor))
    if max(small.size) > side:
        small.thumbnail((side, side), Image.Resampling.BOX)
    return small


def _eight_bits(image: Image.Image, low: float, high: float) -> Image.Image:
    if not math.isfinite(high - low):
        raise ValueError("a grey is not finite")
    values = (np.asarray(image, np.float64) - low) * (255 / (high - low) if high > low else 0)
    return Image.fromarray(np.rint(np.nan_to_num(values)).clip(0, 255).astype(np.uint8))


def _on_paper(image: Image.Image) -> Image.Image:
    """The image in RGB, what is transparent filled with a paper that sets the ink off.

    One single shade on nothing is ink: black on white paper, white on black. Several shades are ink on a card of its
    own: the paper goes on in the card's shade.
    """
    if image.mode != "RGBA":
        return image
    alpha = np.asarray(image.getchannel("A"))
    shades = np.asarray(image.convert("L"))[alpha > max(int(alpha.max()) // 2, 0)]
    if not shades.size:
        return Image.new("RGB", image.size, "white")
    low, middle, high = np.percentile(shades, (2, 50, 98))
    grey = round(middle) if high - low > 64 else 255 if middle < 128 else 0
    paper = Image.new("RGBA", image.size, (grey, grey, grey, 255))
    paper.alpha_composite(image)
    return paper.convert("RGB")
