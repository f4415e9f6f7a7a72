"""Faults of photographs: pictures of digits on paper as light, paper, ink, camera and file forms spoil them."""

from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw

from bench.paper_page import (
    BLACK,
    SIZE,
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
from model.pictures.photograph import ORIENTATION, TURNS

LEAST_DIGIT = 12  # pixels that a digit takes at least, with the gap beside it, to be read by people


def _lamp(array: Array, rng: np.random.Generator) -> Array:
    x, y = grid(array.shape)
    distance = (x - rng.uniform(0, 1)) ** 2 + (y - rng.uniform(0, 1)) ** 2
    return array * (0.35 + 0.65 * np.exp(-distance * 1.5))[..., None]


def shadow(array: Array, rng: np.random.Generator, soft: float = 0.004) -> Array:
    """The shadow of a hand or a phone: a half plane, nearly sharp or soft at its edge."""
    x, y = grid(array.shape)
    angle = rng.uniform(0, 2 * np.pi)
    along = (x - 0.5) * np.cos(angle) + (y - 0.5) * np.sin(angle) + rng.uniform(-0.2, 0.2)
    shade = 1 / (1 + np.exp(np.clip(-along / soft, -60, 60)))
    return array * (1 - rng.uniform(0.25, 0.5) * shade)[..., None]


def ruled(size: tuple[int, int], rng: np.random.Generator, squares: bool) -> Array:
    """Paper with pale lines, or squares."""
    image = Image.new("RGB", size, WHITE)
    brush = ImageDraw.Draw(image)
    colour = pick([(158, 184, 216), (185, 185, 190), (205, 165, 160)], rng)
    step, width = int(rng.integers(24, 60)), int(rng.integers(1, 4))
    tilt = rng.uniform(-6, 6)
    for y in range(int(rng.integers(step)), size[1], step):
        brush.line((0, y, size[0], y + tilt), colour, width)
    if squares:
        for x in range(int(rng.integers(step)), size[0], step):
            brush.line((x, 0, x - tilt, size[1]), colour, width)
    return np.asarray(image, np.float32)


def _perspective(array: Array, rng: np.random.Generator) -> Array:
    """Seen from the side: every corner up to 7 % of the side away, the paper going on beyond them."""
    image = image_of(array)
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


def _on(squares: bool) -> Fault:
    def spoil(photo: Photo, path: Path) -> Spoilt:
        ink = pick([BLACK, (40, 60, 150), (150, 40, 40)], photo.rng)
        return saved(inked(ruled(SIZE, photo.rng, squares), photo.ink(), ink), path), photo.text

    return spoil


def _coloured(photo: Photo, path: Path) -> Spoilt:
    inks = [(200, 40, 40), (30, 80, 200), (20, 130, 60), (230, 120, 20), (150, 60, 170), (0, 150, 170)]
    return saved(photo.sheet(ink=pick(inks, photo.rng)), path), photo.text


def _coloured_paper(photo: Photo, path: Path) -> Spoilt:
    papers = [(250, 230, 120), (190, 225, 245), (250, 190, 200), (190, 150, 110), (160, 210, 160)]
    return saved(photo.sheet(paper=pick(papers, photo.rng)), path), photo.text


def _chalk(photo: Photo, path: Path) -> Spoilt:
    board = photo.sheet(ink=(225, 225, 215), paper=(38, 60, 50))
    return saved(noise(gradient(board, photo.rng), photo.rng, 4), path), photo.text


def _pencil(photo: Photo, path: Path) -> Spoilt:
    return saved(noise(photo.sheet(ink=(150, 150, 152)), photo.rng, 4), path), photo.text


def _blur(array: Array, rng: np.random.Generator) -> Array:
    return blurred(array, rng.uniform(1.5, 5))


def _jpeg(photo: Photo, path: Path) -> Spoilt:
    return saved(photo.sheet(), path, ".jpg", quality=int(photo.rng.integers(5, 25))), photo.text


def _turned(photo: Photo, path: Path) -> Spoilt:
    """Stored turned or mirrored, with the tag that says how to turn it back."""
    tag = int(photo.rng.integers(2, 9))
    swapped = {6: 8, 8: 6}
    stored = image_of(photo.sheet()).transpose(TURNS[swapped.get(tag, tag)])
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
    image_of(gradient(photo.sheet(), photo.rng)).quantize(16).save(path)
    return path, photo.text


def _deep(photo: Photo, path: Path) -> Spoilt:
    """Greys of 16 bits that use but a part of their range, as scanners and microscopes save them."""
    grey = photo.sheet().mean(axis=2) * photo.rng.uniform(10, 250)
    path = path.with_name(path.name + (".png" if photo.rng.random() < 0.5 else ".tiff"))
    Image.fromarray(grey.astype(np.uint16)).save(path)
    return path, photo.text


def _four_inks(photo: Photo, path: Path) -> Spoilt:
    path = path.with_name(path.name + (".jpg" if photo.rng.random() < 0.5 else ".tiff"))
    image_of(photo.sheet()).convert("CMYK").save(path)
    return path, photo.text


def _animation(photo: Photo, path: Path) -> Spoilt:
    """The first picture counts."""
    frames = [image_of(photo.sheet()), image_of(photo.sheet(paper=(120, 20, 20)))]
    path = path.with_name(path.name + ".gif")
    frames[0].save(path, save_all=True, append_images=frames[1:], duration=100)
    return path, photo.text


def _tiny(photo: Photo, path: Path) -> Spoilt:
    """A few dozen pixels, of as many digits as can be read in them."""
    side = int(photo.rng.integers(24, 72))
    text = photo.text[: side // LEAST_DIGIT]
    mark = photo.ink((240, 240), 0.75, text).resize((side, side), Image.Resampling.BOX)
    return saved(inked(plain(WHITE, (side, side)), mark, BLACK), path), text


def _huge(photo: Photo, path: Path) -> Spoilt:
    small = image_of(noise(gradient(photo.sheet(height=photo.rng.uniform(0.12, 0.5)), photo.rng), photo.rng, 3))
    path = path.with_name(path.name + ".jpg")
    small.resize((4000, 3000)).save(path, quality=80)
    return path, photo.text


def _small_print(photo: Photo, path: Path) -> Spoilt:
    """A date in a corner."""
    date, mark = photo.mark("12", 30), photo.mark(photo.text[:2], 200)
    both = Image.new("L", SIZE)
    both.paste(date, (10, 10))
    both.paste(mark, (int(photo.rng.uniform(100, 180)), int(photo.rng.uniform(110, 180))))
    return saved(inked(plain(WHITE), both, BLACK), path), f"12 {photo.text[:2]}"


def _specks(array: Array, rng: np.random.Generator) -> Array:
    image = image_of(array)
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
    array = plain(WHITE)
    for i, text in enumerate(texts):
        half = photo.ink((SIZE[0], SIZE[1] // 2), 0.6, text)
        rows = slice(i * SIZE[1] // 2, (i + 1) * SIZE[1] // 2)
        array[rows] = inked(array[rows], half, BLACK)
    return saved(array, path), " ".join(texts)


def _photograph(photo: Photo, path: Path) -> Spoilt:
    """A phone's picture of a page of squared paper: all at once."""
    rng = photo.rng
    array = inked(ruled(SIZE, rng, True), photo.ink(), pick([BLACK, (40, 60, 150)], rng))
    array = _perspective(shadow(gradient(array, rng), rng, 0.02), rng)
    array = noise(blurred(array, 1.2), rng, 5)
    return saved(array, path, ".jpg", quality=60), photo.text


FAULTS: dict[str, Fault] = {
    "plain": spoiling(lambda array, rng: array),
    "light from one side": spoiling(gradient),
    "light of a lamp": spoiling(_lamp),
    "sharp shadow": spoiling(shadow),
    "soft shadow": spoiling(lambda array, rng: shadow(array, rng, 0.06)),
    "lined paper": _on(squares=False),
    "squared paper": _on(squares=True),
    "coloured ink": _coloured,
    "coloured paper": _coloured_paper,
    "chalk": _chalk,
    "pencil": _pencil,
    "specks": spoiling(_specks),
    "on a table": spoiling(_table),
    "noise": spoiling(lambda array, rng: noise(array, rng, 22)),
    "blur": spoiling(_blur),
    "strong JPEG": _jpeg,
    "perspective": spoiling(_perspective),
    "orientation tag": _turned,
    "transparency": _clear,
    "palette": _palette,
    "16 bits": _deep,
    "CMYK": _four_inks,
    "animation": _animation,
    "tiny": _tiny,
    "huge": _huge,
    "small print beside": _small_print,
    "two lines": _lines,
    "photograph": _photograph,
}
