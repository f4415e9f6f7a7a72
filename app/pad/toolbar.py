"""Toolbar: the header with the program's name, and the buttons below the paper and below the panel."""

from __future__ import annotations

import pygame

from app.canvas.ink import BRUSHES
from app.commands import KEY_CAPS, Command
from app.messages import Messages
from app.pad.layout import PadLayout
from app.store.networks import LoadedNetwork
from app.ui.buttons import draw_brush, draw_button, draw_ghost
from app.ui.controls import Controls
from app.ui.painter import Painter

HEADER_BUTTONS = {"menu": Command.MENU, "help": Command.HELP, "full_screen": Command.FULL_SCREEN}
TOOL_BUTTONS = {
    "read": Command.READ,
    "undo": Command.UNDO,
    "redo": Command.REDO,
    "clear": Command.CLEAR,
    "eraser": Command.ERASER,
    "inside": Command.INSIDE,
    "open": Command.OPEN,
    "save": Command.SAVE,
    "pause": Command.PAUSE,
    "step": Command.STEP,
    "stop": Command.STOP,
    "result": Command.RETRAIN,
}


def draw_header(painter: Painter, layout: PadLayout, line: str, controls: Controls, messages: Messages) -> None:
    """The line at the top of the window: the program's name, a `line` about the network, three buttons."""
    brand = layout.brand
    width = painter.type.width(messages("program"), painter.size(22), "display")
    if width <= brand.width:
        painter.text(messages("program"), (brand.left, brand.centery), 22, weight="display")
    left = brand.left + width + painter.px(16)
    # The small text stands on the large one's baseline.
    below = painter.px((22 - 14) * 0.727 / 2)
    room = brand.right - left
    if room > painter.px(240) or painter.type.width(line, painter.size(12)) <= room:
        area = brand.move(left - brand.left, below)
        area.width = room
        painter.fitted(line, area, (14, 13, 12), painter.theme.quiet)
    for name, command in HEADER_BUTTONS.items():
        cap = KEY_CAPS[command][0]
        draw_ghost(painter, layout.tools[name], messages(f"button.{name}"), cap, controls.state_of(name))


def network_line(loaded: LoadedNetwork, messages: Messages) -> str:
    """The network in use and how good it is, in a few words."""
    if loaded.accuracy is None:
        return loaded.name
    return messages("network.line", name=loaded.name, share=messages.percent(loaded.accuracy))


def brush_halves(layout: PadLayout) -> tuple[pygame.Rect, pygame.Rect]:
    """Where to press for a thinner pen and for a thicker one."""
    brush = layout.tools["brush"]
    half = brush.width // 2
    thinner = pygame.Rect(brush.left, brush.top, half, brush.height)
    return thinner, pygame.Rect(thinner.right, brush.top, brush.width - half, brush.height)


def draw_tools(
    painter: Painter,
    layout: PadLayout,
    controls: Controls,
    messages: Messages,
    *,
    brush: float,
    erasing: bool,
    paused: bool,
) -> None:
    """Those buttons that the layout has now. brush: the width of the pen; paused: whether a training stands still."""
    rim = painter.px(16)
    for name, command in TOOL_BUTTONS.items():
        rect = layout.tools.get(name)
        if rect is None or not painter.shows(rect.inflate(rim, rim)):
            continue
        on = name == "eraser" and erasing
        key = "button.eraser.on" if on else "button.go_on" if name == "pause" and paused else f"button.{name}"
        cap = messages.cap(KEY_CAPS[command][0])
        primary = name in ("read", "result")
        draw_button(painter, rect, messages(key), cap, controls.state_of(name), primary=primary, on=on)
    place = BRUSHES.index(brush) / (len(BRUSHES) - 1)
    draw_brush(painter, *brush_halves(layout), (controls.state_of("thinner"), controls.state_of("thicker")), place)
