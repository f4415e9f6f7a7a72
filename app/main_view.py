"""Stage: the drawing screen with its sheets: the way from hands to wishes, and from wishes to acts."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

import pygame

from app.commands import DIGITS, Intent, Key, intent_of, read_key
from app.dialogs.browser import Browser
from app.dialogs.gallery import Gallery
from app.dialogs.help import Help
from app.dialogs.language_sheet import LanguageSheet
from app.dialogs.menu import Menu
from app.dialogs.networks import NetworkSheet
from app.event.organiser import OrganiserSheet
from app.input import Pointer, PointerReader
from app.inside.screen import InsideScreen
from app.pad.pad import Pad
from app.retraining.controller import Learning
from app.retraining.form import RetrainSheet
from app.retraining.quit import QuitSheet
from app.retraining.result import ResultSheet
from app.session.session import Session
from app.ui.screen import Screen, Wish
from app.ui.screen_stack import Layers

# The sheets, by the wish that opens one and, when it is up, closes it.
SHEETS: dict[Intent, type[Screen]] = {
    Intent.MENU: Menu,
    Intent.OPEN: Browser,
    Intent.COLLECTION: Gallery,
    Intent.NETWORKS: NetworkSheet,
    Intent.LANGUAGE: LanguageSheet,
    Intent.HELP: Help,
    Intent.INSIDE: InsideScreen,
}


# Sheets that another press of their key closes.
CLOSED_BY: dict[Intent, tuple[type[Screen], ...]] = {
    **{wish: (sheet,) for wish, sheet in SHEETS.items()},
    Intent.RETRAIN: (RetrainSheet, ResultSheet),
    Intent.EVENT: (OrganiserSheet,),
}


class Stage(Layers):
    """All that is in the window. Knows no window: events go in, pictures come out."""

    def __init__(self, session: Session, size: tuple[int, int], toggle_full_screen: Callable[[], None]) -> None:
        self.pad = Pad(session)
        super().__init__(session, self.pad, size)
        self.quitting = False
        self.event_wanted = False  # whether the organiser has started the event mode
        self._pointers = PointerReader()
        self._acts: dict[Intent, Callable[[], None]] = {
            Intent.READ: session.read,
            Intent.UNDO: session.undo,
            Intent.REDO: session.redo,
            Intent.CLEAR: session.clear,
            Intent.ERASER: session.toggle_eraser,
            Intent.THINNER: lambda: session.change_brush(-1),
            Intent.THICKER: lambda: session.change_brush(1),
            Intent.LIVE: session.toggle_live,
            Intent.THEME: session.toggle_theme,
            Intent.SAVE: session.save,
            Intent.RETRAIN: self._retrain,
            Intent.EVENT: lambda: self.show(OrganiserSheet(session, self._start_event)),
            Intent.PAUSE: lambda: self._train(Learning.toggle_pause),
            Intent.STEP: lambda: self._train(Learning.step),
            Intent.STOP: lambda: self._train(Learning.stop),
            Intent.RIGHT: session.corrections.confirm,
            Intent.FULL_SCREEN: toggle_full_screen,
            Intent.BACK: self.back,
            Intent.QUIT: self.quit,
        }
        for digit, wish in enumerate(DIGITS):
            self._acts[wish] = partial(session.corrections.tell, digit)
        for wish, sheet in SHEETS.items():
            self._acts[wish] = partial(self._show_new, sheet)

    # -- from hands to wishes -----------------------------------------------------------------------------

    def take(self, event: pygame.event.Event) -> None:
        """Take one of pygame's events."""
        if event.type == pygame.QUIT:
            self.quit()
        elif event.type == pygame.DROPFILE:
            self.drop(Path(event.file))
        elif event.type in (pygame.KEYDOWN, pygame.KEYUP):
            self._take_key(read_key(event))
        else:
            if event.type == pygame.WINDOWFOCUSLOST:
                self.pad.pen.release()
            pointer = self._pointers.read(event, self.size)
            if pointer is not None:
                self._take_pointer(pointer)

    def _take_key(self, key: Key) -> None:
        screen = self.screen
        wish = screen.handle(key)
        if wish is None and screen is self.screen and not self._kept_by_focus(key):
            intent = intent_of(key)
            wish = intent if intent is not None and screen.accepts(intent) else None
        self._follow(wish)

    def _kept_by_focus(self, key: Key) -> bool:
        """Whether Enter belongs to the control with the focus, so that it does not also read."""
        controls = self.screen.controls
        enter = key.code in (pygame.K_RETURN, pygame.K_KP_ENTER)
        return enter and (bool(self.sheets) or (controls.shows_focus and controls.focused not in (None, "canvas")))

    def _take_pointer(self, pointer: Pointer) -> None:
        if pointer.kind == "down" and self.hits_toast(pointer.place):
            self.session.notices.dismiss()
            return
        self._follow(self.screen.handle(pointer))

    def _follow(self, wish: Wish) -> None:
        if isinstance(wish, Screen):
            self.show(wish)
        elif wish is not None:
            self.perform(wish)

    # -- from wishes to acts ------------------------------------------------------------------------------

    def perform(self, wish: Intent) -> None:
        """Do what is wished. What a sheet's row wishes closes the sheet, except where one stays to see the change."""
        if self.sheets and wish is not Intent.BACK:
            if isinstance(self.screen, CLOSED_BY.get(wish, ())):
                self.back()
                return
            if wish not in (Intent.LIVE, Intent.THEME, Intent.FULL_SCREEN, Intent.QUIT):
                self.close_sheets()
        self._acts[wish]()

    def drop(self, path: Path) -> None:
        """Open a file that was dropped on the window, unless the screen that is up takes it."""
        if self.screen.drop(path):
            return
        self.close_sheets()
        self.session.open(path)

    def _retrain(self) -> None:
        """Ask what to train, or what to do with what was trained."""
        learning = self.session.learning
        if learning is None:
            self.show(RetrainSheet(self.session))
        elif learning.result is not None:
            self.show(ResultSheet(self.session, learning, learning.result))
        else:
            self.session.notices.add(self.session.messages("notice.busy_learning"))

    def _train(self, act: Callable[[Learning], None]) -> None:
        learning = self.session.learning
        if learning is not None and learning.busy:
            act(learning)
        elif learning is None:
            self.session.notices.add(self.session.messages("notice.nothing_trains"))

    def _start_event(self) -> None:
        """Hand the window over to visitors, unless a training would go on behind them."""
        if self.session.learning is not None:
            self.session.notices.add(self.session.messages("notice.busy_learning"))
        else:
            self.event_wanted = True

    def _show_new(self, sheet: type[Screen]) -> None:
        self.show(sheet(self.session))

    def back(self) -> None:
        """Close the uppermost sheet; without one, open the menu."""
        if self.sheets:
            super().back()
        else:
            self.perform(Intent.MENU)

    def quit(self) -> None:
        """End at the next turn of the loop; while a network learns or waits for a decision, ask first."""
        if self.session.learning is None or isinstance(self.screen, QuitSheet):
            self.quitting = True
        else:
            self.show(QuitSheet(self.session, self._end))

    def _end(self) -> None:
        self.quitting = True

    def close(self) -> None:
        """End what runs besides the window."""
        for sheet in self.sheets:
            sheet.leave()
        if self.session.learning is not None:
            self.session.learning.close()

    # -- the loop's turn ----------------------------------------------------------------------------------

    @property
    def due(self) -> bool:
        """Whether there is something to do though nobody does anything."""
        return self.session.notices.due

    def update(self, seconds: float) -> list[pygame.Rect]:
        """Go on by so many seconds; returns the parts of the window that must be drawn anew."""
        self.session.update()
        self.session.notices.update()
        self._show_result()
        return self.update_layers(seconds)

    def settle(self) -> None:
        """End all motion at once."""
        self.pad.settle()
        self.catch_up()

    def _show_result(self) -> None:
        """When a training has ended, ask what to do with its network, unless a hand is drawing or a sheet is up."""
        learning = self.session.learning
        free = not self.sheets and not self.session.ink.busy
        if learning is not None and learning.unseen_result and free:
            learning.unseen_result = False
            self._retrain()
