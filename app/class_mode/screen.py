"""Class screen: pupils write ten digits each, one after the other, for a collection to train and test on."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pygame

from app.canvas.drawing_area import NAME as PAPER
from app.canvas.drawing_area import DrawingArea, Tool
from app.canvas.ink import Ink
from app.canvas.paper_screen import PaperScreen
from app.canvas.thumbnails import Thumbnails
from app.class_mode.layout import ClassLayout, class_layout
from app.class_mode.turn import Stage, Turn, Written
from app.class_mode.view import ClassView, Shown, button_text
from app.commands import Command, command_of
from app.input import Key, Pointer
from app.session.session import Session
from app.ui.controls import Control
from app.ui.damage import Part
from app.ui.heard import Heard, sentences
from app.ui.painter import Painter
from app.ui.screen import Action
from model.constants import CLASSES

ENTER = (pygame.K_RETURN, pygame.K_KP_ENTER)
ACCEPTED = (
    Command.BACK,
    Command.CLASS,
    Command.CHART,
    Command.RETRAIN,
    Command.THEME,
    Command.FULL_SCREEN,
    Command.QUIT,
)
# The buttons of each stage, what most will want first, and the cap of each one's key.
BUTTONS: dict[Stage, tuple[str, ...]] = {
    Stage.CONSENT: ("agree", "decline"),
    Stage.DECLINED: ("next_pupil",),
    Stage.WRITING: ("next", "undo", "clear", "skip"),
    Stage.DONE: ("next_pupil", "more", "delete"),
    Stage.DELETING: ("keep_all", "delete_all"),
    Stage.DELETED: ("next_pupil",),
}
CAPS = {
    "agree": "Y",
    "decline": "N",
    "next": "Enter",
    "undo": "U",
    "clear": "C",
    "skip": "X",
    "next_pupil": "Enter",
    "keep_all": "Enter",
}
LETTERS = {"Y": pygame.K_y, "N": pygame.K_n, "X": pygame.K_x}


class ClassScreen(PaperScreen):
    """One for as long as the program runs: who comes back to it finds the turn as it was left, with its paper.

    It has paper of its own, so that nothing of it gets into the drawing on the screen behind it.
    """

    def __init__(self, session: Session, rng: np.random.Generator) -> None:
        """rng: gives each pupil's order of digits."""
        self.ink = Ink()
        super().__init__(session.context, DrawingArea(self.ink, lambda: Tool(session.settings.brush / 2)))
        self.session = session
        self.layout: ClassLayout
        self.thumbnails = Thumbnails(CLASSES)
        self._rng = rng
        self._turn: Turn | None = None

    @property
    def turn(self) -> Turn:
        """Of the pupil who is here; the first one's begins when the screen first comes up."""
        if self._turn is None:
            self._turn = Turn(self.session, self.ink, self._rng)
        return self._turn

    @property
    def writes(self) -> bool:
        """Whether the paper is there."""
        return self.turn.stage is Stage.WRITING

    @property
    def shown(self) -> tuple[Written, ...]:
        """What was written last, for the end of the turn."""
        return tuple(self.turn.kept[-CLASSES:]) if self.turn.stage is Stage.DONE else ()

    def enter(self, size: tuple[int, int]) -> None:
        """Come up; the drawing behind need not be read meanwhile."""
        self.session.reader.suspended = True
        super().enter(size)

    def leave(self) -> None:
        """Let go of the large picture too."""
        self.session.reader.suspended = False
        super().leave()
        self.drawing_area.fold()

    def lay_out(self) -> None:
        """Paper or words, and the controls."""
        self.layout = class_layout(self.size, left_handed=self.session.settings.left_handed)
        self.drawing_area.place(self.layout.paper, self.context.theme)
        self._place_controls()

    # -- what hands do ------------------------------------------------------------------------------------

    def handle(self, signal: Pointer | Key) -> Action:
        """Draw, or press a control."""
        if isinstance(signal, Key):
            return self._handle_key(signal)
        if self.writes and self.drawing_area.take_pointer(signal):
            return None
        return self.press(self.controls.pointer(signal))

    def _handle_key(self, key: Key) -> Action:
        focused = self.controls.with_focus
        if (
            self.writes
            and (focused is None or focused.name == PAPER)
            and self.drawing_area.take_key(key, self.controls)
        ):
            return None
        name = self._key_button(key)
        if name is not None and (key.code not in ENTER or focused is None or focused.name == PAPER):
            self._do(name)
            return None
        if self.writes and key.down and command_of(key) is Command.REDO:
            self.turn.redo()
            return None
        pressed = self.controls.key(key)
        self.drawing_area.follow_focus(self.controls)
        return self.press(pressed)

    def _key_button(self, key: Key) -> str | None:
        """The button that a key is for."""
        if not key.down:
            return None
        for name in self._buttons:
            cap = CAPS.get(name, "")
            if (cap == "Enter" and key.code in ENTER) or (key.code == LETTERS.get(cap) and not key.ctrl):
                return name
            if name in ("undo", "clear") and command_of(key) is Command(name):
                return name
        return None

    def press(self, control: Control | None) -> Action:
        """Do what a button says."""
        if control is not None and control.command is None and control.name != PAPER:
            self._do(control.name)
            return None
        return super().press(control)

    def _do(self, name: str) -> None:
        turn, stage = self.turn, self.turn.stage
        acts: dict[str, Callable[[], None]] = {
            "agree": turn.agree,
            "decline": turn.decline,
            "next": turn.next,
            "undo": turn.undo,
            "clear": turn.clear,
            "skip": turn.skip,
            "more": turn.more,
            "delete": turn.ask_to_delete,
            "keep_all": turn.keep_all,
            "delete_all": turn.delete,
            "next_pupil": self._begin,
        }
        acts[name]()
        if self.turn is not turn or turn.stage is not stage:
            self.controls.focused = PAPER if self.writes else None
        self._place_controls()

    def _begin(self) -> None:
        self._turn = Turn(self.session, self.ink, self._rng)

    def accepts(self, command: Command) -> bool:
        """What comes after the class has written, what changes how the program looks, and the way out."""
        return command in ACCEPTED

    @property
    def _buttons(self) -> dict[str, pygame.Rect]:
        if self.writes:
            return self.layout.tools
        names = BUTTONS[self.turn.stage]
        if self.turn.stage is Stage.DONE and not self.turn.kept:
            names = tuple(name for name in names if name != "delete")
        return self.layout.page.buttons(names)

    def _place_controls(self) -> None:
        turn = self.turn
        enabled = {"undo": turn.can_undo, "clear": not self.ink.empty}
        items = [self.drawing_area.control] if self.writes else []
        items += [Control(name, rect, enabled=enabled.get(name, True)) for name, rect in self._buttons.items()]
        self.controls.place([*items, Control("close", self.layout.close, Command.BACK)])

    # -- what it shows ------------------------------------------------------------------------------------

    @property
    def moving(self) -> bool:
        """While a hand draws, and pictures are still to be made."""
        return (self.writes and self.drawing_area.moving) or (bool(self.shown) and self.thumbnails.missing)

    def update(self, seconds: float) -> list[pygame.Rect]:
        """Bring paper and words up to date."""
        if self.writes:
            self.damage.add(*self.drawing_area.update(seconds))
        if self.shown and self.thumbnails.missing:
            self.damage.add(self.layout.page.card)
        self._place_controls()
        turn = self.turn
        state = (self.context.changes, turn, turn.stage, len(turn.written), turn.count, turn.writer)
        whole = Part(self.solid, state)
        empty = Part(self.layout.paper, self.ink.empty and self.writes)
        rim = round(8 * self.layout.unit)
        self.damage.compare({"screen": whole, "empty": empty, **self.controls.parts(rim, focus_only=(PAPER,))})
        return self.damage.take()

    def draw(self, painter: Painter) -> None:
        """All of it."""
        shown = Shown(
            title=self.context.messages("class.pupil", writer=self.turn.writer),
            words=self.words,
            line=str(self.turn.collection.path) if self.turn.stage is Stage.CONSENT and self.turn.collection else "",
            caps={name: CAPS.get(name, "") for name in self._buttons},
            places=self._buttons,
            written=self.shown,
        )
        view = ClassView(painter, self.layout, self.controls, self.context.messages)
        if self.writes:
            view.draw_writing(shown, self.drawing_area, empty=self.ink.empty)
        else:
            view.draw_page(shown, self.thumbnails)

    # -- what it says -------------------------------------------------------------------------------------

    @property
    def words(self) -> tuple[str, str]:
        """A headline, and what is to be said below it."""
        messages, turn = self.context.messages, self.turn
        if self.writes:
            return messages("class.write", digit=turn.asked), messages(
                "class.count", place=len(turn.written) + 1, count=turn.count
            )
        if turn.stage is Stage.DONE:
            text = "class.done.text" if turn.kept else "class.done.none"
            values = {"right": turn.right, "count": len(turn.kept)}
            return messages("class.done", writer=turn.writer), messages(text, **values)
        values = {"writer": turn.writer, "count": len(turn.kept)}
        stem = f"class.{turn.stage.value}"
        return messages(stem, **values), messages(f"{stem}.text", **values)

    @property
    def heard(self) -> Heard:
        """The request, or what became of the turn."""
        texts = {"said": sentences(self.words)}
        if self.writes:
            texts |= self.drawing_area.texts(self.context.messages)
        return Heard(texts, pen=self.drawing_area.pen_place if self.writes else None)

    def label_of(self, control: Control) -> str:
        """What stands on a button or on the paper."""
        if control.name == PAPER:
            return self.words[0]
        return super().label_of(control) or button_text(control.name, self.context.messages)
