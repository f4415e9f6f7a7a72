"""What cameras and pens do: sharpening, fringes, noise in one colour, dim light, shaking, faint and thick ink."""

from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw, ImageFilter

from bench.paper_page import (
    BLACK,
    WHITE,
    Array,
    Fault,
    Photo,
    Spoilt,
    blurred,
    gradient,
    grid,
    image_of,
    inked,
    noise,
    pick,
    plain,
    saved,
    spoiling,
)

BEIGE = (206, 196, 176)


def _sharpened(array: Array, rng: np.random.Generator) -> Array:
    """An unsharp mask on dull paper, as phones lay over their pictures."""
    soft = image_of(blurred(array * 0.85, 0.8))
    mask = ImageFilter.UnsharpMask(rng.uniform(1, 4), int(rng.integers(80, 350)), 0)
    return noise(np.asarray(soft.filter(mask), np.float32), rng, 2)


def _fringed(photo: Photo, path: Path) -> Spoilt:
    """Ink in blue, the colours apart by a pixel or two, sharpened."""
    array = inked(plain(BEIGE), photo.ink(), (30, 30, int(photo.rng.integers(60, 160))))
    apart = [np.roll(array[..., i], int(photo.rng.integers(-2, 3)), axis=1) for i in range(3)]
    return saved(_sharpened(np.stack(apart, axis=2), photo.rng), path), photo.text


def _one_colour(photo: Photo, path: Path) -> Spoilt:
    """Noise in one colour, often blue, as in lamp light."""
    paper = pick([(235, 200, 120), (225, 225, 225)], photo.rng)
    array = gradient(inked(plain(paper), photo.ink(height=photo.rng.uniform(0.2, 0.5)), (70, 70, 70)), photo.rng)
    channel = 2 if photo.rng.random() < 0.7 else int(photo.rng.integers(3))
    array[..., channel] += photo.rng.normal(0, photo.rng.uniform(10, 45), array.shape[:2])
    return saved(array, path), photo.text


def _dim(photo: Photo, path: Path) -> Spoilt:
    """A page in the dark: little light, little contrast, much grain."""
    light = photo.rng.uniform(0.2, 0.45)
    array = gradient(photo.sheet(height=photo.rng.uniform(0.3, 0.6)), photo.rng) * light + 15
    return saved(noise(array, photo.rng, photo.rng.uniform(2, 7)), path), photo.text


def _shaken(array: Array, rng: np.random.Generator) -> Array:
    """The camera moved while the picture was taken."""
    length, angle = int(rng.integers(4, 13)), rng.uniform(0, np.pi)
    shifts = np.linspace(-length / 2, length / 2, length)
    moved = [
        np.roll(array, (round(shift * np.sin(angle)), round(shift * np.cos(angle))), axis=(0, 1)) for shift in shifts
    ]
    return noise(np.mean(moved, axis=0), rng, 2)


def _faint(photo: Photo, path: Path) -> Spoilt:
    """Ink a little darker than its paper."""
    shade = int(photo.rng.integers(165, 205))
    return saved(noise(photo.sheet(ink=(shade, shade, shade)), photo.rng, 2), path), photo.text


def _thick(photo: Photo, path: Path) -> Spoilt:
    """A broad marker."""
    marks = [
        photo.mark(digit, 180).filter(ImageFilter.MaxFilter(2 * int(photo.rng.integers(3, 6)) + 1))
        for digit in photo.text[:3]
    ]
    padded = Image.new("L", (sum(mark.width + 50 for mark in marks), max(mark.height for mark in marks) + 30))
    left = 10
    for mark in marks:
        padded.paste(mark, (left, padded.height - mark.height - 10))
        left += mark.width + 50
    return saved(inked(plain(WHITE), photo.placed(padded), BLACK), path), photo.text[:3]


def _screen(array: Array, rng: np.random.Generator) -> Array:
    """A screen that was photographed: its rows of pixels beat with the camera's."""
    x, y = grid(array.shape)
    beat = np.sin(2 * np.pi * (y * rng.uniform(20, 160) + x * rng.uniform(-8, 8)))
    return noise(array * (0.93 + 0.05 * beat[..., None]), rng, 3)


def _small_jpeg(photo: Photo, path: Path) -> Spoilt:
    """Photographed, made small and saved as JPEG of quality 20."""
    array = gradient(photo.sheet(height=photo.rng.uniform(0.2, 0.5)), photo.rng)
    small = image_of(noise(array, photo.rng, 4)).resize((400, 300), Image.Resampling.LANCZOS)
    return saved(np.asarray(small, np.float32), path, ".jpg", quality=20), photo.text


def _scratches(array: Array, rng: np.random.Generator) -> Array:
    """Hairs and crumbs on the glass: pale, thin and short."""
    image = image_of(array)
    brush = ImageDraw.Draw(image)
    for x, y in rng.uniform(0, 1, (5, 2)) * image.size:
        brush.line((x, y, x + rng.uniform(-20, 20), y + rng.uniform(-20, 20)), (205, 203, 200), 1)
    return noise(np.asarray(image, np.float32), rng, 2)


CAMERAS: dict[str, Fault] = {
    "sharpened": spoiling(_sharpened),
    "fringes": _fringed,
    "noise in one colour": _one_colour,
    "dim": _dim,
    "shaken": spoiling(_shaken),
    "faint ink": _faint,
    "thick marker": _thick,
    "screen": spoiling(_screen),
    "small JPEG": _small_jpeg,
    "hairs": spoiling(_scratches),
}
