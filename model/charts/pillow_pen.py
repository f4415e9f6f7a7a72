"""Pillow pen: draws charts into pictures for files."""

from collections.abc import Sequence
from functools import lru_cache

from PIL import Image, ImageDraw, ImageFont

from model.charts.pen import Align, Box, Ink, Place

FINER = 3  # pixels that are drawn for one of the picture, to each side, so that edges are smooth
GROUND = (255, 255, 255)
COLOURS: dict[Ink, tuple[int, int, int]] = {
    "text": (0x20, 0x24, 0x2C),
    "quiet": (0x5A, 0x62, 0x73),
    "grid": (0xE3, 0xE6, 0xEC),
    "base": (0x9A, 0xA3, 0xB5),
    "first": (0x24, 0x59, 0xE6),
    "second": (0xC2, 0x55, 0x05),
}
CAPITALS = 0.36  # half the height of capitals, in sizes


class PillowPen:
    """A Pen on a white picture of so many pixels; a unit is a pixel of it."""

    def __init__(self, width: int, height: int) -> None:
        self._canvas = Image.new("RGB", (width * FINER, height * FINER), GROUND)
        self._draw = ImageDraw.Draw(self._canvas)

    @property
    def unit(self) -> float:
        """One pixel."""
        return 1.0

    def picture(self) -> Image.Image:
        """What was drawn, (height, width) RGB."""
        return self._canvas.reduce(FINER)

    def line(self, places: Sequence[Place], ink: Ink, width: float) -> None:
        """See Pen."""
        thick = max(1, round(width * FINER))
        self._draw.line([_fine(place) for place in places], COLOURS[ink], thick, joint="curve")

    def box(self, box: Box, ink: Ink, strength: float = 1.0) -> None:
        """See Pen."""
        mixed = [round(g + (c - g) * strength) for g, c in zip(GROUND, COLOURS[ink], strict=True)]
        self._draw.rectangle(_corners(box), fill=(mixed[0], mixed[1], mixed[2]))

    def frame(self, box: Box, ink: Ink, width: float) -> None:
        """See Pen."""
        self._draw.rectangle(_corners(box), outline=COLOURS[ink], width=max(1, round(width * FINER)))

    def disc(self, centre: Place, radius: float, ink: Ink, *, hollow: bool = False) -> None:
        """See Pen."""
        (x, y), r = _fine(centre), radius * FINER
        fill = GROUND if hollow else COLOURS[ink]
        self._draw.ellipse([x - r, y - r, x + r, y + r], fill=fill, outline=COLOURS[ink], width=round(1.5 * FINER))

    def text(
        self, text: str, place: Place, size: float, ink: Ink, align: Align = "left", *, strong: bool = False
    ) -> None:
        """See Pen."""
        x, y = _fine((place[0], place[1] + CAPITALS * size))
        anchor = {"left": "ls", "center": "ms", "right": "rs"}[align]
        bold = FINER // 2 if strong else 0
        self._draw.text((x, y), text, COLOURS[ink], _font(size), anchor, stroke_width=bold, stroke_fill=COLOURS[ink])

    def width(self, text: str, size: float, *, strong: bool = False) -> float:
        """See Pen."""
        return _font(size).getlength(text) / FINER + (1 if strong else 0)

    def height(self, size: float) -> float:
        """See Pen."""
        return 1.4 * size


@lru_cache(maxsize=8)
def _font(size: float) -> ImageFont.FreeTypeFont | ImageFont.ImageFont:
    return ImageFont.load_default(size * FINER)


def _fine(place: Place) -> Place:
    return place[0] * FINER, place[1] * FINER


def _corners(box: Box) -> list[float]:
    """As pillow wants them: the last pixel is inside."""
    return [box.left * FINER, box.top * FINER, max(box.right * FINER - 1, 0), max(box.bottom * FINER - 1, 0)]
