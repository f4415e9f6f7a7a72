"""Look inside: the way of the drawing through the network, why it answered so, and what other networks answer."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pygame

from app.canvas.drawing_area import NAME as PAPER
from app.canvas.drawing_area import DrawingArea, Tool
from app.canvas.keyboard_pen import ARROWS
from app.canvas.paper import draw_invitation
from app.commands import DIGITS, KEY_CAPS, Command, command_of
from app.input import Key, Pointer
from app.inside.flow import WayView
from app.inside.layout import InsideLayout, inside_layout
from app.inside.map import MapView
from app.inside.networks import NetworksView
from app.inside.pixels import PixelsView
from app.inside.topic import Topic
from app.inside.tour import TourView
from app.inside.view import InsideView
from app.inside.why import WhyView
from app.inside.worker import InsideWorker
from app.session.session import Session
from app.ui.buttons import draw_button, draw_chip, draw_close
from app.ui.controls import Control
from app.ui.damage import Part
from app.ui.heard import Heard
from app.ui.painter import Painter
from app.ui.screen import Action, Screen

LEAST_INVITING = 240  # units: on a smaller paper there is no room for an invitation
CLOSE, BACK = 40, 112  # units: how wide the cross is, and the button with the way back in words
TOOL_CAPS = {"undo": KEY_CAPS[Command.UNDO][0], "clear": KEY_CAPS[Command.CLEAR][0], "own": "O"}


class InsideScreen(Screen):
    """Paper to draw on, and beside it one of several views, which shows what the worker finds out."""

    def __init__(self, session: Session, choose_network: Callable[[Path], None] | None = None) -> None:
        """choose_network: None for visitors, who choose none: without signs of keys, and with a way back in words."""
        super().__init__(session.context)
        self.session = session
        self._choose_network = choose_network
        self._for_visitors = choose_network is None
        self.drawing_area = DrawingArea(session.ink, lambda: Tool(session.settings.brush / 2))
        self.worker = InsideWorker(session)
        self.views: dict[Topic, InsideView] = {}
        self.shown = Topic.WAY
        self.layout: InsideLayout
        self._acts = {Command.UNDO: session.undo, Command.REDO: session.redo, Command.CLEAR: session.ink.clear}

    @property
    def view(self) -> InsideView:
        """The one that is up."""
        return self.views[self.shown]

    def enter(self, size: tuple[int, int]) -> None:
        """Come up as for the first time; the session need not read along meanwhile."""
        self.session.reader.suspended = True
        self.views = {
            Topic.TOUR: TourView(self.session, self.controls, shows_keys=not self._for_visitors),
            Topic.WAY: WayView(self.session, self.controls),
            Topic.WHY: WhyView(self.session, self.controls),
            Topic.MAP: MapView(self.session, self.controls),
            Topic.PIXELS: PixelsView(self.session, self.controls),
            Topic.NETWORKS: NetworksView(self.session, self.controls, self._choose_network),
        }
        self.shown = Topic.TOUR if self._for_visitors else Topic.WAY  # visitors have nobody beside them
        super().enter(size)

    def leave(self) -> None:
        """Lift the pen, find out nothing any more, and let go of large pictures: how large depends on the last view."""
        self.session.reader.suspended = False
        self.drawing_area.leave()
        self.drawing_area.fold()
        self.worker.forget()
        self.views = {}

    def resize(self, size: tuple[int, int]) -> None:
        """Lay out for a window of `size` pixels; a stroke in the making goes on."""
        self.size = size
        close = BACK if self._for_visitors else CLOSE
        self.layout = inside_layout(size, tuple(self.views), close, self.view.paper_share, self.view.tools)
        self.drawing_area.place(self.layout.paper, self.context.theme)
        self.view.place(self.layout)
        self._place_controls()
        self.damage.add(pygame.Rect((0, 0), size))

    def turn_to(self, topic: Topic) -> None:
        """Show another view."""
        self.drawing_area.leave()
        self.shown = topic
        self.resize(self.size)
        self.view.show(self.worker.finding)

    @property
    def solid(self) -> pygame.Rect:
        """All of the window."""
        return pygame.Rect((0, 0), self.size)

    # -- what hands do ------------------------------------------------------------------------------------

    def handle(self, signal: Pointer | Key) -> Action:
        """Draw, point at something, or press a control."""
        if isinstance(signal, Pointer):
            if not self.view.covers_paper and self.drawing_area.take_pointer(signal):
                return None
            self.view.pointer(signal)
            return self.press(self.controls.pointer(signal))
        return self._handle_key(signal)

    def _handle_key(self, key: Key) -> Action:
        focused = self.controls.focused if self.controls.shows_focus else None
        if self._taken_by_paper(key, focused):
            return None
        command = command_of(key)
        if command in self._acts:
            self._use(command.value)
        elif command is Command.NETWORKS:
            self.turn_to(Topic.NETWORKS)
        elif command in DIGITS:
            self.view.choose(DIGITS.index(command))
        elif key.down and key.code in ARROWS:
            self.view.step(*ARROWS[key.code])
        elif key.down and key.code in (pygame.K_PAGEUP, pygame.K_PAGEDOWN):
            topics = list(self.views)
            by = 1 if key.code == pygame.K_PAGEDOWN else -1
            self.turn_to(topics[(topics.index(self.shown) + by) % len(topics)])
        else:
            pressed = self.controls.key(key)
            if not self.view.covers_paper:
                self.drawing_area.follow_focus(self.controls)
            return self.press(pressed)
        return None

    def _taken_by_paper(self, key: Key, focused: str | None) -> bool:
        """Let the paper have a key, or the view that covers it; whether it was for it."""
        if self.view.covers_paper:
            return focused in (PAPER, None) and self.view.take_key(key)
        at_paper = focused == PAPER or (focused is None and key.code == pygame.K_SPACE)
        return at_paper and self.drawing_area.take_key(key, self.controls)

    def _use(self, tool: str) -> None:
        """Undo, redo or clear, on the paper or on what the view has in its place; or a tool of the view alone."""
        if not self.view.use_tool(tool):
            self._acts[Command(tool)]()

    def press(self, control: Control | None) -> Action:
        """Turn to a view, use a tool, or let the view have it."""
        if control is None or control.command is not None:
            return super().press(control)
        if isinstance(control.value, Topic):
            self.turn_to(control.value)
        elif control.name in self.layout.tools:
            self._use(control.name)
        elif control.name != PAPER:
            self.view.press(control)
        return None

    def accepts(self, command: Command) -> bool:
        """What changes how the program looks, and the way out."""
        return command in (Command.BACK, Command.INSIDE, Command.THEME, Command.FULL_SCREEN, Command.QUIT)

    def _place_controls(self) -> None:
        layout, ink = self.layout, self.session.ink
        enabled = {"undo": ink.can_undo, "clear": not ink.empty}
        for tool in layout.tools:
            by_view = self.view.tool_enabled(tool)
            enabled[tool] = enabled[tool] if by_view is None else by_view
        items = [Control(topic.value, rect, value=topic) for topic, rect in layout.tabs.items()]
        items += [self.drawing_area.control, *(Control(n, r, enabled=enabled[n]) for n, r in layout.tools.items())]
        self.controls.place([*items, *self.view.controls_now(), Control("close", layout.close, Command.BACK)])

    # -- what is heard of it ------------------------------------------------------------------------------

    @property
    def heard(self) -> Heard:
        """Which view is up, what it shows, and the pen."""
        messages = self.context.messages
        title = f"{messages('inside.title')}: {messages(f'inside.{self.shown.value}')}"
        texts = {"title": title, "view": self.view.said}
        if self.view.covers_paper:
            return Heard(texts)
        return Heard({**texts, **self.drawing_area.texts(messages)}, pen=self.drawing_area.pen_place)

    def label_of(self, control: Control) -> str:
        """What stands on a tab, a tool or a control of the view."""
        messages = self.context.messages
        if control.name == PAPER:
            return messages("canvas.invitation")
        if isinstance(control.value, Topic) and control.name == control.value.value:
            return messages(f"inside.{control.value.value}")
        if control.name in self.layout.tools:
            return messages(f"button.{control.name}")
        return super().label_of(control) or self.view.label_of(control)

    # -- what it shows ------------------------------------------------------------------------------------

    @property
    def behind(self) -> bool:
        """Whether strokes wait to be drawn."""
        return self.drawing_area.behind

    @property
    def moving(self) -> bool:
        """While a hand draws, and until all is found out."""
        return self.drawing_area.moving or self.view.moving or self.worker.behind(self.view.query)

    def update(self, seconds: float) -> list[pygame.Rect]:
        """Bring the paper and what was found out up to date."""
        view = self.view
        self.damage.add(*self.drawing_area.update(seconds))
        view.advance(seconds)
        if self.worker.follow(view.query):
            view.show(self.worker.finding)
        self._place_controls()
        self.damage.add(*view.damage.take())
        whole = Part(pygame.Rect((0, 0), self.size), (self.context.changes, self.session.ink.empty))
        rim = round(8 * self.layout.unit)
        self.damage.compare({"screen": whole, **self.controls.parts(rim, focus_only=(PAPER,))})
        return self.damage.take()

    def draw(self, painter: Painter) -> None:
        """All of it."""
        layout, surface, rim = self.layout, painter.surface, painter.px(16)
        surface.fill(painter.theme.ground)
        if surface.get_clip().top < layout.paper.top - rim:
            self._draw_head(painter)
        if painter.shows(layout.paper.inflate(rim, rim)):
            self._draw_paper(painter)
        for name, rect in layout.tools.items():
            if painter.shows(rect.inflate(rim, rim)):
                label = self.context.messages(f"button.{name}")
                cap = "" if self._for_visitors else TOOL_CAPS[name]
                draw_button(painter, rect, label, cap, self.controls.state_of(name))
        self.view.draw(painter)

    def _draw_head(self, painter: Painter) -> None:
        layout, messages = self.layout, self.context.messages
        title = (layout.title.left, layout.title.centery)
        if layout.title.width:
            painter.text(messages("inside.title"), title, 22, weight="display", room=layout.title.width)
        for topic, rect in layout.tabs.items():
            state = self.controls.state_of(topic.value)
            draw_chip(painter, rect, messages(f"inside.{topic.value}"), state, on=topic is self.shown)
        if self._for_visitors:
            draw_button(painter, layout.close, messages("event.done"), "", self.controls.state_of("close"))
        else:
            draw_close(painter, layout.close, self.controls.state_of("close"))

    def _draw_paper(self, painter: Painter) -> None:
        paper = self.layout.paper
        if self.view.covers_paper:
            return
        self.drawing_area.draw(painter, self.controls)
        self.drawing_area.draw_ring(painter)
        if self.session.ink.empty:
            if paper.width >= painter.px(LEAST_INVITING):
                draw_invitation(painter, paper, self.context.messages)
            return
        with painter.clipped(paper):
            self.view.draw_on_paper(painter, paper, self.drawing_area.ink_mask)
