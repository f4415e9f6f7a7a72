"""Tools: the buttons below the paper and below the panel."""

from __future__ import annotations

import pygame

from app.canvas.ink import BRUSHES
from app.commands import KEY_CAPS, Command
from app.pad.layout import PadLayout
from app.session.session import Session
from app.ui.buttons import draw_brush, draw_button
from app.ui.controls import Controls
from app.ui.painter import Painter

BUTTONS = {
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


def brush_halves(layout: PadLayout) -> tuple[pygame.Rect, pygame.Rect]:
    """Where to press for a thinner pen and for a thicker one."""
    brush = layout.tools["brush"]
    half = brush.width // 2
    thinner = pygame.Rect(brush.left, brush.top, half, brush.height)
    return thinner, pygame.Rect(thinner.right, brush.top, brush.width - half, brush.height)


def draw_tools(painter: Painter, layout: PadLayout, session: Session, controls: Controls) -> None:
    """Those buttons that the layout has now."""
    messages, tools = session.context.messages, layout.tools
    for name, command in BUTTONS.items():
        if name not in tools or not painter.shows(tools[name].inflate(painter.px(16), painter.px(16))):
            continue
        on = name == "eraser" and session.erasing
        label, primary = messages(_label(name, session)), name in ("read", "result")
        cap = messages.cap(KEY_CAPS[command][0])
        draw_button(painter, tools[name], label, cap, controls.state_of(name), primary=primary, on=on)
    place = BRUSHES.index(session.settings.brush) / (len(BRUSHES) - 1)
    draw_brush(painter, *brush_halves(layout), (controls.state_of("thinner"), controls.state_of("thicker")), place)


def _label(name: str, session: Session) -> str:
    """The message key of a button, by what it does now."""
    if name == "eraser" and session.erasing:
        return "button.eraser.on"
    paused = session.training is not None and session.training.paused
    return "button.go_on" if name == "pause" and paused else f"button.{name}"
