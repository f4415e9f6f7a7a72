"""Screen stack: a screen, the dialogs over it, the notices over all, and what of them must be drawn again."""

from __future__ import annotations

import contextlib
from abc import ABC, abstractmethod

import pygame

from app.commands import Command
from app.input import Key, Pointer, PointerReader
from app.keyboard import KeyReader
from app.ui.context import Context
from app.ui.damage import Damage, Part
from app.ui.layout import unit_of
from app.ui.notices import Notice, NoticePlace, draw_notices, place_notices
from app.ui.painter import Painter
from app.ui.screen import Action, Screen
from app.ui.typeface import Typeface

VEIL = 256  # pixels


class ScreenStack(ABC):
    """`ground` is always there; of the dialogs over it the uppermost has the hands."""

    def __init__(self, context: Context, ground: Screen, size: tuple[int, int]) -> None:
        self.context = context
        self.ground = ground
        self.size = size
        self.dialogs: list[Screen] = []
        self.keys = KeyReader()
        self.pointers = PointerReader()
        self.type = Typeface()
        self._veil = pygame.Surface((VEIL, VEIL), pygame.SRCALPHA)
        self._damage = Damage()
        self._notices: list[Notice] = []  # as they are on the window
        self._changes = context.changes
        self._appearance = self._appearance_now
        ground.enter(size)

    def take_input(self, event: pygame.event.Event) -> None:
        """Take one of pygame's events, where it is one of keys, mouse or fingers."""
        if event.type in (pygame.KEYDOWN, pygame.KEYUP):
            self.take_key(self.keys.read(event))
        else:
            pointer = self.pointers.read(event, self.size)
            if pointer is not None:
                self.take_pointer(pointer)

    @abstractmethod
    def take_key(self, key: Key) -> None:
        """A key went down or up."""

    @abstractmethod
    def take_pointer(self, pointer: Pointer) -> None:
        """Mouse or finger did something."""

    @property
    def screen(self) -> Screen:
        """The screen that has the hands."""
        return self.dialogs[-1] if self.dialogs else self.ground

    def follow(self, action: Action) -> None:
        """Do what the `handle` of a screen returned: put another screen over the rest, or perform a command."""
        if isinstance(action, Screen):
            self.show(action)
        elif action is not None:
            self.perform(action)

    @abstractmethod
    def perform(self, command: Command) -> None:
        """Do what a command asks."""

    def show(self, dialog: Screen) -> None:
        """Lay a dialog over the rest."""
        self.ground.leave()
        self.ground.controls.pointer(Pointer("cancel"))
        self.dialogs.append(dialog)
        dialog.enter(self.size)
        self._damage_all()

    def back(self) -> None:
        """Close the uppermost dialog."""
        if self.dialogs:
            self.dialogs.pop().leave()
            self._damage_all()

    def close_dialogs(self) -> None:
        """Back to the ground."""
        while self.dialogs:
            self.dialogs.pop().leave()
            self._damage_all()

    def recover(self, *, again: bool) -> None:
        """Come back to the ground after a fault, whatever state the dialogs are in; all is drawn again.

        again: whether the turn before failed too.
        """
        self.pointers = PointerReader()
        while self.dialogs:
            dialog = self.dialogs.pop()
            with contextlib.suppress(Exception):  # it may be the one at fault
                dialog.leave()
        self.ground.leave()
        self.ground.controls.pointer(Pointer("cancel"))
        self._damage_all()

    def resize(self, size: tuple[int, int]) -> None:
        """Lay everything out for another size of the window."""
        self.size = size
        self.ground.resize(size)
        for dialog in self.dialogs:
            dialog.resize(size)
        self._damage_all()

    @property
    def _appearance_now(self) -> tuple[str, str, float]:
        """What every part of every screen depends on: theme, language, and how large all is."""
        return self.context.theme.name, self.context.language, unit_of(self.size)

    @property
    def moving(self) -> bool:
        """Whether the next frame should come soon."""
        return self.screen.moving or self.ground.moving or self.pointers.waiting

    def catch_up(self) -> None:
        """Go on until no stroke waits to be drawn."""
        self.update(0)
        while self.screen.behind:
            self.update(0)

    @abstractmethod
    def update(self, seconds: float) -> list[pygame.Rect]:
        """Go on by so many seconds; returns the parts of the window that must be drawn again."""

    def update_screens(self, seconds: float) -> list[pygame.Rect]:
        """Let every screen go on by so many seconds; returns the parts of the window that must be drawn again."""
        late = self.pointers.late()
        if late is not None:
            self.take_pointer(late)
        if self._appearance != self._appearance_now:
            self._appearance = self._appearance_now
            self.ground.resize(self.size)
            self._damage_all()
        if self._changes != self.context.changes:
            self._changes = self.context.changes
            for dialog in self.dialogs:
                dialog.resize(self.size)
        damage = [rect for rect in self.ground.update(seconds) if not self._hides(rect)]
        for dialog in self.dialogs:
            damage += dialog.update(seconds)
        self._notices = list(self.context.notices.items)
        placed = zip(self._notices, self._places(), strict=True)
        self._damage.compare({notice.text: Part(place.rect, notice) for notice, place in placed})
        damage += self._damage.take()
        window = pygame.Rect((0, 0), self.size)
        return _merged([rect.clip(window) for rect in damage if rect.colliderect(window)])

    def draw(self, surface: pygame.Surface, damage: list[pygame.Rect]) -> None:
        """Draw the damaged parts."""
        painter = self._painter(surface)
        for rect in damage:
            surface.set_clip(rect)
            first = max((i for i, dialog in enumerate(self.dialogs) if dialog.solid.contains(rect)), default=-1)
            if first < 0:
                self.ground.draw(painter)
            for number, dialog in enumerate(self.dialogs[max(first, 0) :]):
                if first < 0 or number:
                    self._shade(painter, rect)
                dialog.draw(painter)
            draw_notices(painter, self.size, self._notices)
        surface.set_clip(None)

    def draw_notices(self, surface: pygame.Surface) -> None:
        """Draw the notices alone, where nothing else can be drawn."""
        draw_notices(self._painter(surface), self.size, self.context.notices.items)

    def _hides(self, rect: pygame.Rect) -> bool:
        """Whether a dialog lies over all of a part of the window."""
        return any(dialog.solid.contains(rect) for dialog in self.dialogs)

    def hits_notice(self, place: tuple[float, float]) -> bool:
        """Whether a notice is there."""
        return any(notice.rect.collidepoint(place) for notice in self._places())

    def offered_at(self, place: tuple[float, float]) -> Command | None:
        """The command of the notice's button that is there."""
        for notice, where in zip(self.context.notices.items, self._places(), strict=True):
            if notice.offer is not None and where.button is not None and where.button.collidepoint(place):
                return notice.offer.command
        return None

    def _places(self) -> list[NoticePlace]:
        """Where the notices are."""
        return place_notices(self._painter(None), self.size, self.context.notices.items)

    def _painter(self, surface: pygame.Surface | None) -> Painter:
        return Painter(surface or pygame.Surface((1, 1)), self.context.theme, self.type, unit_of(self.size))

    def _shade(self, painter: Painter, rect: pygame.Rect) -> None:
        """Darken what lies behind a dialog, with one small veil again and again: one of the window's size is 8 MB."""
        self._veil.fill(painter.theme.shade)
        for top in range(rect.top, rect.bottom, VEIL):
            for left in range(rect.left, rect.right, VEIL):
                painter.surface.blit(self._veil, (left, top))

    def _damage_all(self) -> None:
        self._damage.add(pygame.Rect((0, 0), self.size))


def _merged(rects: list[pygame.Rect]) -> list[pygame.Rect]:
    """The same parts without overlaps: those that meet are put together."""
    merged: list[pygame.Rect] = []
    for rect in rects:
        while (hit := rect.collidelist(merged)) >= 0:
            rect = rect.union(merged.pop(hit))
        merged.append(rect)
    return merged
