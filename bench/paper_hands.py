"""Hands for digits on paper: printed type, the pen model, and people whom no network has learnt from."""

from collections.abc import Callable

import numpy as np
from PIL import Image, ImageDraw, ImageFont

from app.paths import ASSETS
from model.data.pen_strokes import PenStrokes
from model.handwriting.digits import write_strokes

FACES = ("Inter-Regular.otf", "Inter-SemiBold.otf", "InterDisplay-Bold.otf", None)  # None: Pillow's own
PEN = (0.04, 0.13)  # width of the pen, of the digit's height
GAPS = (0.15, 0.45)  # between digits side by side, of their height
# The height of a sign and how far down its middle stands, of a digit's height.
SIGNS = {",": (0.26, 1.02), ".": (0.01, 0.98), "-": (0.12, 0.5), "+": (0.5, 0.52), "/": (1.05, 0.5), ":": (0.45, 0.6)}
DASH = 0.4  # of a digit's height: the length of a minus

Writer = Callable[[str, int, np.random.Generator], Image.Image]
Strokes = list[np.ndarray]  # (P, 2) each, y down


def printed(rng: np.random.Generator) -> Writer:
    """A writer of printed digits in one typeface: "L" images, ink 255, cut to the ink."""
    face = FACES[int(rng.integers(len(FACES)))]

    def write(text: str, height: int, rng: np.random.Generator) -> Image.Image:
        size = round(height * 1.35)
        font = ImageFont.load_default(size) if face is None else ImageFont.truetype(str(ASSETS / "fonts" / face), size)
        image = Image.new("L", (size * (len(text) + 1), size * 2))
        ImageDraw.Draw(image).text((size // 2, size // 4), text, 255, font)
        return image.crop(image.getbbox())

    return write


def handwritten(pen_strokes: PenStrokes | None, rng: np.random.Generator) -> Writer:
    """The hand of one of these people, or without them of the pen model, with one pen."""
    width = float(rng.uniform(*PEN))
    person = None if pen_strokes is None else int(rng.choice(_writers_of_all(pen_strokes)))

    def strokes_of(symbol: str, rng: np.random.Generator) -> Strokes:
        if symbol in SIGNS:
            return _sign(symbol, rng)
        if pen_strokes is None:
            strokes = write_strokes(int(symbol), rng)
        else:
            found = np.flatnonzero((pen_strokes.symbols == symbol) & (pen_strokes.writers == person))
            strokes = pen_strokes.drawings[int(rng.choice(found))]
        points = np.concatenate(strokes)
        low, height = points.min(axis=0), max(float(np.ptp(points[:, 1])), 1e-6)
        return [(stroke - low) / height for stroke in strokes]

    def write(text: str, height: int, rng: np.random.Generator) -> Image.Image:
        strokes: Strokes = []
        x = 0.0
        for symbol in text:
            shape = strokes_of(symbol, rng)
            strokes += [(stroke + np.array((x, 0))) * height for stroke in shape]
            x += max(float(stroke[:, 0].max()) for stroke in shape) + width + rng.uniform(*GAPS)
        return inked_strokes(strokes, width * height)

    return write


def _writers_of_all(pen_strokes: PenStrokes) -> np.ndarray:
    """Who wrote every digit at least once."""
    digits = pen_strokes.of_symbols("0123456789")
    writers = np.unique(digits.writers)
    return np.array([w for w in writers if len(set(digits.symbols[digits.writers == w].tolist())) == 10])


def _sign(symbol: str, rng: np.random.Generator) -> Strokes:
    """A sign as high and as far down as it stands beside a digit of height 1."""
    size, middle = SIGNS[symbol]
    size *= float(rng.uniform(0.85, 1.15))
    shapes: dict[str, list[list[tuple[float, float]]]] = {
        ",": [[(0.4, 0), (0, 1)]],
        ".": [[(0, 0), (1, 1)]],
        "-": [[(0, rng.uniform(0, 1)), (DASH / size, rng.uniform(0, 1))]],
        "+": [[(0, 0.5), (1, 0.5)], [(0.5, 0), (0.5, 1)]],
        "/": [[(rng.uniform(0.35, 0.6), 0), (0, 1)]],
        ":": [[(0, 0), (0.02, 0.02)], [(0, 1), (0.02, 1)]],
    }
    return [np.array(points, np.float32) * size + [0, middle - size / 2] for points in shapes[symbol]]


def inked_strokes(strokes: Strokes, pen: float) -> Image.Image:
    """Strokes in pixels drawn with a round pen: an "L" image, ink 255, cut to the ink."""
    points = np.concatenate(strokes)
    shift, extent = points.min(axis=0), np.ptp(points, axis=0)
    image = Image.new("L", (int(extent[0] + pen + 4), int(extent[1] + pen + 4)))
    brush = ImageDraw.Draw(image)
    radius = max(pen / 2, 0.5)
    for stroke in strokes:
        places = [(float(x + radius + 2), float(y + radius + 2)) for x, y in stroke - shift]
        if len(places) > 1:
            brush.line(places, 255, max(1, round(pen)), "curve")
        for x, y in (places[0], places[-1]):
            brush.ellipse((x - radius, y - radius, x + radius, y + radius), 255)
    return image.crop(image.getbbox())
