"""Header: the program's name, the network in use, and the way to menu, help and full screen."""

from __future__ import annotations

from app.commands import KEY_CAPS, Command
from app.pad.layout import PadLayout
from app.session.session import Session
from app.ui.buttons import draw_ghost
from app.ui.controls import Controls
from app.ui.painter import Painter

BUTTONS = {"menu": Command.MENU, "help": Command.HELP, "full_screen": Command.FULL_SCREEN}


def draw_header(painter: Painter, layout: PadLayout, session: Session, controls: Controls) -> None:
    """The line at the top of the window."""
    brand, messages = layout.brand, session.context.messages
    width = painter.text(messages("program"), (brand.left, brand.centery), 22, weight="display")
    left = brand.left + width + painter.px(16)
    # The small text stands on the large one's baseline.
    below = painter.px((22 - 14) * 0.727 / 2)
    room = brand.right - left
    if room > painter.px(60):
        area = brand.move(left - brand.left, below)
        area.width = room
        painter.fitted(network_line(session), area, (14, 13, 12), painter.theme.quiet)
    for name, command in BUTTONS.items():
        cap = KEY_CAPS[command][0]
        draw_ghost(painter, layout.tools[name], messages(f"button.{name}"), cap, controls.state_of(name))


def network_line(session: Session) -> str:
    """The network in use and how good it is, in a few words."""
    messages, loaded = session.context.messages, session.loaded
    if session.training is not None and session.training.busy:
        return messages("network.learning", name=session.training.name)
    if loaded is None:
        return "" if session.waiting_for_network else messages("network.absent")
    if loaded.accuracy is None:
        return loaded.name
    return messages("network.line", name=loaded.name, share=messages.percent(loaded.accuracy))
