"""Controls: what on a screen can be pressed, and which of it has the pointer, the finger or the keyboard."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

import pygame

from app.commands import Command
from app.input import Key, Pointer
from app.ui.damage import Part


@dataclass(frozen=True)
class Control:
    """A place that can be pressed.

    name: unique on its screen; focus and hover are kept by it, so it stays the same from frame to frame.
    command: what the program does when it is pressed; None where the screen itself knows.
    value: what the control stands for: a digit, a row of a list, an option. A screen acts on it, never on the name.
    """

    name: str
    rect: pygame.Rect
    command: Command | None = None
    enabled: bool = True
    value: object = None


@dataclass(frozen=True)
class ControlState:
    """How a control is drawn now."""

    hovered: bool = False
    pressed: bool = False
    focused: bool = False
    enabled: bool = True


class Controls:
    """Follows pointer and keyboard over a list of controls; returns the one that was pressed.

    The focus ring is shown only to those who use the keyboard: any pointer press hides it.
    """

    def __init__(self) -> None:
        self.items: Sequence[Control] = ()
        self.hovered: str | None = None
        self.pressed: str | None = None
        self.focused: str | None = None
        self.shows_focus = False

    def place(self, items: Sequence[Control]) -> None:
        """Take the controls as the layout has them now; what they are doing stays."""
        self.items = items
        names = {item.name for item in items}
        self.hovered = self.hovered if self.hovered in names else None
        self.pressed = self.pressed if self.pressed in names else None
        self.focused = self.focused if self.focused in names else None

    def at(self, place: tuple[float, float]) -> Control | None:
        """The control at a place in window pixels."""
        return next((item for item in self.items if item.rect.collidepoint(place)), None)

    def named(self, name: str | None) -> Control | None:
        """The control of a name."""
        return next((item for item in self.items if item.name == name), None)

    @property
    def with_focus(self) -> Control | None:
        """The control that the keyboard is at; None while no focus is shown."""
        return self.named(self.focused) if self.shows_focus else None

    def state_of(self, name: str) -> ControlState:
        """How to draw a control."""
        item = self.named(name)
        return self._state(name, enabled=item is None or item.enabled)

    def _state(self, name: str, *, enabled: bool) -> ControlState:
        focused = self.shows_focus and self.focused == name
        return ControlState(self.hovered == name, self.pressed == name, focused, enabled)

    @property
    def state(self) -> tuple[str | None, str | None, str | None]:
        """Differs whenever the look of any control does."""
        return self.hovered, self.pressed, self.focused if self.shows_focus else None

    def parts(self, rim: int, focus_only: Collection[str] = ()) -> dict[str, Part]:
        """Every control as a part of the screen, for `Damage.compare`; its place with `rim` pixels on each side.

        focus_only: names of controls of whose state only the focus shows, like a paper, which must not be drawn again
        for each touch of the pen.
        """
        parts = {}
        for item in self.items:
            state = self._state(item.name, enabled=item.enabled)
            shown = state.focused if item.name in focus_only else state
            parts[f"control {item.name}"] = Part(item.rect.inflate(2 * rim, 2 * rim), shown)
        return parts

    def pointer(self, pointer: Pointer) -> Control | None:
        """Follow a pointer; returns a control when it was pressed: down and up on the same one."""
        under = self.at(pointer.place)
        if pointer.kind == "cancel":
            self.pressed = self.hovered = None
            return None
        self.hovered = under.name if under and not pointer.touch else None
        if pointer.kind == "down":
            self.shows_focus = False
            self.pressed = under.name if under and under.enabled else None
            if under:
                self.focused = under.name
        elif pointer.kind == "up":
            was, self.pressed = self.pressed, None
            if under and under.enabled and under.name == was:
                return under
        return None

    def key(self, key: Key) -> Control | None:
        """Follow the keyboard: Tab and Shift Tab move the focus; Enter and Space press what has it."""
        if not key.down:
            return None
        if key.code == pygame.K_TAB:
            self.step(-1 if key.shift else 1)
        elif key.code in (pygame.K_RETURN, pygame.K_KP_ENTER, pygame.K_SPACE):
            item = self.with_focus
            return item if item is not None and item.enabled else None
        return None

    def step(self, by: int) -> None:
        """Move the focus on by so many controls, round the end; controls that are off are passed over."""
        names = [item.name for item in self.items if item.enabled]
        if not names:
            return
        if self.focused in names:
            self.focused = names[(names.index(self.focused) + by) % len(names)]
        else:
            self.focused = names[0 if by > 0 else -1]
        self.shows_focus = True
