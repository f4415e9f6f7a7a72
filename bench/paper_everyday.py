"""Everyday pages: dates, prices, telephone numbers, envelopes, receipts, notes that were corrected or crumpled."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw, ImageFilter

from bench.paper_faults import ruled
from bench.paper_layouts import above, beside
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

WIDE = (900, 260)
BALL_PENS = [BLACK, (40, 60, 150), (30, 40, 90), (150, 40, 40)]


def _photographed(array: Array, path: Path, photo: Photo) -> Path:
    """Saved as a phone does: light from one side, a little blur and grain, JPEG."""
    lit = noise(blurred(gradient(array, photo.rng), photo.rng.uniform(0.3, 1.0)), photo.rng, photo.rng.uniform(2, 5))
    return saved(lit, path, ".jpg", quality=int(photo.rng.integers(60, 90)))


def _text(number: Callable[[Photo], str]) -> Fault:
    """A short text of digits, signs and blanks."""

    def write(photo: Photo, path: Path) -> Spoilt:
        text, height = number(photo), photo.rng.uniform(50, 100)
        mark = _spaced(photo, text, height)
        page = inked(plain(WHITE, WIDE), photo.placed(mark, WIDE), pick(BALL_PENS, photo.rng))
        return _photographed(page, path, photo), text

    return write


def _spaced(photo: Photo, text: str, height: float) -> Image.Image:
    """The text with gaps where it has blanks."""
    words = [photo.mark(word, height) for word in text.split()]
    return beside(words, (photo.rng.uniform(0.6, 1.0, len(words)) * height).tolist())


def _date(photo: Photo) -> str:
    day, month, year = photo.rng.integers((1, 1, 1990), (29, 13, 2030)).tolist()
    return [f"{day:02}.{month:02}.{year}", f"{day}/{month}/{year % 100:02}", f"{year}-{month:02}-{day:02}"][
        int(photo.rng.integers(3))
    ]


def _time(photo: Photo) -> str:
    return f"{photo.rng.integers(24)}:{photo.rng.integers(60):02}"


def _price(photo: Photo) -> str:
    return f"{photo.rng.integers(200)}{',.'[int(photo.rng.integers(2))]}{photo.rng.integers(100):02}"


def _telephone(photo: Photo) -> str:
    groups = [photo.number(3, 4), photo.number(2, 3), photo.number(2, 4)]
    return " ".join(groups) if photo.rng.random() < 0.5 else "-".join(groups[:2])


def _envelope(photo: Photo, path: Path) -> Spoilt:
    """A postcode on an envelope, in orange boxes or without, the flap's edge across it."""
    paper = pick([(244, 240, 232), (196, 160, 116), (222, 218, 208)], photo.rng)
    array = plain(paper)
    text, height = photo.number(5, 5), photo.rng.uniform(45, 80)
    digits = [photo.mark(digit, height) for digit in text]
    mark = Image.new("L", (round(5 * 1.3 * height), round(1.3 * height)))
    boxes = mark.copy()
    for place, digit in enumerate(digits):
        digit.thumbnail((round(0.9 * height), round(1.05 * height)))
        left = place * 1.3 * height
        mark.paste(255, (round(left + 0.6 * height - digit.width / 2), round(0.6 * height - digit.height / 2)), digit)
        ImageDraw.Draw(boxes).rectangle((left, 0, left + 1.2 * height, 1.25 * height), outline=255, width=2)
    x, y = int(photo.rng.uniform(0.1, 0.9) * (SIZE[0] - mark.width)), int(photo.rng.uniform(0.4, 0.7) * SIZE[1])
    sheets = [Image.new("L", SIZE) for _ in range(2)]
    for sheet, part in zip(sheets, (boxes, mark), strict=True):
        sheet.paste(part, (x, y))
    if photo.rng.random() < 0.6:
        array = inked(array, sheets[0], (235, 140, 70))
    flap = Image.new("L", SIZE)
    ImageDraw.Draw(flap).line((0, 20, SIZE[0] / 2, 120, SIZE[0], 20), 90, 3)
    array = inked(array, flap, (120, 110, 100))
    return _photographed(inked(array, sheets[1], pick(BALL_PENS, photo.rng)), path, photo), text


