"""Wall view: how the day's misread digits look: as many as the card has room for, the newest first."""

from __future__ import annotations

from dataclasses import dataclass

from pygame import Rect

from app.canvas.thumbnails import Thumbnails
from app.event.wall import said_of
from app.messages import Messages
from app.ui import shapes
from app.ui.painter import Painter
from app.ui.touch import RADIUS, draw_lines
from model.pictures.drawing import Drawing

LEAST = 66  # units: where two rows of squares as large as this have no room, one row of larger ones hangs
FEWEST = 5  # in a row


@dataclass(frozen=True)
class WallLayout:
    """head: the line above; frames: the pictures' places; captions: the places of what is said below each."""

    head: Rect
    frames: tuple[Rect, ...]
    captions: tuple[Rect, ...]


def wall_layout(card: Rect, unit: float) -> WallLayout:
    """One row or two of squares, as many as go into the width."""

    def px(units: float) -> int:
        return round(units * unit)

    gap, caption = px(14), px(32)
    inner = card.inflate(-px(48), -px(16))
    head = Rect(inner.left, inner.top, inner.width, px(46))
    room = inner.bottom - head.bottom
    rows = 2 if (room - gap) // 2 - caption >= px(LEAST) else 1
    side = min((room - (rows - 1) * gap) // rows - caption, (inner.width - (FEWEST - 1) * gap) // FEWEST)
    columns = (inner.width + gap) // (side + gap)
    left = inner.left + (inner.width - columns * side - (columns - 1) * gap) // 2
    top = head.bottom + (room - rows * (side + caption) - (rows - 1) * gap) // 2
    frames = [
        Rect(left + column * (side + gap), top + row * (side + caption + gap), side, side)
        for row in range(rows)
        for column in range(columns)
    ]
    captions = [Rect(frame.left - gap // 2, frame.bottom, frame.width + gap, caption) for frame in frames]
    return WallLayout(head, tuple(frames), tuple(captions))


def draw_wall(
    painter: Painter, card: Rect, drawings: list[Drawing], thumbnails: Thumbnails, messages: Messages
) -> None:
    """A heading, and pictures with what each is and what it was taken for."""
    theme, px = painter.theme, painter.px
    painter.card(card, RADIUS + 4)
    layout = wall_layout(card, painter.unit)
    draw_lines(painter, layout.head, messages("wall.title"), (28, 15), theme.text, "strong", 1)
    thumbnails.begin(layout.frames[0].width, theme)
    for drawing, frame, caption in zip(drawings, layout.frames, layout.captions, strict=False):
        picture = thumbnails.of(drawing)
        if picture is None:
            shapes.box(painter.surface, frame, theme.track, px(12))
        else:
            painter.surface.blit(picture, frame)
            shapes.round_off(painter.surface, frame, theme.card, px(12))
        shapes.outline(painter.surface, frame, theme.border, px(12), px(1))
        said = said_of(drawing)
        text = messages("result.reading", old=drawing.word, new="?" if said is None else said)
        draw_lines(painter, caption, text, (22, 12), theme.text, "strong", 1)
