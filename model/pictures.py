"""Image files -> pictures: ink 1 on 0, whatever the paper, the ink, the light and the file's form are."""

import math
import warnings
from pathlib import Path
from typing import cast

import numpy as np
from numpy.typing import NDArray
from PIL import Image

# No EPS or PDF: Pillow would start other programs for them.
FORMATS = ("PNG", "JPEG", "MPO", "GIF", "BMP", "DIB", "TIFF", "WEBP", "AVIF", "PPM", "ICO", "TGA", "PCX", "JPEG2000")
MAX_FILE_BYTES = 200 * 2**20
MAX_PIXELS = 50_000_000
MAX_DECODED_BYTES = 200 * 2**20
# These decoders hold several copies of the picture at a time.
DECODER_COPIES = {"WEBP": 4, "AVIF": 4, "JPEG2000": 4, "TIFF": 2, "GIF": 2}
SIDE = 1_000  # longer side of the picture that is worked on
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
FLAT = 0.06  # spread of the border's brightness up to which the paper is one plain colour
LEAST_CONTRAST = 0.08  # of black to white: fainter marks are no ink
STAIN = 0.3  # of the ink's darkness
NOISE = 4.0  # times the paper's own spread: what rises less above the paper is paper

Picture = NDArray[np.float32]


class PictureError(ValueError):
    """An image file that cannot be read; the message is one sentence for the person who gave it."""


def load_picture(path: Path) -> Picture:
    """Read an image file as a picture (H, W) float32 from 0 to 1, ink 1, at most 1,000 pixels on its longer side.

    The first frame of an animation is read. Raises PictureError; sizes are checked before anything is decoded.
    """
    return ink_of(load_colours(path))


def load_colours(path: Path) -> Picture:
    """Read an image file upright and without transparency as (H, W, 3) float32 from 0 to 1. Raises PictureError."""
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
    except Image.UnidentifiedImageError as error:
        raise PictureError(f"{path} is no image that Digitpad knows; give a PNG, JPEG, GIF, WebP or TIFF.") from error
    except (Image.DecompressionBombError, MemoryError) as error:
        raise PictureError(f"{path} has too many pixels; make the picture smaller first.") from error
    except Exception as error:  # Pillow's decoders raise a dozen kinds on damaged files
        raise PictureError(f"{path} is damaged or cut short; save it again as PNG.") from error


def _decoded(path: Path) -> Picture:
    Image.init()
    with Image.open(path, formats=[name for name in FORMATS if name in Image.OPEN]) as image:
        _check_size(path, image)
        image.draft(None, (SIDE, SIDE))  # lets a JPEG be decoded at a half, a quarter or an eighth
        image.load()
        turn = TURNS.get(image.getexif().get(ORIENTATION, 1))
        small = _shrunk(image)
    colours = _on_paper(small)
    upright = colours if turn is None else colours.transpose(turn)
    return np.asarray(upright, np.float32) / np.float32(255)


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


