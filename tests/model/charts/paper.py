"""A pen that notes what it is asked to draw, in pixels; a unit is one of them, and each letter is 6 wide."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from model.charts.pen import Align, Box, Ink, Place


@dataclass
class NotingPen:
    """texts: (text, the box that it takes); lines: (places, ink, width); boxes: (box, ink, strength)."""

    unit: float = 1.0
    texts: list[tuple[str, Box]] = field(default_factory=list)
    lines: list[tuple[Sequence[Place], Ink, float]] = field(default_factory=list)
    boxes: list[tuple[Box, Ink, float]] = field(default_factory=list)
    frames: list[Box] = field(default_factory=list)
    discs: list[tuple[Place, bool]] = field(default_factory=list)

    def line(self, places: Sequence[Place], ink: Ink, width: float) -> None:
        self.lines.append((places, ink, width))

    def box(self, box: Box, ink: Ink, strength: float = 1.0) -> None:
        self.boxes.append((box, ink, strength))

    def frame(self, box: Box, ink: Ink, width: float) -> None:
        self.frames.append(box)

    def disc(self, centre: Place, radius: float, ink: Ink, *, hollow: bool = False) -> None:
        self.discs.append((centre, hollow))

    def text(
        self, text: str, place: Place, size: float, ink: Ink, align: Align = "left", *, strong: bool = False
    ) -> None:
        width = self.width(text, size)
        left = place[0] - {"left": 0.0, "center": width / 2, "right": width}[align]
        self.texts.append((text, Box(left, place[1] - size / 2, width, size)))

    def width(self, text: str, size: float, *, strong: bool = False) -> float:
        return 6.0 * len(text)

    def height(self, size: float) -> float:
        return 1.4 * size

    @property
    def written(self) -> list[str]:
        return [text for text, _ in self.texts]


def overlap(one: Box, other: Box) -> bool:
    return (
        one.left < other.right - 1e-6
        and other.left < one.right - 1e-6
        and one.top < other.bottom - 1e-6
        and other.top < one.bottom - 1e-6
    )
