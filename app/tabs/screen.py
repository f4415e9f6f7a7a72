"""Tab screen: paper to draw on, and beside it one of several views, which are chosen by tabs."""

from __future__ import annotations

from abc import abstractmethod
from enum import Enum
from typing import ClassVar, Generic, TypeVar

import pygame

from app.canvas.drawing_area import NAME as PAPER
from app.canvas.drawing_area import DrawingArea, Tool
from app.canvas.keyboard_pen import ARROWS
from app.canvas.paper import draw_invitation
from app.canvas.paper_screen import PaperScreen
from app.commands import KEY_CAPS, Command, command_of
from app.input import Key, Pointer
from app.session.session import Session
from app.tabs.layout import TabLayout, tab_layout
from app.tabs.view import TabView
from app.ui.buttons import draw_button, draw_chip, draw_close
from app.ui.controls import Control
from app.ui.damage import Part
from app.ui.heard import Heard
from app.ui.painter import Painter
from app.ui.screen import Action

LEAST_INVITING = 240  # units: on a smaller paper there is no room for an invitation
CLOSE, BACK = 40, 112  # units: how wide the cross is, and the button with the way back in words
ENTER = (pygame.K_RETURN, pygame.K_KP_ENTER)

Tab = TypeVar("Tab", bound=Enum)
View = TypeVar("View", bound=TabView)


