"""Raising screen: paper to draw on, and beside it a network that is raised from nothing."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace

import pygame

from app.canvas.drawing_area import NAME as PAPER
from app.canvas.drawing_area import DrawingArea, Tool
from app.canvas.keyboard_pen import ARROWS
from app.canvas.paper import draw_invitation
from app.commands import KEY_CAPS, Command, command_of
from app.input import Key, Pointer
from app.inside.layout import InsideLayout, inside_layout
from app.raising.chapter import Chapter
from app.raising.raise_view import RaiseView
from app.raising.reports import Grown
from app.raising.school import School
from app.raising.story_view import StoryView
from app.raising.time_view import TimeView
from app.raising.view import RaisingView
from app.session.live_reader import LiveReader
from app.session.session import Session
from app.ui.bars import Bars
from app.ui.buttons import draw_button, draw_chip, draw_close
from app.ui.controls import Control
from app.ui.damage import Part
from app.ui.heard import Heard
from app.ui.painter import Painter
from app.ui.screen import Action, Screen
from model.reading.reader import Reader

PAPER_SHARE = 0.4  # of the window's width
CLOSE, BACK = 40, 112  # units: how wide the cross is, and the button with the way back in words
TOOLS = ("undo", "clear")


class RaisingScreen(Screen):
    """The drawing is read by the network that the chapter shows; the session's own network rests and is not touched."""

    def __init__(
        self, session: Session, *, for_visitors: bool = False, clock: Callable[[], float] = time.monotonic
    ) -> None:
        """for_visitors: without signs of keys, and with a way back in words."""
        super().__init__(session.context)
        self.session = session
        self.school = School(clock)
        self.reader = LiveReader(session.ink, replace(session.settings, live=True), session.context)
        self.bars = Bars()
        self.drawing_area = DrawingArea(session.ink, lambda: Tool(session.settings.brush / 2))
        self.views: dict[Chapter, RaisingView] = {}
        self.shown = Chapter.RAISE
        self.layout: InsideLayout
        self._for_visitors = for_visitors
        self._reads: Grown | None = None  # the network that the reader has
        self._acts = {Command.UNDO: session.undo, Command.REDO: session.redo, Command.CLEAR: session.ink.clear}

    @property
    def view(self) -> RaisingView:
        """The one that is up."""
        return self.views[self.shown]

    def enter(self, size: tuple[int, int]) -> None:
        """Come up as for the first time; the session need not read along meanwhile."""
        self.session.reader.suspended = True
        shared = self.context, self.controls, self.school, self.reader, self.bars
        self.views = {
            Chapter.RAISE: RaiseView(*shared),
            Chapter.TIME: TimeView(*shared),
            Chapter.STORY: StoryView(*shared),
        }
        self.shown = Chapter.RAISE
        self.school.touch()
        super().enter(size)

    def leave(self) -> None:
        """Lift the pen, end what is raised, and let go of large pictures."""
        self.session.reader.suspended = False
        self.drawing_area.leave()
        self.drawing_area.fold()
        self.school.leave()
        self._follow_network(None)
        self.views = {}

    def resize(self, size: tuple[int, int]) -> None:
        """Lay out for a window of `size` pixels; a stroke in the making goes on."""
        self.size = size
        self.layout = inside_layout(size, tuple(self.views), BACK if self._for_visitors else CLOSE, PAPER_SHARE, TOOLS)
        self.drawing_area.place(self.layout.paper, self.context.theme)
        self.view.place(self.layout)
        self._place_controls()
        self.damage.add(pygame.Rect((0, 0), size))

    def turn_to(self, chapter: Chapter) -> None:
        """Show another chapter; a network that learns goes on."""
        self.drawing_area.leave()
        self.shown = chapter
        self.resize(self.size)

    @property
    def solid(self) -> pygame.Rect:
        """All of the window."""
        return pygame.Rect((0, 0), self.size)

    # -- what hands do ------------------------------------------------------------------------------------

    def handle(self, signal: Pointer | Key) -> Action:
        """Draw, or press a control."""
        if isinstance(signal, Key):
            self.school.touch()
            return self._handle_key(signal)
        if signal.kind == "down":
            self.school.touch()
        if self.drawing_area.take_pointer(signal):
            return None
        self.view.pointer(signal)
        return self.press(self.controls.pointer(signal))

    def _handle_key(self, key: Key) -> Action:
        focused = self.controls.focused if self.controls.shows_focus else None
        at_paper = focused == PAPER or (focused is None and key.code == pygame.K_SPACE)
        if at_paper and self.drawing_area.take_key(key, self.controls):
            return None
        command = command_of(key)
        if command in self._acts:
            self._acts[command]()
        elif isinstance(self.view, RaiseView) and command is Command.PAUSE:
            self.view.toggle_pause()
        elif isinstance(self.view, RaiseView) and command is Command.STEP:
            self.view.one_step()
        elif key.down and key.code in ARROWS:
            self.view.step(sum(ARROWS[key.code]))
        elif key.down and key.code in (pygame.K_PAGEUP, pygame.K_PAGEDOWN):
            chapters = list(self.views)
            by = 1 if key.code == pygame.K_PAGEDOWN else -1
            self.turn_to(chapters[(chapters.index(self.shown) + by) % len(chapters)])
        else:
            pressed = self.controls.key(key)
            self.drawing_area.follow_focus(self.controls)
            return self.press(pressed)
        return None

    def press(self, control: Control | None) -> Action:
        """Turn to a chapter, use a tool, or let the view have it."""
        if control is None or control.command is not None:
            return super().press(control)
        if isinstance(control.value, Chapter):
            self.turn_to(control.value)
        elif control.name in TOOLS:
            self._acts[Command(control.name)]()
        elif control.name != PAPER:
            self.view.press(control)
        return None

    def accepts(self, command: Command) -> bool:
        """What changes how the program looks, and the way out."""
        return command in (Command.BACK, Command.RAISE, Command.THEME, Command.FULL_SCREEN, Command.QUIT)

    def _place_controls(self) -> None:
        layout, ink = self.layout, self.session.ink
        enabled = {"undo": ink.can_undo, "clear": not ink.empty}
        items = [Control(chapter.value, rect, value=chapter) for chapter, rect in layout.tabs.items()]
        items += [self.drawing_area.control, *(Control(n, r, enabled=enabled[n]) for n, r in layout.tools.items())]
        self.controls.place([*items, *self.view.controls_now(), Control("close", layout.close, Command.BACK)])

    # -- what is heard of it ------------------------------------------------------------------------------

    @property
    def heard(self) -> Heard:
        """Which chapter is up, what it shows, the pen, and the loss of a network that learns."""
        messages, learning = self.context.messages, self.school.learning
        title = f"{messages('raising.title')}: {messages(f'raising.{self.shown.value}')}"
        texts = {"title": title, "view": self.view.said, **self.drawing_area.texts(messages)}
        loss = (learning.step, learning.judged.loss) if learning is not None else None
        return Heard(texts, pen=self.drawing_area.pen_place, loss=loss)

    def label_of(self, control: Control) -> str:
        """What stands on a tab, a tool or a control of the view."""
        messages = self.context.messages
        if control.name == PAPER:
            return messages("canvas.invitation")
        if isinstance(control.value, Chapter) and control.name == control.value.value:
            return messages(f"raising.{control.value.value}")
        if control.name in TOOLS:
            return messages(f"button.{control.name}")
        return super().label_of(control) or self.view.label_of(control)

    # -- what it shows ------------------------------------------------------------------------------------

    @property
    def behind(self) -> bool:
        """Whether strokes wait to be drawn."""
        return self.drawing_area.behind

    @property
    def moving(self) -> bool:
        """While a hand draws, bars move, and a network learns."""
        return self.drawing_area.moving or self.bars.moving or self.reader.behind or self.school.moving

    def update(self, seconds: float) -> list[pygame.Rect]:
        """Bring paper, reading and network up to date."""
        self.school.update()
        self._follow_network(self.view.grown)
        self.reader.update()
        reading = self.reader.shown_reading
        if self.bars.filled or reading is not None:
            self.bars.aim(None if reading is None else reading.probabilities, calm=self.context.calm)
        self.bars.update(seconds)
        self.damage.add(*self.drawing_area.update(seconds))
        self._place_controls()
        self.damage.add(*self.view.damage.take())
        whole = Part(pygame.Rect((0, 0), self.size), (self.context.changes, self.session.ink.empty))
        rim = round(8 * self.layout.unit)
        self.damage.compare({"screen": whole, **self.view.parts(), **self.controls.parts(rim, focus_only=(PAPER,))})
        return self.damage.take()

    def _follow_network(self, grown: Grown | None) -> None:
        """Read with this network, which answers from the first on, however little it knows."""
        if grown is self._reads:
            return
        self._reads, process = grown, self.view.process
        if grown is None or process is None:
            self.reader.current, self.reader.reading = None, None
            return
        reader = Reader(process.network_of(grown), augments=False)
        reader.digit_at = 0.0
        self.reader.read_with(reader)

    def draw(self, painter: Painter) -> None:
        """All of it."""
        layout, surface, rim = self.layout, painter.surface, painter.px(16)
        surface.fill(painter.theme.ground)
        if surface.get_clip().top < layout.paper.top - rim:
            self._draw_head(painter)
        if painter.shows(layout.paper.inflate(rim, rim)):
            self.drawing_area.draw(painter, self.controls)
            if self.session.ink.empty:
                draw_invitation(painter, layout.paper, self.context.messages)
            self.drawing_area.draw_ring(painter)
        for name, rect in layout.tools.items():
            if painter.shows(rect.inflate(rim, rim)):
                cap = "" if self._for_visitors else KEY_CAPS[Command(name)][0]
                label = self.context.messages(f"button.{name}")
                draw_button(painter, rect, label, cap, self.controls.state_of(name))
        self.view.draw(painter)

    def _draw_head(self, painter: Painter) -> None:
        layout, messages = self.layout, self.context.messages
        if layout.title.width:
            painter.fitted(messages("raising.title"), layout.title, range(22, 10, -1), weight="display", most=2)
        for chapter, rect in layout.tabs.items():
            state = self.controls.state_of(chapter.value)
            draw_chip(painter, rect, messages(f"raising.{chapter.value}"), state, on=chapter is self.shown)
        if self._for_visitors:
            draw_button(painter, layout.close, messages("event.done"), "", self.controls.state_of("close"))
        else:
            draw_close(painter, layout.close, self.controls.state_of("close"))
