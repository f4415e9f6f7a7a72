"""Stage: the drawing screen with the sheets that lie over it, the way from hands to wishes, and from wishes to acts."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

import pygame

from app.browser import Browser
from app.help import Help
from app.intents import Intent, Key, intent_of, read_key
from app.layout import unit_of
from app.menu import Menu
from app.network_sheet import NetworkSheet
from app.notices import Notice
from app.pad import Pad
from app.painter import Painter
from app.pointer import Pointer, PointerReader
from app.screen import Screen
from app.session import Session
from app.sheet import Sheet
from app.text import Typeface
from app.theme import THEMES
from app.toasts import draw_toasts, toast_rects

# The sheets, by the wish that opens one and, when it is up, closes it.
SHEETS: dict[Intent, type[Sheet]] = {
    Intent.MENU: Menu,
    Intent.OPEN: Browser,
    Intent.NETWORKS: NetworkSheet,
    Intent.HELP: Help,
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
            Intent.FULL_SCREEN: toggle_full_screen,
            Intent.BACK: self.back,
            Intent.QUIT: self.quit,
        }
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
        wish = self.screen.handle(key)
        if wish is None and not self._kept_by_focus(key):
            wish = intent_of(key)
            if wish is not None and not self.screen.accepts(wish):
                return
        if wish is not None:
            self.perform(wish)

    def _kept_by_focus(self, key: Key) -> bool:
        """Whether Enter belongs to the control with the focus, so that it does not also read."""
        controls = self.screen.controls
        enter = key.code in (pygame.K_RETURN, pygame.K_KP_ENTER)
        return enter and (bool(self.sheets) or (controls.shows_focus and controls.focused not in (None, "canvas")))

    def _take_pointer(self, pointer: Pointer) -> None:
        if pointer.kind == "down" and self._hits_toast(pointer.place):
            self.session.notices.dismiss()
            return
        wish = self.screen.handle(pointer)
        if wish is not None:
            self.perform(wish)

    def _hits_toast(self, place: tuple[float, float]) -> bool:
        placed = toast_rects(self._painter(None), self.size, self.session.notices.items)
        return any(rect.collidepoint(place) for rect, _ in placed)

    # -- from wishes to acts ------------------------------------------------------------------------------

    def perform(self, wish: Intent) -> None:
        """Do what is wished. What a sheet's row wishes closes the sheet, except where one stays to see the change."""
        if self.sheets and wish is not Intent.BACK:
            if isinstance(self.screen, SHEETS.get(wish, ())):
                self.back()
                return
            if wish not in (Intent.LIVE, Intent.THEME, Intent.FULL_SCREEN, Intent.QUIT):
                self.close_sheets()
        self._acts[wish]()

    def drop(self, path: Path) -> None:
        """Open a file that was dropped on the window."""
        self.close_sheets()
        self.session.open(path)

    def _show_new(self, sheet: type[Sheet]) -> None:
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
        """End at the next turn of the loop."""
        self.quitting = True

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

    def draw(self, surface: pygame.Surface, damage: list[pygame.Rect]) -> None:
        """Draw the damaged parts."""
        painter = self._painter(surface)
        for rect in damage:
            surface.set_clip(rect)
            self.pad.draw(painter)
            for sheet in self.sheets:
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
