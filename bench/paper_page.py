"""A page to be spoilt: what is written on it, how, and the ways to put it on paper and into a file."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image, ImageFilter

from bench.paper_hands import Writer

Colour = tuple[int, int, int]
Array = np.ndarray  # (H, W, 3) float from 0 to 255
WHITE: Colour = (243, 241, 236)
BLACK: Colour = (32, 32, 40)
SIZE = (640, 480)

Spoilt = tuple[Path, str]  # the file, and what a person reads in it: a blank between lines


@dataclass(frozen=True)
class Photo:
    """What is to be written, the hand that writes it, and the chance in it."""

    text: str
    write: Writer
    rng: np.random.Generator

    def number(self, fewest: int, most: int) -> str:
        """So many random digits."""
        return "".join(map(str, self.rng.integers(10, size=int(self.rng.integers(fewest, most + 1)))))

    def mark(self, text: str, height: float) -> Image.Image:
        """The text of about that height in pixels, cut to its ink: an "L" image, ink 255."""
        return self.write(text, max(6, round(height)), self.rng)

    def ink(self, size: tuple[int, int] = SIZE, height: float | None = None, text: str | None = None) -> Image.Image:
        """The text somewhere on an empty sheet of that size, `height` of the sheet's height: an "L" image, ink 255."""
        share = self.rng.uniform(0.25, 0.6) if height is None else height
        return self.placed(self.mark(text or self.text, share * size[1]), size)

    def placed(self, mark: Image.Image, size: tuple[int, int] = SIZE, margin: float = 0.08) -> Image.Image:
        """A mark somewhere on an empty sheet of that size, made smaller where it does not fit."""
        fit = min(1.0, (1 - 2 * margin) * size[0] / mark.width, (1 - 2 * margin) * size[1] / mark.height)
        if fit < 1:
            mark = mark.resize((max(1, round(mark.width * fit)), max(1, round(mark.height * fit))))
        sheet = Image.new("L", size)
        across, down = self.rng.uniform(margin, 1 - margin, 2)
        sheet.paste(mark, (int(across * (size[0] - mark.width)), int(down * (size[1] - mark.height))))
        return sheet

    def sheet(self, ink: Colour = BLACK, paper: Colour = WHITE, height: float | None = None) -> Array:
        """Ink of one colour on paper of one colour."""
        return inked(plain(paper), self.ink(height=height), ink)


Fault = Callable[[Photo, Path], Spoilt]


def plain(colour: Colour, size: tuple[int, int] = SIZE) -> Array:
    """Paper of one colour."""
    return np.full((size[1], size[0], 3), colour, np.float32)


def inked(paper: Array, mark: Image.Image, colour: Colour) -> Array:
    """The paper with the mark on it."""
    cover = np.asarray(mark, np.float32)[..., None] / 255
    return paper * (1 - cover) + np.array(colour, np.float32) * cover


def image_of(array: Array) -> Image.Image:
    """An array as an image."""
    return Image.fromarray(np.rint(array).clip(0, 255).astype(np.uint8))


def saved(array: Array, path: Path, ending: str = ".png", **form: Any) -> Path:
    """The file that the array was written to."""
    path = path.with_name(path.name + ending)
    image_of(array).save(path, **form)
    return path


def spoiling(change: Callable[[Array, np.random.Generator], Array], margin: float = 0.08) -> Fault:
    """The fault that changes a plain page in this way; the writing stays `margin` of the page from its edges."""

    def spoil(photo: Photo, path: Path) -> Spoilt:
        mark = photo.mark(photo.text, photo.rng.uniform(0.15, 0.5) * SIZE[1])
        array = inked(plain(WHITE), photo.placed(mark, SIZE, margin), BLACK)
        return saved(change(array, photo.rng), path), photo.text

    return spoil


def grid(shape: tuple[int, ...]) -> tuple[Array, Array]:
    """x and y from 0 to 1 for every pixel."""
    x, y = np.meshgrid(np.linspace(0, 1, shape[1]), np.linspace(0, 1, shape[0]))
    return x, y


def gradient(array: Array, rng: np.random.Generator) -> Array:
    """Light from one side."""
    x, y = grid(array.shape)
    angle = rng.uniform(0, 2 * np.pi)
    along = (x - 0.5) * np.cos(angle) + (y - 0.5) * np.sin(angle)
    return array * (0.72 + 0.45 * along * rng.uniform(0.5, 1))[..., None]


def noise(array: Array, rng: np.random.Generator, strength: float = 9) -> Array:
    """Grain, of so many grey levels."""
    return array + rng.normal(0, strength, array.shape)


def blurred(array: Array, radius: float) -> Array:
    """Out of focus."""
    return np.asarray(image_of(array).filter(ImageFilter.GaussianBlur(radius)), np.float32)


def pick(options: list[Colour], rng: np.random.Generator) -> Colour:
    """One of the colours."""
    return options[int(rng.integers(len(options)))]
