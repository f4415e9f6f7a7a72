"""How the questions of a form look, and where their chips and fields are."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pygame
from pygame import Rect

from app.ui import shapes
from app.ui.buttons import draw_chip
from app.ui.controls import Controls
from app.ui.layout import DialogLayout
from app.ui.painter import SMALLEST_TEXT, Painter
from app.ui.text_field import TextField
from app.ui.typeface import Typeface

if TYPE_CHECKING:
    from app.ui.form import Question

NOWHERE = Rect(0, 0, 0, 0)


@dataclass(frozen=True)
class FieldLayout:
    """One question, in pixels from the top left of what scrolls. below: room for hint or complaint."""

    top: int
    bottom: int
    label: Rect
    chips: tuple[Rect, ...]
    text: Rect
    less: Rect
    more: Rect
    below: Rect


def place_fields(rows: list[Question], layout: DialogLayout, type_: Typeface) -> list[FieldLayout]:
    """The questions one below the other; chips that find no room go on in another line."""
    placed: list[FieldLayout] = []
    y = round(4 * layout.unit)
    for row in rows:
        place = _place(row, y, layout, type_)
        placed.append(place)
        y = place.bottom
    return placed


def _place(row: Question, top: int, layout: DialogLayout, type_: Typeface) -> FieldLayout:
    unit = layout.unit

    def px(units: float) -> int:
        return round(units * unit)

    y, left = top, px(150)
    detailed = any(option.detail for option in row.options)
    high, gap = px(54) if detailed else px(38), px(8)
    label = Rect(0, y, left - px(12), high)
    chips = []
    x = left
    for option in row.options:
        width = _width(option.label, 15, type_, unit)
        width = max(px(64), width + px(28), _width(option.detail, 12, type_, unit) + px(28))
        if x + width > layout.body.width and x > left:
            x, y = left, y + high + gap
        chips.append(Rect(x, y, width, high))
        x += width + gap
    text = less = more = NOWHERE
    if not row.options:
        text = Rect(left, y, px(180) if row.steps else layout.body.width - left, high)
        if row.steps:
            less = Rect(text.right + gap, y, px(42), high)
            more = Rect(less.right + gap, y, px(42), high)
    below = Rect(left, y + high + px(2), layout.body.width - left, px(22) if row.hint or row.wrong else 0)
    return FieldLayout(top, below.bottom + px(10), label, tuple(chips), text, less, more, below)


def _width(text: str, size: float, type_: Typeface, unit: float) -> int:
    return type_.width(text, max(SMALLEST_TEXT, round(size * unit)), "strong") if text else 0


def draw_field(
    painter: Painter,
    row: Question,
    place: FieldLayout,
    shift: tuple[int, int],
    controls: Controls,
    text: TextField | None,
) -> None:
    """One question."""
    theme, px = painter.theme, painter.px
    label = place.label.move(shift)
    sizes = [painter.size(size) for size in (15, 14, 13)]
    size, lines = painter.type.fit(row.label, sizes, "regular", label.width, 2)
    for i, line in enumerate(lines):
        y = label.centery + (i - (len(lines) - 1) / 2) * size * 1.3
        painter.line(line, (label.left, y), size, theme.text, "regular")
    for option, rect in zip(row.options, place.chips, strict=True):
        state = controls.state_of(f"{row.name}={option.value}")
        chip = rect.move(shift)
        on = option.value == row.value
        draw_chip(painter, chip, "" if option.detail else option.label, state, on)
        if option.detail:
            weight = "strong" if on else "regular"
            painter.text(option.label, (chip.centerx, chip.top + px(19)), 15, theme.text, weight, "center")
            painter.text(option.detail, (chip.centerx, chip.top + px(38)), 12, theme.quiet, align="center")
    if text is not None and not row.options:
        text.draw(painter, place.text.move(shift), controls.state_of(row.name), row.empty, bool(row.wrong))
        if row.steps:
            _draw_step(painter, place.less.move(shift), controls, f"{row.name}<")
            _draw_step(painter, place.more.move(shift), controls, f"{row.name}>")
    if row.wrong or row.hint:
        below = place.below.move(shift)
        said = f"!  {row.wrong}" if row.wrong else row.hint
        weight, colour = ("strong", theme.text) if row.wrong else ("regular", theme.quiet)
        sizes = [painter.size(size) for size in (13, 12, 11)]
        size, lines = painter.type.fit(said, sizes, weight, below.width)
        painter.line(lines[0], (below.left, below.centery), size, colour, weight)


def _draw_step(painter: Painter, rect: pygame.Rect, controls: Controls, name: str) -> None:
    draw_chip(painter, rect, "", controls.state_of(name), False)
    (x, y), arm = rect.center, painter.px(6)
    shapes.line(painter.surface, (x - arm, y), (x + arm, y), painter.theme.text, painter.px(2))
    if name.endswith(">"):
        shapes.line(painter.surface, (x, y - arm), (x, y + arm), painter.theme.text, painter.px(2))