def _receipt(photo: Photo, path: Path) -> Spoilt:
    """Prices below each other, printed pale, on a narrow strip."""
    texts = [f"{photo.rng.integers(1, 100)},{photo.rng.integers(100):02}" for _ in range(int(photo.rng.integers(2, 5)))]
    marks = [photo.mark(text, 34) for text in texts]
    wide = max(mark.width for mark in marks)
    rows = [beside([Image.new("L", (max(1, wide - mark.width), 1)), mark], [0, 0]) for mark in marks]
    size = (wide + 120, sum(mark.height + 24 for mark in marks) + 120)
    sheet = photo.placed(above(rows, 24), size)
    array = inked(plain((232, 230, 226), size), sheet, (95, 90, 105))
    x, _ = grid(array.shape)
    return _photographed(array * (1 - 0.12 * np.abs(x - 0.5))[..., None], path, photo), " ".join(texts)


def _crossed_out(photo: Photo, path: Path) -> Spoilt:
    """One digit of a number is crossed out, with strokes or a scribble."""
    text, height = photo.number(3, 5), photo.rng.uniform(60, 110)
    marks = [photo.mark(digit, height) for digit in text]
    place = int(photo.rng.integers(len(text)))
    mark = Image.new("L", (max(marks[place].width, round(0.5 * height)) + 20, marks[place].height + 20))
    mark.paste(marks[place], (10, 10))
    right, foot = mark.width - 3, mark.height - 3
    lines: list[list[tuple[float, float]]] = [[(2, 2), (right, foot)], [(2, foot), (right, 2)]]
    if photo.rng.random() < 0.5:
        turns = int(photo.rng.integers(6, 12))
        lines = [[(2 + (right - 2) * n / turns, foot if n % 2 else 2) for n in range(turns + 1)]]
    for line in lines:
        ImageDraw.Draw(mark).line(line, 255, max(3, round(0.06 * height)), "curve")
    marks[place] = mark
    gaps = (photo.rng.uniform(0.25, 0.5, len(text)) * height).tolist()
    page = inked(plain(WHITE, WIDE), photo.placed(beside(marks, gaps), WIDE), BLACK)
    return saved(page, path), text[:place] + "?" + text[place + 1 :]


def _exercise_book(photo: Photo, path: Path) -> Spoilt:
    """Squares, a red margin line, and a number beside it."""
    array = image_of(ruled(SIZE, photo.rng, photo.rng.random() < 0.6))
    x = photo.rng.uniform(0.1, 0.2) * SIZE[0]
    ImageDraw.Draw(array).line(
        (x, 0, x + photo.rng.uniform(-8, 8), SIZE[1]), (215, 90, 90), int(photo.rng.integers(2, 4))
    )
    sheet = Image.new("L", SIZE)
    mark = photo.mark(photo.text, photo.rng.uniform(60, 120))
    mark.thumbnail((int(SIZE[0] * 0.6), 160))
    sheet.paste(mark, (int(x + photo.rng.uniform(20, 80)), int(photo.rng.uniform(0.2, 0.6) * SIZE[1])))
    page = inked(np.asarray(array, np.float32), sheet, pick(BALL_PENS, photo.rng))
    return _photographed(page, path, photo), photo.text


