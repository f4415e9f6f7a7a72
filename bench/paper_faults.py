"""Faults of photographs: pictures of digits on paper as light, paper, ink, camera and file forms spoil them."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image, ImageDraw, ImageFilter

from model.pictures.photograph import ORIENTATION, TURNS

Colour = tuple[int, int, int]
Array = np.ndarray  # (H, W, 3) float from 0 to 255
WHITE: Colour = (243, 241, 236)
BLACK: Colour = (32, 32, 40)
SIZE = (900, 680)


@dataclass(frozen=True)
class Photo:
    """What is to be written, how (text, height in pixels, rng -> "L" image, ink 255), and the chance in it."""

    text: str
    write: Callable[[str, int, np.random.Generator], Image.Image]
    rng: np.random.Generator

    def ink(self, size: tuple[int, int] = SIZE, height: float | None = None, text: str | None = None) -> Image.Image:
        """The text somewhere on an empty sheet of that size, `height` of the sheet's height: an "L" image, ink 255."""
        share = self.rng.uniform(0.25, 0.6) if height is None else height
        mark = self.write(text or self.text, round(share * size[1]), self.rng)
        if mark.width > 0.85 * size[0]:
            mark = mark.resize((round(0.85 * size[0]), max(1, round(mark.height * 0.85 * size[0] / mark.width))))
        sheet = Image.new("L", size)
        across, down = self.rng.uniform(0.08, 0.92, 2)
        sheet.paste(mark, (int(across * (size[0] - mark.width)), int(down * (size[1] - mark.height))))
        return sheet

    def sheet(self, ink: Colour = BLACK, paper: Colour = WHITE, height: float | None = None) -> Array:
        """Ink of one colour on paper of one colour."""
        return inked(np.full((SIZE[1], SIZE[0], 3), paper, np.float32), self.ink(height=height), ink)


def inked(paper: Array, mark: Image.Image, colour: Colour) -> Array:
    """The paper with the mark on it."""
    cover = np.asarray(mark, np.float32)[..., None] / 255
    return paper * (1 - cover) + np.array(colour, np.float32) * cover


def _image(array: Array) -> Image.Image:
    return Image.fromarray(np.rint(array).clip(0, 255).astype(np.uint8))


def _grid(shape: tuple[int, ...]) -> tuple[Array, Array]:
    """x and y from 0 to 1 for every pixel."""
    return np.meshgrid(np.linspace(0, 1, shape[1]), np.linspace(0, 1, shape[0]))


def _gradient(array: Array, rng: np.random.Generator) -> Array:
    x, y = _grid(array.shape)
    angle = rng.uniform(0, 2 * np.pi)
    along = (x - 0.5) * np.cos(angle) + (y - 0.5) * np.sin(angle)
    return array * (0.72 + 0.45 * along * rng.uniform(0.5, 1))[..., None]


def _lamp(array: Array, rng: np.random.Generator) -> Array:
    x, y = _grid(array.shape)
    distance = (x - rng.uniform(0, 1)) ** 2 + (y - rng.uniform(0, 1)) ** 2
    return array * (0.35 + 0.65 * np.exp(-distance * 1.5))[..., None]


def _shadow(array: Array, rng: np.random.Generator, soft: float = 0.004) -> Array:
    """The shadow of a hand or a phone: a half plane, nearly sharp or soft at its edge."""
    x, y = _grid(array.shape)
    angle = rng.uniform(0, 2 * np.pi)
    along = (x - 0.5) * np.cos(angle) + (y - 0.5) * np.sin(angle) + rng.uniform(-0.2, 0.2)
    shade = 1 / (1 + np.exp(np.clip(-along / soft, -60, 60)))
    return array * (1 - rng.uniform(0.25, 0.5) * shade)[..., None]


def _ruled(size: tuple[int, int], rng: np.random.Generator, squares: bool) -> Array:
    """Paper with pale lines, or squares."""
    image = Image.new("RGB", size, WHITE)
    brush = ImageDraw.Draw(image)
    colour = [(158, 184, 216), (185, 185, 190), (205, 165, 160)][int(rng.integers(3))]
    step, width = int(rng.integers(24, 60)), int(rng.integers(1, 4))
    tilt = rng.uniform(-6, 6)
    for y in range(int(rng.integers(step)), size[1], step):
        brush.line((0, y, size[0], y + tilt), colour, width)
    if squares:
        for x in range(int(rng.integers(step)), size[0], step):
            brush.line((x, 0, x - tilt, size[1]), colour, width)
    return np.asarray(image, np.float32)


def _noise(array: Array, rng: np.random.Generator, strength: float = 9) -> Array:
    return array + rng.normal(0, strength, array.shape)


