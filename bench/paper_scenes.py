"""Scenes: sheets with what lies around and on them: tables, scanner beds, things, folds, notes and boards."""

from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw

from bench.paper_faults import ruled, shadow
from bench.paper_page import (
    BLACK,
    SIZE,
    Array,
    Colour,
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

TABLES: list[Colour] = [(20, 20, 24), (50, 70, 130), (140, 95, 60), (120, 120, 120), (90, 110, 80)]
BLUE: Colour = (40, 60, 150)
MIDDLE = 0.22  # of the page: the writing is so far from what lies at its edges


def _wood(rng: np.random.Generator, size: tuple[int, int] = SIZE) -> Array:
    """A table of wood, its grain along it."""
    y = np.linspace(0, 1, size[1])[:, None] + 0.02 * np.sin(np.linspace(0, rng.uniform(2, 6), size[0]))
    rings = 14 * np.sin(y * rng.uniform(40, 120)) + 8 * np.sin(y * rng.uniform(200, 300))
    return np.array((150, 105, 70)) + rings[..., None] + rng.normal(0, 3, (size[1], size[0], 1))


def _laid(sheet: Array, table: Array, rng: np.random.Generator, turn: float = 6) -> Array:
    """A sheet, turned by up to so many degrees, on a table that is seen all round it."""
    height, width = table.shape[:2]
    card = image_of(sheet).resize((round(width * rng.uniform(0.72, 0.85)), round(height * rng.uniform(0.72, 0.85))))
    angle = float(rng.uniform(-turn, turn))
    cover = Image.new("L", card.size, 255).rotate(angle, Image.Resampling.BICUBIC, expand=True)
    card = card.rotate(angle, Image.Resampling.BICUBIC, expand=True)
    picture = image_of(table)
    picture.paste(card, ((width - card.width) // 2, (height - card.height) // 2), cover)
    return np.asarray(picture, np.float32)


def _sheet(array: Array, rng: np.random.Generator) -> Array:
    table = _wood(rng) if rng.random() < 0.3 else plain(pick(TABLES, rng))
    return noise(_laid(gradient(array, rng), noise(table, rng, 4), rng), rng, 3)


def _scan(dark: bool) -> Fault:
    """A turned sheet on a scanner's bed: wedges of it at the edges."""

    def change(array: Array, rng: np.random.Generator) -> Array:
        bed = 12 if dark else 252
        angle = float(rng.choice([-1, 1]) * rng.uniform(0.5, 2.5))
        turned = image_of(array).rotate(angle, Image.Resampling.BICUBIC, fillcolor=(bed, bed, bed))
        return noise(np.asarray(turned, np.float32), rng, 2)

    return spoiling(change)


def _thing(array: Array, rng: np.random.Generator) -> Array:
    """A dark thing, such as a phone, at one of the edges, with its soft edge."""
    image = Image.new("L", SIZE)
    depth, start = rng.uniform(0.06, 0.2), rng.uniform(-0.3, 0.5)
    box = (start * SIZE[0], SIZE[1] * (1 - depth), (start + rng.uniform(0.4, 0.9)) * SIZE[0], SIZE[1] * 1.5)
    ImageDraw.Draw(image).rounded_rectangle(box, 20, 255)
    if rng.random() < 0.5:
        image = image.transpose(Image.Transpose.FLIP_TOP_BOTTOM)
    shade = int(rng.integers(15, 120))
    lit = gradient(array, rng)
    return noise(inked(lit, _softened(image, 1.5), (shade, shade, shade)), rng, 4)


def _softened(mask: Image.Image, radius: float) -> Image.Image:
    """A mask with a soft edge."""
    return image_of(blurred(np.repeat(np.asarray(mask, np.float32)[..., None], 3, axis=2), radius)).convert("L")


def _folded(array: Array, rng: np.random.Generator) -> Array:
    """Paper that was folded: each part in its own light, a dark and a light seam between."""
    x, y = grid(array.shape)
    lit = gradient(array, rng)
    for along in (x + rng.uniform(-0.05, 0.05) * y, y + rng.uniform(-0.05, 0.05) * x)[: int(rng.integers(1, 3))]:
        at = rng.uniform(0.3, 0.7)
        lit = lit * (1 - rng.uniform(0.05, 0.15) * (along > at))[..., None]
        lit = lit * (1 - rng.uniform(0.1, 0.3) * np.exp(-(((along - at) / 0.004) ** 2)))[..., None]
        lit = lit * (1 + 0.05 * np.exp(-(((along - at - 0.01) / 0.004) ** 2)))[..., None]
    return noise(lit, rng, 3)


def _kraft(photo: Photo, path: Path) -> Spoilt:
    """Brown wrapping paper with its fibres."""
    paper = noise(plain((176, 136, 94)), photo.rng, 10)
    paper = blurred(paper, 1) + photo.rng.normal(0, 3, paper.shape)
    return saved(inked(paper, photo.ink(), BLACK), path), photo.text


def _ball_pen(photo: Photo, path: Path) -> Spoilt:
    """Blue ball pen on squared paper, on a wooden table."""
    page = inked(ruled(SIZE, photo.rng, True), photo.ink(height=photo.rng.uniform(0.2, 0.4)), BLUE)
    return saved(_laid(page, _wood(photo.rng), photo.rng), path, ".jpg", quality=80), photo.text


def _whiteboard(photo: Photo, path: Path) -> Spoilt:
    """Marker on a whiteboard in which a lamp is mirrored."""
    colour = pick([(30, 40, 120), (20, 20, 30), (170, 30, 40), (20, 110, 60)], photo.rng)
    array = gradient(inked(plain((205, 212, 215)), photo.ink(height=photo.rng.uniform(0.25, 0.5)), colour), photo.rng)
    x, y = grid(array.shape)
    glare = np.exp(-(((x - photo.rng.uniform()) / 0.12) ** 2) - ((y - photo.rng.uniform()) / 0.12) ** 2)
    return saved(noise(array + 60 * glare[..., None], photo.rng, 3), path), photo.text


def _sticky(photo: Photo, path: Path) -> Spoilt:
    """A sticky note on a desk."""
    paper = pick([(250, 235, 120), (250, 170, 190), (160, 220, 245), (180, 235, 150)], photo.rng)
    note = inked(plain(paper, (480, 480)), photo.ink((480, 480), photo.rng.uniform(0.25, 0.5)), BLACK)
    desk = plain(pick([(225, 220, 212), (90, 70, 55), (60, 62, 66)], photo.rng), (560, 560))
    return saved(noise(_laid(gradient(note, photo.rng), desk, photo.rng, 12), photo.rng, 3), path), photo.text


def _phone_shadow(photo: Photo, path: Path) -> Spoilt:
    """The shadow of the phone and the hand that hold it over the page."""
    image = Image.new("L", SIZE)
    brush = ImageDraw.Draw(image)
    left = photo.rng.uniform(0.2, 0.7) * SIZE[0]
    brush.rounded_rectangle((left, photo.rng.uniform(0.2, 0.6) * SIZE[1], left + 170, 700), 25, 255)
    brush.ellipse((left + 120, 330, left + 330, 700), 255)
    mask = np.asarray(_softened(image, photo.rng.uniform(4, 14)), np.float32)[..., None] / 255
    array = gradient(photo.sheet(), photo.rng) * (1 - photo.rng.uniform(0.25, 0.5) * mask)
    return saved(noise(array, photo.rng, 4), path, ".jpg", quality=75), photo.text


def _stain(array: Array, rng: np.random.Generator) -> Array:
    """The ring of a cup of coffee."""
    x, y = np.meshgrid(np.arange(SIZE[0]), np.arange(SIZE[1]))
    distance = np.hypot(x - rng.uniform(0, SIZE[0]), y - rng.uniform(0, SIZE[1]))
    ring = np.exp(-(((distance - rng.uniform(80, 150)) / 5) ** 2))
    return noise(array - ring[..., None] * np.array((40, 65, 90)) * rng.uniform(0.5, 1), rng, 2)


def _holes(array: Array, rng: np.random.Generator) -> Array:
    """Holes of a ring binder at the left edge, the dark table in them."""
    image = Image.new("L", SIZE)
    for y in np.arange(rng.uniform(20, 60), SIZE[1], rng.uniform(60, 140)):
        ImageDraw.Draw(image).ellipse((14, y, 38, y + 24), 255)
    return noise(inked(gradient(array, rng), image, (70, 55, 45)), rng, 3)


def _finger(array: Array, rng: np.random.Generator) -> Array:
    """A finger that holds the sheet at its edge."""
    image = Image.new("L", SIZE)
    x = rng.uniform(0.1, 0.8) * SIZE[0]
    ImageDraw.Draw(image).rounded_rectangle((x, SIZE[1] - rng.uniform(50, 90), x + 70, SIZE[1] + 60), 35, 255)
    skin = pick([(224, 172, 145), (150, 100, 75), (85, 56, 42)], rng)
    return noise(inked(gradient(array, rng), _softened(image, 2), skin), rng, 3)


SCENES: dict[str, Fault] = {
    "sheet on a table": spoiling(_sheet),
    "scan, dark bed": _scan(dark=True),
    "scan, white bed": _scan(dark=False),
    "dark thing": spoiling(_thing, MIDDLE),
    "finger": spoiling(_finger, MIDDLE),
    "binder holes": spoiling(_holes, MIDDLE),
    "folded": spoiling(_folded),
    "kraft paper": _kraft,
    "ball pen": _ball_pen,
    "whiteboard": _whiteboard,
    "sticky note": _sticky,
    "phone shadow": _phone_shadow,
    "coffee ring": spoiling(_stain),
    "shadow and fold": spoiling(lambda array, rng: shadow(_folded(array, rng), rng, 0.03)),
}