def _staple(array: Array, rng: np.random.Generator) -> Array:
    """A staple in a corner, or a paper clip at the upper edge, that shine and throw a shadow."""
    image = Image.new("L", SIZE)
    brush = ImageDraw.Draw(image)
    x = rng.uniform(0.03, 0.9) * SIZE[0]
    if rng.random() < 0.5:
        brush.line((x, 30, x + 36, 18), 255, 4)
    else:
        brush.rounded_rectangle((x, -60, x + 34, 70), 17, outline=255, width=4)
        brush.rounded_rectangle((x + 8, -60, x + 26, 50), 9, outline=255, width=4)
    shade = Image.fromarray(np.roll(np.asarray(image), (3, 3), (0, 1))).filter(ImageFilter.GaussianBlur(2))
    lit = inked(gradient(array, rng), shade.point([level // 3 for level in range(256)]), BLACK)
    return noise(inked(lit, image, pick([(120, 122, 126), (170, 172, 176), (90, 60, 60)], rng)), rng, 3)


def _one_bit(photo: Photo, path: Path) -> Spoilt:
    """A fax: black and white alone, dithered or cut at a level, with specks."""
    threshold = int(photo.rng.integers(85, 115))
    array = noise(gradient(photo.sheet(), photo.rng), photo.rng, photo.rng.uniform(2, 14))
    grey = image_of(array).convert("L")
    path = path.with_name(path.name + (".tiff" if photo.rng.random() < 0.5 else ".png"))
    if photo.rng.random() < 0.3:
        grey.convert("1").save(path)
    else:
        grey.point([255 * (level > threshold) for level in range(256)]).convert("1").save(path)
    return path, photo.text


def _crayon(photo: Photo, path: Path) -> Spoilt:
    """Coloured pencil or crayon: the grain of the paper shows through it."""
    colours = [(210, 70, 60), (60, 110, 200), (70, 150, 80), (230, 150, 50), (140, 90, 170)]
    cover = np.asarray(photo.ink(height=photo.rng.uniform(0.3, 0.6)), np.float32) / 255
    grain = blurred(np.repeat(photo.rng.uniform(0, 255, cover.shape)[..., None], 3, axis=2), 0.8)[..., :1] / 255
    strength = np.clip((grain - photo.rng.uniform(0.3, 0.42)) * 6, 0.25, 1)
    paper = plain(WHITE)
    array = paper + (np.array(pick(colours, photo.rng)) - paper) * cover[..., None] * strength
    return _photographed(array, path, photo), photo.text


def _blackboard(photo: Photo, path: Path) -> Spoilt:
    """Chalk on a board that was wiped: pale smears, grainy strokes."""
    board = pick([(38, 60, 50), (45, 48, 52), (25, 30, 32)], photo.rng)
    x, y = grid((SIZE[1], SIZE[0]))
    smear = sum(
        np.exp(-(((x * np.cos(a) + y * np.sin(a) - photo.rng.uniform(0, 1)) / photo.rng.uniform(0.05, 0.15)) ** 2))
        for a in photo.rng.uniform(0, 1, 3)
    )
    array = plain(board) + 12 * np.asarray(smear)[..., None]
    cover = np.asarray(photo.ink(height=photo.rng.uniform(0.25, 0.5)), np.float32)[..., None] / 255
    chalk = np.clip(photo.rng.normal(0.85, 0.25, cover.shape), 0.2, 1)
    array = array + (np.array(pick([(225, 225, 215), (240, 220, 150)], photo.rng)) - array) * cover * chalk
    return _photographed(array, path, photo), photo.text


def _highlighter(photo: Photo, path: Path) -> Spoilt:
    """Printed or written, and marked with a highlighter."""
    sheet = photo.ink(height=photo.rng.uniform(0.15, 0.35))
    box = sheet.getbbox()
    assert box is not None
    band = Image.new("L", SIZE)
    ImageDraw.Draw(band).rectangle((box[0] - 18, box[1] - 6, box[2] + 22, box[3] + 5), fill=230)
    colour = pick([(245, 240, 80), (140, 240, 140), (250, 160, 200)], photo.rng)
    page = inked(inked(plain(WHITE), band.rotate(float(photo.rng.uniform(-2, 2))), colour), sheet, BLACK)
    return _photographed(page, path, photo), photo.text


def _circled(photo: Photo, path: Path) -> Spoilt:
    """A number with a ring drawn round it: the number, or doubt."""
    sheet = photo.ink(height=photo.rng.uniform(0.15, 0.3))
    left, top, right, bottom = sheet.getbbox() or (0, 0, 1, 1)
    room = 0.35 * (bottom - top) + 0.15 * (right - left)
    ImageDraw.Draw(sheet).ellipse((left - room, top - room, right + room, bottom + room), outline=255, width=4)
    return saved(inked(plain(WHITE), sheet, BLACK), path), photo.text


def _shining_through(photo: Photo, path: Path) -> Spoilt:
    """What stands on the other side of thin paper shines through, mirrored."""
    other = photo.ink(height=photo.rng.uniform(0.2, 0.4), text=photo.number(1, 4)).transpose(
        Image.Transpose.FLIP_LEFT_RIGHT
    )
    pale = int(photo.rng.integers(200, 225))
    page = inked(plain(WHITE), other.filter(ImageFilter.GaussianBlur(2)), (pale, pale, pale))
    return _photographed(inked(page, photo.ink(), pick(BALL_PENS, photo.rng)), path, photo), photo.text


def _fountain_pen(photo: Photo, path: Path) -> Spoilt:
    """Ink that runs dry and pools: dark and pale along its strokes."""
    cover = np.asarray(photo.ink(), np.float32)[..., None] / 255
    x, y = grid((SIZE[1], SIZE[0]))
    flow = 0.7 + 0.3 * np.sin(2 * np.pi * (photo.rng.uniform(3, 9) * x + photo.rng.uniform(3, 9) * y))
    paper = plain((248, 244, 232))
    array = paper + (np.array((35, 45, 130)) - paper) * cover * flow[..., None]
    return _photographed(array, path, photo), photo.text


def _fineliner(photo: Photo, path: Path) -> Spoilt:
    """A small number, thinly written, on a large sheet."""
    size = (1600, 1200)
    mark = photo.mark(photo.text, photo.rng.uniform(60, 120)).filter(ImageFilter.MinFilter(3))
    return _photographed(inked(plain(WHITE, size), photo.placed(mark, size), BLACK), path, photo), photo.text


def _dark_screen(photo: Photo, path: Path) -> Spoilt:
    """A drawing program in the dark, its bar of buttons at the upper edge."""
    array = inked(plain((24, 26, 30)), photo.ink(height=0.4), pick([(245, 245, 245), (90, 200, 250)], photo.rng))
    array[:40] = (52, 56, 62)
    return saved(array, path), photo.text


def _torn(array: Array, rng: np.random.Generator) -> Array:
    """A scrap of paper with torn edges on a dark desk."""
    x, y = np.meshgrid(np.arange(SIZE[0]), np.arange(SIZE[1]))
    edges = np.cumsum(rng.normal(0, 1.5, (4, max(SIZE))), axis=1)
    edges = 25 + edges - edges.min(axis=1, keepdims=True) * 0.8
    outside = (x < edges[0][y]) | (SIZE[0] - x < edges[1][y]) | (y < edges[2][x]) | (SIZE[1] - y < edges[3][x])
    desk = plain(pick([(70, 50, 40), (45, 47, 52), (110, 75, 50)], rng))
    return noise(np.where(outside[..., None], noise(desk, rng, 3), gradient(array, rng)), rng, 3)


def _book(array: Array, rng: np.random.Generator) -> Array:
    """A page of a book, dark towards its back."""
    x, _ = grid(array.shape)
    return noise(array * (1 - 0.65 * np.exp(-(x if rng.random() < 0.5 else 1 - x) / 0.06))[..., None], rng, 3)


def _crumpled(array: Array, rng: np.random.Generator) -> Array:
    """Paper that was crumpled and smoothed: facets in many shades."""
    corners = rng.uniform(0, 1, (14, 2))
    x, y = grid(array.shape)
    facet = np.argmin([(x - a) ** 2 + (y - b) ** 2 for a, b in corners], axis=0)
    shade = rng.uniform(0.86, 1.0, len(corners))[facet]
    return noise(array * blurred(np.repeat(255 * shade[..., None], 3, axis=2), 3) / 255, rng, 3)


MIDDLE = 0.2  # of the page: what is pinned or torn lies nearer to its edges

EVERYDAY: dict[str, Fault] = {
    "date": _text(_date),
    "time": _text(_time),
    "price": _text(_price),
    "telephone": _text(_telephone),
    "envelope": _envelope,
    "receipt": _receipt,
    "crossed out": _crossed_out,
    "exercise book": _exercise_book,
    "staple": spoiling(_staple, MIDDLE),
    "one bit": _one_bit,
    "crayon": _crayon,
    "blackboard": _blackboard,
    "highlighter": _highlighter,
    "circled": _circled,
    "shining through": _shining_through,
    "fountain pen": _fountain_pen,
    "fineliner": _fineliner,
    "dark screen": _dark_screen,
    "torn": spoiling(_torn, MIDDLE),
    "book": spoiling(_book, 0.15),
    "crumpled": spoiling(_crumpled),
}