def _perspective(array: Array, rng: np.random.Generator) -> Array:
    """Seen from the side: every corner up to 7 % of the side away, the paper going on beyond them."""
    image = _image(array)
    width, height = image.size
    corners = [(0, 0), (0, height), (width, height), (width, 0)]
    inward = [(1 if x == 0 else -1, 1 if y == 0 else -1) for x, y in corners]
    reach = np.array([width, height]) * rng.uniform(0, 0.07, (4, 2))
    moved = (np.array(corners) + reach * inward).tolist()
    rows, values = [], []
    for (x, y), (u, v) in zip(corners, moved, strict=True):
        rows += [[x, y, 1, 0, 0, 0, -u * x, -u * y], [0, 0, 0, x, y, 1, -v * x, -v * y]]
        values += [u, v]
    factors = np.linalg.solve(np.array(rows, float), np.array(values))
    turned = image.transform(image.size, Image.Transform.PERSPECTIVE, factors.tolist(), Image.Resampling.BILINEAR)
    return np.asarray(turned, np.float32)


Spoilt = tuple[Path, str]
Fault = Callable[[Photo, Path], Spoilt]


def _saved(photo: Photo, array: Array, path: Path, ending: str = ".png", **form: Any) -> Spoilt:
    path = path.with_name(path.name + ending)
    _image(array).save(path, **form)
    return path, photo.text


def _spoiling(change: Callable[[Array, np.random.Generator], Array]) -> Fault:
    return lambda photo, path: _saved(photo, change(photo.sheet(), photo.rng), path)


def _on(squares: bool) -> Fault:
    def spoil(photo: Photo, path: Path) -> Spoilt:
        ink = [BLACK, (40, 60, 150), (150, 40, 40)][int(photo.rng.integers(3))]
        return _saved(photo, inked(_ruled(SIZE, photo.rng, squares), photo.ink(), ink), path)

    return spoil


def _coloured(photo: Photo, path: Path) -> Spoilt:
    inks = [(200, 40, 40), (30, 80, 200), (20, 130, 60), (230, 120, 20), (150, 60, 170), (0, 150, 170)]
    return _saved(photo, photo.sheet(ink=inks[int(photo.rng.integers(len(inks)))]), path)


def _coloured_paper(photo: Photo, path: Path) -> Spoilt:
    papers = [(250, 230, 120), (190, 225, 245), (250, 190, 200), (190, 150, 110), (160, 210, 160)]
    return _saved(photo, photo.sheet(paper=papers[int(photo.rng.integers(len(papers)))]), path)


def _chalk(photo: Photo, path: Path) -> Spoilt:
    board = photo.sheet(ink=(225, 225, 215), paper=(38, 60, 50))
    return _saved(photo, _noise(_gradient(board, photo.rng), photo.rng, 4), path)


def _pencil(photo: Photo, path: Path) -> Spoilt:
    return _saved(photo, _noise(photo.sheet(ink=(150, 150, 152)), photo.rng, 4), path)


def _blur(array: Array, rng: np.random.Generator) -> Array:
    return np.asarray(_image(array).filter(ImageFilter.GaussianBlur(rng.uniform(2, 7))), np.float32)


def _jpeg(photo: Photo, path: Path) -> Spoilt:
    return _saved(photo, photo.sheet(), path, ".jpg", quality=int(photo.rng.integers(5, 25)))


def _turned(photo: Photo, path: Path) -> Spoilt:
    """Stored turned or mirrored, with the tag that says how to turn it back."""
    tag = int(photo.rng.integers(2, 9))
    swapped = {6: 8, 8: 6}
    stored = _image(photo.sheet()).transpose(TURNS[swapped.get(tag, tag)])
    exif = Image.Exif()
    exif[ORIENTATION] = tag
    path = path.with_name(path.name + ".jpg")
    stored.save(path, exif=exif, quality=90)
    return path, photo.text


def _clear(photo: Photo, path: Path) -> Spoilt:
    """Ink on nothing, black or white."""
    mark = photo.ink()
    image = Image.new("RGBA", SIZE, (*(BLACK if photo.rng.random() < 0.5 else WHITE), 0))
    image.putalpha(mark)
    path = path.with_name(path.name + ".png")
    image.save(path)
    return path, photo.text


def _palette(photo: Photo, path: Path) -> Spoilt:
    path = path.with_name(path.name + ".png")
    _image(_gradient(photo.sheet(), photo.rng)).quantize(16).save(path)
    return path, photo.text


def _deep(photo: Photo, path: Path) -> Spoilt:
    """Greys of 16 bits that use but a part of their range, as scanners and microscopes save them."""
    grey = photo.sheet().mean(axis=2) * photo.rng.uniform(10, 250)
    path = path.with_name(path.name + (".png" if photo.rng.random() < 0.5 else ".tiff"))
    Image.fromarray(grey.astype(np.uint16)).save(path)
    return path, photo.text