class TabScreen(PaperScreen, Generic[Tab, View]):
    """The value of each tab names its control.

    topic: the screen's message is "<topic>.title", a tab's "<topic>.<value>". caps: the signs of the tools' keys.
    views: by their tabs, empty while the screen is not up; shown: whose view is up.
    """

    topic: str
    caps: ClassVar[dict[str, str]] = {tool.value: KEY_CAPS[tool][0] for tool in (Command.UNDO, Command.CLEAR)}

    def __init__(self, session: Session, first: Tab, *, for_visitors: bool) -> None:
        """first: which tab is on at first; for_visitors: without signs of keys, and with a way back in words."""
        super().__init__(session.context, DrawingArea(session.ink, lambda: Tool(session.settings.brush / 2)))
        self.session = session
        self.views: dict[Tab, View] = {}
        self.shown = first
        self.layout: TabLayout
        self._first = first
        self._for_visitors = for_visitors
        self._acts = {Command.UNDO: session.undo, Command.REDO: session.redo, Command.CLEAR: session.ink.clear}

    @property
    def view(self) -> View:
        """The one that is up."""
        return self.views[self.shown]

    @abstractmethod
    def new_views(self) -> dict[Tab, View]:
        """The views, as for the first time."""

    def enter(self, size: tuple[int, int]) -> None:
        """Come up as for the first time; the session need not read along meanwhile."""
        self.session.reader.suspended = True
        self.views = self.new_views()
        self.shown = self._first
        super().enter(size)

    def leave(self) -> None:
        """Let go of large pictures too: how large depends on the last view."""
        self.session.reader.suspended = False
        super().leave()
        self.drawing_area.fold()
        self.views = {}

    def lay_out(self) -> None:
        """Tabs, paper, the view that is up, and the controls."""
        close = BACK if self._for_visitors else CLOSE
        self.layout = tab_layout(self.size, tuple(self.views), close, self.view.paper_share, self.view.tools)
        self.drawing_area.place(self.layout.paper, self.context.theme)
        self.view.place(self.layout)
        self._place_controls()

    def turn_to(self, tab: Tab) -> None:
        """Show another view."""
        self.drawing_area.leave()
        self.shown = tab
        self.resize(self.size)

    # -- what hands do ------------------------------------------------------------------------------------

    def handle(self, signal: Pointer | Key) -> Action:
        """Draw, point at something, or press a control."""
        if isinstance(signal, Key):
            return self._handle_key(signal)
        if not self.view.covers_paper and self.drawing_area.take_pointer(signal):
            return None
        self.view.pointer(signal)
        return self.press(self.controls.pointer(signal))

    def _handle_key(self, key: Key) -> Action:
        focused = self.controls.focused if self.controls.shows_focus else None
        if self._taken_by_paper(key, focused) or self._taken_as_command(key):
            return None
        if focused is None and key.down and key.code in ENTER and self.view.primary:
            return self.press(next(item for item in self.controls.items if item.name == self.view.primary))
        pressed = self.controls.key(key)
        if not self.view.covers_paper:
            self.drawing_area.follow_focus(self.controls)
        return self.press(pressed)

    def _taken_as_command(self, key: Key) -> bool:
        """Do what a key wants of the paper, of the view or of the tabs; whether it wants any of that."""
        command = command_of(key)
        if command in self._acts:
            self._use(command.value)
        elif command is not None and self.take_command(command):
            return True
        elif key.down and key.code in ARROWS:
            self.view.step(*ARROWS[key.code])
        elif key.down and key.code in (pygame.K_PAGEUP, pygame.K_PAGEDOWN):
            tabs = list(self.views)
            by = 1 if key.code == pygame.K_PAGEDOWN else -1
            self.turn_to(tabs[(tabs.index(self.shown) + by) % len(tabs)])
        else:
            return False
        return True

    def _taken_by_paper(self, key: Key, focused: str | None) -> bool:
        """Let the paper have a key, or the view that covers it; whether it was for it."""
        if self.view.covers_paper:
            return focused in (PAPER, None) and self.view.take_key(key)
        at_paper = focused == PAPER or (focused is None and key.code == pygame.K_SPACE)
        return at_paper and self.drawing_area.take_key(key, self.controls)

    def take_command(self, command: Command) -> bool:
        """Do what a key wants of the view that is up; whether it knows the command."""
        return self.view.take_command(command)

    def _use(self, tool: str) -> None:
        """Undo, redo or clear, on the paper or on what the view has in its place; or a tool of the view alone."""
        if not self.view.use_tool(tool):
            self._acts[Command(tool)]()

    def press(self, control: Control | None) -> Action:
        """Turn to a view, use a tool, or let the view have it."""
        if control is None or control.command is not None:
            return super().press(control)
        if isinstance(control.value, type(self._first)):
            self.turn_to(control.value)
        elif control.name in self.layout.tools:
            self._use(control.name)
        elif control.name != PAPER:
            self.view.press(control)
        return None

    def _place_controls(self) -> None:
        layout, ink = self.layout, self.session.ink
        enabled = {"undo": ink.can_undo, "clear": not ink.empty}
        for tool in layout.tools:
            by_view = self.view.tool_enabled(tool)
            enabled[tool] = enabled[tool] if by_view is None else by_view
        items = [Control(tab.value, rect, value=tab) for tab, rect in layout.tabs.items()]
        items += [self.drawing_area.control, *(Control(n, r, enabled=enabled[n]) for n, r in layout.tools.items())]
        self.controls.place([*items, *self.view.controls_now(), Control("close", layout.close, Command.BACK)])

    # -- what is heard of it ------------------------------------------------------------------------------

    @property
    def heard(self) -> Heard:
        """Which view is up, what it shows, and the pen."""
        messages = self.context.messages
        title = f"{messages(f'{self.topic}.title')}: {messages(f'{self.topic}.{self.shown.value}')}"
        texts = {"title": title, "view": self.view.said}
        if self.view.covers_paper:
            return Heard(texts)
        return Heard({**texts, **self.drawing_area.texts(messages)}, pen=self.drawing_area.pen_place)

    def label_of(self, control: Control) -> str:
        """What stands on a tab, a tool or a control of the view."""
        messages = self.context.messages
        if control.name == PAPER:
            return messages("canvas.invitation")
        if control.name in {tab.value for tab in self.views}:
            return messages(f"{self.topic}.{control.name}")
        if control.name in self.layout.tools:
            return messages(f"button.{control.name}")
        return super().label_of(control) or self.view.label_of(control)

    # -- what it shows ------------------------------------------------------------------------------------

    def changed_places(self, parts: dict[str, Part]) -> list[pygame.Rect]:
        """Place the controls as they are now; what must be drawn again then. parts: what the screen watches beside."""
        self._place_controls()
        self.damage.add(*self.view.damage.take())
        whole = Part(self.solid, (self.context.changes, self.session.ink.empty))
        rim = round(8 * self.layout.unit)
        self.damage.compare({"screen": whole, **parts, **self.controls.parts(rim, focus_only=(PAPER,))})
        return self.damage.take()

    def draw(self, painter: Painter) -> None:
        """All of it."""
        layout, surface, rim = self.layout, painter.surface, painter.px(16)
        surface.fill(painter.theme.ground)
        if surface.get_clip().top < layout.paper.top - rim:
            self._draw_head(painter)
        if painter.shows(layout.paper.inflate(rim, rim)) and not self.view.covers_paper:
            self._draw_paper(painter)
        for name, rect in layout.tools.items():
            if painter.shows(rect.inflate(rim, rim)):
                label = self.context.messages(f"button.{name}")
                cap = "" if self._for_visitors else self.caps[name]
                draw_button(painter, rect, label, cap, self.controls.state_of(name))
        self.view.draw(painter)

    def _draw_head(self, painter: Painter) -> None:
        layout, messages = self.layout, self.context.messages
        if layout.title.width:
            title = messages(f"{self.topic}.title")
            painter.fitted(title, layout.title, range(22, 10, -1), weight="display", most=2)
        for tab, rect in layout.tabs.items():
            state = self.controls.state_of(tab.value)
            draw_chip(painter, rect, messages(f"{self.topic}.{tab.value}"), state, on=tab is self.shown)
        if self._for_visitors:
            draw_button(painter, layout.close, messages("event.done"), "", self.controls.state_of("close"))
        else:
            draw_close(painter, layout.close, self.controls.state_of("close"))

    def _draw_paper(self, painter: Painter) -> None:
        paper = self.layout.paper
        self.drawing_area.draw(painter, self.controls)
        self.drawing_area.draw_ring(painter)
        if not self.session.ink.empty:
            with painter.clipped(paper):
                self.view.draw_on_paper(painter, paper, self.drawing_area.ink_mask)
        elif paper.width >= painter.px(LEAST_INVITING):
            draw_invitation(painter, paper, self.context.messages)
