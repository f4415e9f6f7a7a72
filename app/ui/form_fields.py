"""The fields of a form: what they ask for, where their chips and texts are, and how they look."""

from __future__ import annotations

from dataclasses import dataclass

from pygame import Rect

from app.ui import shapes
from app.ui.buttons import draw_chip
from app.ui.controls import Control, Controls
from app.ui.layout import DialogLayout
from app.ui.painter import BODY, SMALL, SMALLEST_TEXT, Painter
from app.ui.text_field import TextField
from app.ui.typeface import Typeface

NARROW = 560  # units: in a dialog less wide than that the labels stand above their fields
NOWHERE = Rect(0, 0, 0, 0)


@dataclass(frozen=True)
class Option:
    """One chip: its value, its text, and a second, smaller text below it."""

    value: str
    label: str
    detail: str = ""


@dataclass(frozen=True)
class FormField:
    """One row. options: to choose from; without any it is a text field, where `empty` stands while there is no text.

    hint, wrong: what stands below it. steps: whether buttons make its number smaller and larger, for those who have no
    keyboard.
    """

    name: str
    label: str
    options: tuple[Option, ...] = ()
    value: str = ""
    empty: str = ""
    hint: str = ""
    wrong: str = ""
    steps: bool = False

    @property
    def chosen(self) -> Option:
        """The option with the field's value, or the first."""
        return next((option for option in self.options if option.value == self.value), self.options[0])


@dataclass(frozen=True)
class Choice:
    """The value of a chip's control."""

    field: FormField
    option: Option

    @property
    def name(self) -> str:
        """The name of the control."""
        return f"{self.field.name}={self.option.value}"


@dataclass(frozen=True)
class Step:
    """The value of the control of a button that makes a number larger (`up`) or smaller."""

    field: FormField
    up: bool

    @property
    def name(self) -> str:
        """The name of the control."""
        return f"{self.field.name}{'>' if self.up else '<'}"


@dataclass(frozen=True)
class FieldLayout:
    """One field, in pixels from the top left of what scrolls. below: room for hint or complaint."""

    top: int
    bottom: int
    label: Rect
    chips: tuple[Rect, ...]
    text: Rect
    less: Rect
    more: Rect
    below: Rect


def place_fields(rows: list[FormField], layout: DialogLayout, type_: Typeface) -> list[FieldLayout]:
    """The fields one below the other; chips that find no room go on in another line."""
    placed: list[FieldLayout] = []
    y = round(4 * layout.unit)
    for row in rows:
        place = _place(row, y, layout, type_)
        placed.append(place)
        y = place.bottom
    return placed


def _place(row: FormField, top: int, layout: DialogLayout, type_: Typeface) -> FieldLayout:
    unit = layout.unit

    def px(units: float) -> int:
        return round(units * unit)

    detailed = any(option.detail for option in row.options)
    high, gap = px(54) if detailed else px(38), px(8)
    if layout.body.width < px(NARROW):
        label = Rect(0, top, layout.body.width, px(26))
        y, left = label.bottom, 0
    else:
        label = Rect(0, top, px(150) - px(12), high)
        y, left = top, px(150)
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
    room = layout.body.width - left
    said = _said(row)
    lines = 2 if _width(said, SMALL[-1], type_, unit) > room else 1
    below = Rect(left, y + high + px(2), room, lines * px(22) if said else 0)
    return FieldLayout(
        top=top,
        bottom=below.bottom + px(10),
        label=label,
        chips=tuple(chips),
        text=text,
        less=less,
        more=more,
        below=below,
    )


def field_controls(row: FormField, place: FieldLayout) -> list[Control]:
    """What can be pressed of a field, in pixels from the top left of what scrolls."""
    if row.options:
        choices = [Choice(row, option) for option in row.options]
        return [Control(c.name, rect, value=c) for c, rect in zip(choices, place.chips, strict=True)]
    items = [Control(row.name, place.text, value=row)]
    if row.steps:
        steps = ((Step(row, up=False), place.less), (Step(row, up=True), place.more))
        items += [Control(step.name, rect, value=step) for step, rect in steps]
    return items


def field_of(control: Control | None) -> FormField | None:
    """The field that a control belongs to."""
    match control.value if control is not None else None:
        case FormField() as field:
            return field
        case Choice(field=field) | Step(field=field):
            return field
    return None


def _width(text: str, size: float, type_: Typeface, unit: float) -> int:
    return type_.width(text, max(SMALLEST_TEXT, round(size * unit)), "strong") if text else 0


def draw_field(
    painter: Painter,
    row: FormField,
    place: FieldLayout,
    shift: tuple[int, int],
    controls: Controls,
    text: TextField | None,
) -> None:
    """One field, moved by `shift` into the window."""
    theme, px = painter.theme, painter.px
    painter.fitted(row.label, place.label.move(shift), BODY, most=2)
    for option, rect in zip(row.options, place.chips, strict=True):
        state = controls.state_of(Choice(row, option).name)
        chip = rect.move(shift)
        on = option.value == row.value
        draw_chip(painter, chip, "" if option.detail else option.label, state, on=on)
        if option.detail:
            weight = "strong" if on else "regular"
            painter.text(option.label, (chip.centerx, chip.top + px(19)), 15, theme.text, weight, "center")
            painter.text(option.detail, (chip.centerx, chip.top + px(38)), 12, theme.quiet, align="center")
    if text is not None and not row.options:
        text.draw(painter, place.text.move(shift), controls.state_of(row.name), row.empty, wrong=bool(row.wrong))
        if row.steps:
            _draw_step(painter, place.less.move(shift), controls, Step(row, up=False))
            _draw_step(painter, place.more.move(shift), controls, Step(row, up=True))
    if said := _said(row):
        weight, colour = ("strong", theme.text) if row.wrong else ("regular", theme.quiet)
        most = 2 if place.below.height > 1.5 * px(22) else 1
        painter.fitted(said, place.below.move(shift), SMALL, colour, weight, most=most)


def _said(row: FormField) -> str:
    """What stands below a field."""
    return f"!  {row.wrong}" if row.wrong else row.hint


def _draw_step(painter: Painter, rect: Rect, controls: Controls, step: Step) -> None:
    draw_chip(painter, rect, "", controls.state_of(step.name), on=False)
    (x, y), arm = rect.center, painter.px(6)
    shapes.line(painter.surface, (x - arm, y), (x + arm, y), painter.theme.text, painter.px(2))
    if step.up:
        shapes.line(painter.surface, (x, y - arm), (x, y + arm), painter.theme.text, painter.px(2))