def _four_inks(photo: Photo, path: Path) -> Spoilt:
    path = path.with_name(path.name + (".jpg" if photo.rng.random() < 0.5 else ".tiff"))
    _image(photo.sheet()).convert("CMYK").save(path)
    return path, photo.text


def _animation(photo: Photo, path: Path) -> Spoilt:
    """The first picture counts."""
    frames = [_image(photo.sheet()), _image(photo.sheet(paper=(120, 20, 20)))]
    path = path.with_name(path.name + ".gif")
    frames[0].save(path, save_all=True, append_images=frames[1:], duration=100)
    return path, photo.text


def _tiny(photo: Photo, path: Path) -> Spoilt:
    side = int(photo.rng.integers(24, 72))
    mark = photo.ink((240, 240), 0.75).resize((side, side), Image.Resampling.BOX)
    return _saved(photo, inked(np.full((side, side, 3), WHITE, np.float32), mark, BLACK), path)


def _huge(photo: Photo, path: Path) -> Spoilt:
    small = _image(_noise(_gradient(photo.sheet(height=photo.rng.uniform(0.12, 0.5)), photo.rng), photo.rng, 3))
    path = path.with_name(path.name + ".jpg")
    small.resize((5600, 4230)).save(path, quality=80)
    return path, photo.text


def _small_print(photo: Photo, path: Path) -> Spoilt:
    """A date in a corner: the largest figure counts."""
    array = photo.sheet(height=0.5)
    date = photo.write("12", 36, photo.rng)
    array[8 : 8 + date.height, 8 : 8 + date.width] -= 190 * np.asarray(date, np.float32)[..., None] / 255
    return _saved(photo, array, path)


def _specks(array: Array, rng: np.random.Generator) -> Array:
    image = _image(array)
    brush = ImageDraw.Draw(image)
    for x, y in rng.uniform(0, 1, (12, 2)) * SIZE:
        radius = rng.uniform(1, 6)
        brush.ellipse((x - radius, y - radius, x + radius, y + radius), BLACK)
    return np.asarray(image, np.float32)


def _table(array: Array, rng: np.random.Generator) -> Array:
    """The paper lies on a dark table, of which two sides are seen."""
    left, top = rng.integers(10, 80, 2)
    height, width = array.shape[:2]
    table = np.array((70, 50, 38)) + rng.normal(0, 4, (height + top, width + left, 3))
    table[top:, left:] = array
    return table


def _lines(photo: Photo, path: Path) -> Spoilt:
    """Two numbers below each other."""
    texts = ["".join(str(d) for d in photo.rng.integers(10, size=int(photo.rng.integers(1, 4)))) for _ in range(2)]
    array = np.full((SIZE[1], SIZE[0], 3), WHITE, np.float32)
    for i, text in enumerate(texts):
        half = photo.ink((SIZE[0], SIZE[1] // 2), 0.6, text)
        rows = slice(i * SIZE[1] // 2, (i + 1) * SIZE[1] // 2)
        array[rows] = inked(array[rows], half, BLACK)
    return _saved(photo, array, path)[0], " ".join(texts)


def _photograph(photo: Photo, path: Path) -> Spoilt:
    """A phone's picture of a page of squared paper: all at once."""
    rng = photo.rng
    array = inked(_ruled(SIZE, rng, True), photo.ink(), [BLACK, (40, 60, 150)][int(rng.integers(2))])
    array = _perspective(_shadow(_gradient(array, rng), rng, 0.02), rng)
    array = _noise(np.asarray(_image(array).filter(ImageFilter.GaussianBlur(1.2)), np.float32), rng, 5)
    return _saved(photo, array, path, ".jpg", quality=60)


NUMBERS = ("several digits", "photographed number")
FAULTS: dict[str, Fault] = {
    "none": _spoiling(lambda array, rng: array),
    "light from one side": _spoiling(_gradient),
    "light of a lamp": _spoiling(_lamp),
    "sharp shadow": _spoiling(_shadow),
    "soft shadow": _spoiling(lambda array, rng: _shadow(array, rng, 0.06)),
    "lined paper": _on(squares=False),
    "squared paper": _on(squares=True),
    "coloured ink": _coloured,
    "coloured paper": _coloured_paper,
    "chalk": _chalk,
    "pencil": _pencil,
    "specks": _spoiling(_specks),
    "on a table": _spoiling(_table),
    "noise": _spoiling(lambda array, rng: _noise(array, rng, 22)),
    "blur": _spoiling(_blur),
    "strong JPEG": _jpeg,
    "perspective": _spoiling(_perspective),
    "orientation tag": _turned,
    "transparency": _clear,
    "palette": _palette,
    "16 bits": _deep,
    "CMYK": _four_inks,
    "animation": _animation,
    "tiny": _tiny,
    "huge": _huge,
    "small print beside": _small_print,
    "several digits": _spoiling(lambda array, rng: array),
    "two lines": _lines,
    "photograph": _photograph,
    "photographed number": _photograph,
}