def _shrunk(image: Image.Image) -> Image.Image:
    """The image in RGB or RGBA, at most SIDE pixels on its longer side, shrunk by averaging.

    Greys of more than 8 bits are stretched from their darkest to their lightest. It works in strips, so that a large
    image is never copied as a whole.
    """
    mode = "RGBA" if image.has_transparency_data else "RGB"
    factor = max(1, max(image.size) // SIDE)
    low, high = cast(tuple[float, float], image.getextrema()) if _is_deep(image) else (0.0, 255.0)
    small = Image.new(mode, (-(-image.width // factor), -(-image.height // factor)))
    for top in range(0, image.height, STRIP * factor):
        strip = image.crop((0, top, image.width, min(top + STRIP * factor, image.height)))
        if _is_deep(image):
            strip = _eight_bits(strip, low, high)
        small.paste(strip.convert(mode).reduce(factor), (0, top // factor))
    if max(small.size) > SIDE:
        small.thumbnail((SIDE, SIDE), Image.Resampling.BOX)
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
    shades = np.asarray(image.convert("L"))[alpha > 127]
    if not shades.size:
        return Image.new("RGB", image.size, "white")
    low, middle, high = np.percentile(shades, (2, 50, 98))
    grey = round(middle) if high - low > 64 else 255 if middle < 128 else 0
    paper = Image.new("RGBA", image.size, (grey, grey, grey, 255))
    paper.alpha_composite(image)
    return paper.convert("RGB")


def ink_of(colours: Picture) -> Picture:
    """How much each pixel of (H, W, 3) float32 stands out from the paper, as (H, W) float32 from 0 to 1.

    The paper is what the border shows: any colour, lighter or darker than the ink. Where its brightness differs along
    the border, a smooth surface is taken for it instead. A picture that shows no ink comes back all 0.
    """
    border = _border(colours)
    low, high = np.percentile(border.mean(axis=1), (10, 90))
    if high - low <= FLAT:
        difference = np.abs(colours - np.median(border, axis=0).astype(np.float32)).max(axis=2)
    else:
        paper = _paper_surface(colours)
        # The same ink takes away the same share of much light and of little; half-dark paper has a shade of its own.
        difference = (np.abs(colours - paper) / np.maximum(paper, 0.25)).max(axis=2)
    floor = NOISE * float(np.median(_border(difference)))
    most = float(difference.max()) if floor == 0 else _strong(difference, floor)
    if most < max(LEAST_CONTRAST, 2 * floor):
        return np.zeros_like(difference)
    if floor > 0:  # paper that is not plain has stains, which are fainter than ink
        floor = max(floor, STAIN * most)
    return np.clip((difference - floor) / (most - floor), 0, 1, dtype=np.float32)


def _border(array: Picture) -> Picture:
    """The outermost pixels of (H, W, ...)."""
    return np.concatenate([array[0], array[-1], array[:, 0], array[:, -1]])


def _strong(difference: Picture, floor: float) -> float:
    """The difference that full ink makes: less than the very largest, which is a noisy pixel."""
    inked = difference[difference > floor]
    return float(np.percentile(inked, 75)) if inked.size else 0.0


def _paper_surface(colours: Picture) -> Picture:
    """The paper under uneven light, (H, W, 3): a cubic surface through the pixels that are most likely paper."""
    height, width = colours.shape[:2]
    step = max(1, max(height, width) // 100)
    rows, columns = _powers(height), _powers(width)
    terms = [(i, j) for i in range(4) for j in range(4 - i)]
    places = np.stack([np.outer(rows[::step, i], columns[::step, j]).ravel() for i, j in terms], axis=1)
    samples = colours[::step, ::step].reshape(-1, 3)
    paper = np.ones(len(samples), bool)
    for _ in range(8):
        # The normal equations, 10 by 10, are thirty times as fast as least squares of ten thousand rows.
        known = places[paper]
        weights = np.linalg.lstsq(known.T @ known, known.T @ samples[paper], rcond=None)[0]
        error = np.abs(samples - places @ weights).max(axis=1)
        # Ink is the minority that lies farthest from the surface: it is left out, and the surface fitted again.
        paper = error <= max(0.02, 2.0 * float(np.median(error)))
    # Rows and columns are multiplied apart: the terms of every pixel at once would fill 40 MB and take half a second.
    by_power = np.zeros((3, 4, 4), np.float32)
    for (i, j), weight in zip(terms, weights, strict=True):
        by_power[:, i, j] = weight
    surface = rows @ by_power @ columns.T
    return np.clip(surface.transpose(1, 2, 0), 0, 1, dtype=np.float32)


def _powers(length: int) -> Picture:
    """1, x, x^2, x^3 at so many places from -1 to 1, (length, 4)."""
    return np.vander(np.linspace(-1, 1, length), 4, increasing=True).astype(np.float32)
