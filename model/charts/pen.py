"""Pen: what charts are drawn with. There is one for files (pillow_pen) and one for the screen (app/ui/chart_pen)."""

from collections.abc import Sequence
from typing import Literal, NamedTuple, Protocol

Place = tuple[float, float]  # x, y in pixels, y down
Align = Literal["left", "center", "right"]

# What a colour is for: texts, thin lines, the line that curves stand on, and the curves of one network and of another.
Ink = Literal["text", "quiet", "grid", "base", "first", "second"]


class Box(NamedTuple):
    """A rectangle in pixels."""

    left: float
    top: float
    width: float
    height: float

    @property
    def right(self) -> float:
        """The x of its right side."""
        return self.left + self.width

    @property
    def bottom(self) -> float:
        """The y of its lower side."""
        return self.top + self.height

    @property
    def centre(self) -> Place:
        """Its middle."""
        return self.left + self.width / 2, self.top + self.height / 2

    def inner(self, by: float) -> "Box":
        """Smaller by so many pixels on each side."""
        return Box(self.left + by, self.top + by, max(self.width - 2 * by, 0.0), max(self.height - 2 * by, 0.0))


class Pen(Protocol):
    """Draws on a surface of pixels. Text sizes and widths of lines are in units, all places in pixels."""

    @property
    def unit(self) -> float:
        """Pixels to a unit."""

    def line(self, places: Sequence[Place], ink: Ink, width: float) -> None:
        """A line through places, with smooth edges."""

    def box(self, box: Box, ink: Ink, strength: float = 1.0) -> None:
        """Fill a box. strength: from 0, the ground, to 1, the ink."""

    def frame(self, box: Box, ink: Ink, width: float) -> None:
        """A line just inside the edge of a box."""

    def disc(self, centre: Place, radius: float, ink: Ink, *, hollow: bool = False) -> None:
        """A disc, or a ring, of a radius in units."""

    def text(
        self, text: str, place: Place, size: float, ink: Ink, align: Align = "left", *, strong: bool = False
    ) -> None:
        """One line of text; the y of its place is the middle of its capitals."""

    def width(self, text: str, size: float, *, strong: bool = False) -> float:
        """How many pixels a text takes."""

    def height(self, size: float) -> float:
        """How many pixels a line of text of that size takes, with the space to the next."""
