"""More of what people write on: rings, stamped envelopes, dry pens, wiped boards, figures like MNIST's."""

from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw, ImageFilter

from bench.paper_layouts import above, beside
from bench.paper_page import (
    BLACK,
    SIZE,
    WHITE,
    Fault,
    Photo,
    Spoilt,
    blurred,
    gradient,
    grid,
    inked,
    noise,
    pick,
    plain,
    saved,
)

PENS = [BLACK, (40, 60, 150), (30, 40, 90), (150, 40, 40)]


def _rings(photo: Photo, path: Path) -> Spoilt:
    """Each number in a ring of its own, as exercises are numbered."""
    count, height = int(photo.rng.integers(2, 5)), photo.rng.uniform(50, 80)
    texts = [photo.number(1, 1) if photo.rng.random() < 0.7 else photo.number(2, 2) for _ in range(count)]
    rings = []
    for text in texts:
        mark = photo.mark(text, height)
        room = photo.rng.uniform(1.25, 1.6) * float(np.hypot(mark.width, mark.height))
        ring = Image.new("L", (round(room) + 8, round(room * photo.rng.uniform(0.95, 1.1)) + 8))
        ImageDraw.Draw(ring).ellipse(
            (3, 3, ring.width - 4, ring.height - 4), outline=255, width=int(photo.rng.integers(2, 6))
        )
        ring.paste(255, ((ring.width - mark.width) // 2, (ring.height - mark.height) // 2), mark)
        rings.append(ring)
    highest = max(ring.height for ring in rings)
    mark = beside(rings, [25.0] * count, [(ring.height - highest) / 2 for ring in rings])
    page = inked(plain(WHITE, (900, 300)), photo.placed(mark, (900, 300)), pick(PENS, photo.rng))
    return saved(noise(gradient(page, photo.rng), photo.rng, 3), path), " ".join(texts)


def _stamped(photo: Photo, path: Path) -> Spoilt:
    """A postcode on an envelope with a stamp in its corner and a postmark over it."""
    size = (900, 560)
    array = plain(pick([(244, 240, 232), (214, 190, 150), (225, 230, 236)], photo.rng), size)
    text = photo.number(4, 5)
    mark = photo.mark(text, photo.rng.uniform(45, 80))
    sheet = Image.new("L", size)
    sheet.paste(
        mark, (int(photo.rng.uniform(0.1, 0.5) * (size[0] - mark.width)), int(photo.rng.uniform(0.6, 0.8) * size[1]))
    )
    array = inked(array, sheet, pick(PENS, photo.rng))
    stamp = Image.new("RGB", (120, 150), (250, 248, 244))
    brush = ImageDraw.Draw(stamp)
    brush.rectangle((9, 9, 110, 140), fill=pick([(180, 50, 50), (60, 110, 80), (60, 80, 150)], photo.rng))
    brush.ellipse((35, 30, 85, 95), fill=(235, 205, 180))
    brush.rectangle((30, 95, 90, 139), fill=(80, 60, 60))
    for n in range(0, 160, 12):
        for x, y in ((n, 0), (n, 149), (0, n), (119, n)):
            brush.ellipse((x - 3, y - 3, x + 3, y + 3), fill=tuple(int(v) for v in array[30, 30]))
    array[30:180, 750:870] = np.asarray(stamp, np.float32)
    postmark = Image.new("L", size)
    brush = ImageDraw.Draw(postmark)
    east, north = photo.rng.uniform(620, 720), photo.rng.uniform(90, 140)
    for radius in (58, 36):
        brush.ellipse((east - radius, north - radius, east + radius, north + radius), outline=200, width=2)
    for n in range(5):
        wave = [(east + 60 + 10 * k, north - 40 + 18 * n + 5 * np.sin(k)) for k in range(18)]
        brush.line(wave, 190, 2)
    array = inked(array, postmark, (50, 50, 60))
    return saved(noise(blurred(gradient(array, photo.rng), 0.6), photo.rng, 3), path, ".jpg", quality=80), text


def _dry_pen(photo: Photo, path: Path) -> Spoilt:
    """A pen that runs dry: streaks and gaps in all that is written."""
    mark = photo.ink(height=photo.rng.uniform(0.2, 0.45))
    cover = np.asarray(mark, np.float32)[..., None] / 255
    x, y = grid((SIZE[1], SIZE[0]))
    angle = photo.rng.uniform(0, np.pi)
    along, across = x * np.cos(angle) + y * np.sin(angle), y * np.cos(angle) - x * np.sin(angle)
    grain = photo.rng.uniform(0, 1, (SIZE[1], SIZE[0], 1))
    patches = blurred(255 * np.repeat(grain, 3, axis=2), 4)[..., 0]
    patches = (patches - patches.mean()) / patches.std()
    streaks = np.sin(2 * np.pi * (photo.rng.uniform(20, 50) * across + 0.5 * along + 0.3 * patches))
    holds = np.clip(1.4 + 0.5 * patches + 0.6 * streaks + photo.rng.uniform(-0.3, 0.4), 0, 1)
    paper = plain(WHITE)
    array = paper + (np.array(pick(PENS, photo.rng)) - paper) * cover * holds[..., None]
    return saved(noise(array, photo.rng, 2), path, ".jpg", quality=85), photo.text


def _gaps(photo: Photo, path: Path) -> Spoilt:
    """Every digit in pieces, as stencils and worn types print them."""
    text, height = photo.number(1, 5), photo.rng.uniform(80, 130)
    marks = []
    for digit in text:
        mark = photo.mark(digit, height)
        brush = ImageDraw.Draw(mark)
        for _ in range(int(photo.rng.integers(1, 3))):
            y, tilt = photo.rng.uniform(0.2, 0.8) * mark.height, photo.rng.uniform(-0.2, 0.2) * mark.height
            brush.line((0, y, mark.width, y + tilt), 0, max(2, round(photo.rng.uniform(0.02, 0.05) * height)))
        marks.append(mark)
    gaps = (photo.rng.uniform(0.4, 0.7, len(text)) * height).tolist()
    size = (900, 260)
    return saved(inked(plain(WHITE, size), photo.placed(beside(marks, gaps), size), BLACK), path), text


def _small_one(photo: Photo, path: Path) -> Spoilt:
    """A plain 1 beside small figures, all as small as the date of a form."""
    text = photo.number(1, 2) + "1" + photo.number(1, 2)
    size = (1200, 800)
    page = inked(
        plain(WHITE, size), photo.placed(photo.mark(text, photo.rng.uniform(26, 44)), size), pick(PENS, photo.rng)
    )
    return saved(noise(blurred(gradient(page, photo.rng), 0.5), photo.rng, 2), path, ".jpg", quality=85), text


def _like_mnist(photo: Photo, path: Path) -> Spoilt:
    """Figures of a few dozen pixels, thick and soft, made large, on black or on white, often with a comma."""
    text = photo.number(2, 5)
    if photo.rng.random() < 0.5:
        place = int(photo.rng.integers(1, len(text)))
        text = text[:place] + "," + text[place:]
    mark = photo.mark(text, 80).filter(ImageFilter.MaxFilter(5))
    small = mark.resize((max(1, mark.width // 4), max(1, mark.height // 4)), Image.Resampling.BOX)
    scale = int(photo.rng.integers(3, 7))
    way = Image.Resampling.NEAREST if photo.rng.random() < 0.5 else Image.Resampling.BICUBIC
    large = small.resize((small.width * scale, small.height * scale), way)
    size = (large.width + int(photo.rng.integers(20, 120)), large.height + int(photo.rng.integers(20, 120)))
    sheet = Image.new("L", size)
    sheet.paste(large, ((size[0] - large.width) // 2, (size[1] - large.height) // 2))
    paper, ink = ((0, 0, 0), (255, 255, 255)) if photo.rng.random() < 0.6 else ((255, 255, 255), (0, 0, 0))
    return saved(inked(plain(paper, size), sheet, ink), path), text


def _mnist_sheet(photo: Photo, path: Path) -> Spoilt:
    """Rows of figures like MNIST's, each in a black tile."""
    columns, rows = int(photo.rng.integers(3, 8)), int(photo.rng.integers(1, 4))
    tile = int(photo.rng.integers(40, 90))
    gap = int(photo.rng.integers(0, 8))
    sheet = Image.new("L", (columns * (tile + gap) + gap, rows * (tile + gap) + gap), 255)
    texts = []
    for row in range(rows):
        texts.append(photo.number(columns, columns))
        for column, digit in enumerate(texts[-1]):
            mark = photo.mark(digit, 60).filter(ImageFilter.MaxFilter(5))
            mark.thumbnail((20, 20))
            small = Image.new("L", (28, 28))
            small.paste(mark, ((28 - mark.width) // 2, (28 - mark.height) // 2))
            sheet.paste(small.resize((tile, tile)), (gap + column * (tile + gap), gap + row * (tile + gap)))
    return saved(np.repeat(np.asarray(sheet, np.float32)[..., None], 3, axis=2), path), " ".join(texts)


def _wiped_board(photo: Photo, path: Path) -> Spoilt:
    """Chalk on a board with the smears and remains of what was wiped off."""
    board = pick([(38, 60, 50), (45, 48, 52), (25, 30, 32)], photo.rng)
    array = plain(board)
    old = photo.ink(height=0.4, text=photo.number(2, 4)).filter(ImageFilter.GaussianBlur(9))
    array = array + 40 * np.asarray(old, np.float32)[..., None] / 255
    x, y = grid((SIZE[1], SIZE[0]))
    for _ in range(4):
        angle, at, wide = photo.rng.uniform(0, np.pi), photo.rng.uniform(0, 1), photo.rng.uniform(0.03, 0.1)
        band = np.exp(-(((x * np.cos(angle) + y * np.sin(angle) - at) / wide) ** 2))
        streaks = blurred(np.repeat(photo.rng.uniform(0, 255, (SIZE[1], 1, 1)), 3, axis=2), 1)[..., 0] / 255
        array = array + (28 * band * (0.6 + 0.4 * streaks))[..., None]
    cover = np.asarray(photo.ink(height=photo.rng.uniform(0.25, 0.5)), np.float32)[..., None] / 255
    chalk = np.clip(photo.rng.normal(0.85, 0.25, cover.shape), 0.2, 1)
    array = array + (np.array(pick([(225, 225, 215), (240, 220, 150)], photo.rng)) - array) * cover * chalk
    lit = noise(blurred(gradient(array, photo.rng), 0.6), photo.rng, 3)
    return saved(lit, path, ".jpg", quality=75), photo.text


def _marked(photo: Photo, path: Path) -> Spoilt:
    """A highlighter's strokes through a number, one over another, that leave part of it out."""
    sheet = photo.ink(height=photo.rng.uniform(0.15, 0.35))
    left, top, right, bottom = sheet.getbbox() or (0, 0, 1, 1)
    colour = np.array(pick([(245, 240, 80), (140, 240, 140), (250, 160, 200), (255, 190, 90)], photo.rng)) / 255
    array = plain(WHITE)
    for _ in range(int(photo.rng.integers(1, 3))):
        band = Image.new("L", SIZE)
        y = photo.rng.uniform(0.3, 0.7) * (bottom - top) + top
        ends = (
            left - photo.rng.uniform(-20, 30),
            y,
            right + photo.rng.uniform(-20, 30),
            y + photo.rng.uniform(-10, 10),
        )
        ImageDraw.Draw(band).line(ends, 255, max(8, round(photo.rng.uniform(0.5, 1.1) * (bottom - top))))
        array = array * (1 - (1 - colour) * np.asarray(band, np.float32)[..., None] / 255)
    page = noise(gradient(inked(array, sheet, pick(PENS, photo.rng)), photo.rng), photo.rng, 3)
    return saved(page, path, ".jpg", quality=80), photo.text


def _list(photo: Photo, path: Path) -> Spoilt:
    """Numbers below each other with a line under them, as they are added up."""
    height = photo.rng.uniform(45, 80)
    texts = [photo.number(2, 4) for _ in range(int(photo.rng.integers(2, 4)))]
    marks = [photo.mark(text, height) for text in texts]
    wide = max(mark.width for mark in marks)
    rows = [beside([Image.new("L", (max(1, wide - mark.width), 1)), mark], [0, 0]) for mark in marks]
    line = Image.new("L", (wide + 30, 4), 255)
    sum_of = photo.mark(str(sum(map(int, texts))), height)
    column = above([*rows, line, sum_of], height * 0.35)
    page = inked(plain(WHITE), photo.placed(column), pick(PENS, photo.rng))
    return saved(noise(gradient(page, photo.rng), photo.rng, 3), path), " ".join([*texts, str(sum(map(int, texts)))])


OBJECTS: dict[str, Fault] = {
    "rings": _rings,
    "stamped": _stamped,
    "dry pen": _dry_pen,
    "in pieces": _gaps,
    "small 1": _small_one,
    "like MNIST": _like_mnist,
    "MNIST sheet": _mnist_sheet,
    "wiped board": _wiped_board,
    "marked": _marked,
    "addition": _list,
}
