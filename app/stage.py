"""Stage: the drawing screen with the sheets that lie over it, the way from hands to wishes, and from wishes to acts."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

import pygame

from app.browser import Browser
from app.gallery import Gallery
from app.help import Help
from app.intents import DIGITS, Intent, Key, intent_of, read_key
from app.layout import unit_of
from app.learning import Learning
from app.menu import Menu
from app.network_sheet import NetworkSheet
from app.notices import Notice
from app.pad import Pad
from app.painter import Painter
from app.pointer import Pointer, PointerReader
from app.quit_sheet import QuitSheet
from app.result_sheet import ResultSheet
from app.retrain_sheet import RetrainSheet
from app.screen import Screen, Wish
from app.session import Session
from app.text import Typeface
from app.theme import THEMES
from app.toasts import draw_toasts, toast_rects

# The sheets, by the wish that opens one and, when it is up, closes it.
SHEETS: dict[Intent, type[Screen]] = {
    Intent.MENU: Menu,
    Intent.OPEN: Browser,
    Intent.COLLECTION: Gallery,
    Intent.NETWORKS: NetworkSheet,
    Intent.HELP: Help,
}


# Sheets that another press of their key closes.
CLOSED_BY: dict[Intent, tuple[type[Screen], ...]] = {
    **{wish: (sheet,) for wish, sheet in SHEETS.items()},
    Intent.RETRAIN: (RetrainSheet, ResultSheet),
}


class Stage:
    """All that is in the window. Knows no window: events go in, pictures come out."""

    def __init__(self, session: Session, size: tuple[int, int], toggle_full_screen: Callable[[], None]) -> None:
        self.session = session
        self.size = size
        self.quitting = False
        self.pad = Pad(session)
        self.sheets: list[Screen] = []
        self.type = Typeface()
        self._pointers = PointerReader()
        self._damage: list[pygame.Rect] = []
        self._toasts: list[Notice] = []
        self._changes = session.changes
        self._theme = session.settings.theme
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
        self.pad.enter(size)

    @property
    def screen(self) -> Screen:
        """The screen that has the hands."""
        return self.sheets[-1] if self.sheets else self.pad

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
        if pointer.kind == "down" and self._hits_toast(pointer.place):
            self.session.notices.dismiss()
            return
        self._follow(self.screen.handle(pointer))

    def _follow(self, wish: Wish) -> None:
        if isinstance(wish, Screen):
            self.show(wish)
        elif wish is not None:
            self.perform(wish)

    def _hits_toast(self, place: tuple[float, float]) -> bool:
        placed = toast_rects(self._painter(None), self.size, self.session.notices.items)
        return any(rect.collidepoint(place) for rect, _ in placed)

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

    def _show_new(self, sheet: type[Screen]) -> None:
        self.show(sheet(self.session))

    def show(self, sheet: Screen) -> None:
        """Lay a sheet over the drawing screen."""
        self.pad.leave()
        self.pad.controls.pointer(Pointer("cancel"))
        self.sheets.append(sheet)
        sheet.enter(self.size)
        self._damage_all()

    def back(self) -> None:
        """Close the uppermost sheet; without one, open the menu."""
        if not self.sheets:
            self.perform(Intent.MENU)
            return
        self.sheets.pop().leave()
        self._damage_all()

    def close_sheets(self) -> None:
        """Back to the drawing screen."""
        while self.sheets:
            self.back()

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

    def resize(self, size: tuple[int, int]) -> None:
        """Lay everything out for another size of the window."""
        self.size = size
        self.pad.resize(size)
        for sheet in self.sheets:
            sheet.resize(size)
        self._damage_all()

    # -- pictures -----------------------------------------------------------------------------------------

    @property
    def moving(self) -> bool:
        """Whether the next frame should come soon."""
        return self.screen.moving or self.pad.moving

    def update(self, seconds: float) -> list[pygame.Rect]:
        """Go on by so many seconds; returns the parts of the window that must be drawn anew."""
        self.session.update()
        self.session.notices.update()
        self._show_result()
        if self._theme != self.session.settings.theme:
            self._theme = self.session.settings.theme
            self.pad.resize(self.size)
        if self._changes != self.session.changes:
            self._changes = self.session.changes
            for sheet in self.sheets:
                sheet.resize(self.size)
        damage = self.pad.update(seconds)
        for sheet in self.sheets:
            damage += sheet.update(seconds)
        if self.session.notices.items != self._toasts:
            for items in (self._toasts, self.session.notices.items):
                damage += [rect for rect, _ in toast_rects(self._painter(None), self.size, items)]
            self._toasts = list(self.session.notices.items)
        damage += self._damage
        self._damage = []
        window = pygame.Rect((0, 0), self.size)
        return _merged([rect.clip(window) for rect in damage if rect.colliderect(window)])

    def _show_result(self) -> None:
        """When a training has ended, ask what to do with its network, unless a hand is drawing or a sheet is up."""
        learning = self.session.learning
        free = not self.sheets and not self.session.ink.busy
        if learning is not None and learning.unseen_result and free:
            learning.unseen_result = False
            self._retrain()

    def draw(self, surface: pygame.Surface, damage: list[pygame.Rect]) -> None:
        """Draw the damaged parts."""
        painter = self._painter(surface)
        for rect in damage:
            surface.set_clip(rect)
            first = max((i for i, sheet in enumerate(self.sheets) if sheet.solid.contains(rect)), default=-1)
            if first < 0:
                self.pad.draw(painter)
            for number, sheet in enumerate(self.sheets[max(first, 0) :]):
                if first < 0 or number:
                    self._shade(painter, rect)
                sheet.draw(painter)
            draw_toasts(painter, self.size, self._toasts)
        surface.set_clip(None)

    def _shade(self, painter: Painter, rect: pygame.Rect) -> None:
        veil = pygame.Surface(rect.size, pygame.SRCALPHA)
        veil.fill(painter.theme.shade)
        painter.surface.blit(veil, rect)

    def _painter(self, surface: pygame.Surface | None) -> Painter:
        theme = THEMES[self.session.settings.theme]
        return Painter(surface or pygame.Surface((1, 1)), theme, self.type, unit_of(self.size))

    def _damage_all(self) -> None:
        self._damage.append(pygame.Rect((0, 0), self.size))


def _merged(rects: list[pygame.Rect]) -> list[pygame.Rect]:
    """The same parts without overlaps: those that meet are put together."""
    merged: list[pygame.Rect] = []
    for rect in rects:
        while (hit := rect.collidelist(merged)) >= 0:
            rect = rect.union(merged.pop(hit))
        merged.append(rect)
    return merged
