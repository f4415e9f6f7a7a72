"""Announcer: what a screen has to say, once each time that it is something else."""

from __future__ import annotations

from typing import Protocol

from app.ui.context import Context
from app.ui.heard import sentences
from app.ui.notices import Notice
from app.ui.screen import Screen

FOCUS = "focus"  # the text that says where the keyboard's focus is


class Speaker(Protocol):
    """What can say a text."""

    def say(self, text: str, language: str, *, patient: bool = False) -> None:
        """Say it at once, or a patient one when what is being said has ended."""


class Announcer:
    """Compares what the screen says now with what it said before, frame by frame, and has the difference spoken.

    What a hand brought about is said at once, in one piece; notices wait until that has ended.
    """

    def __init__(self, speaker: Speaker) -> None:
        self._speaker = speaker
        self._screen: Screen | None = None
        self._said: dict[str, str] = {}
        self._notices: list[Notice] = []

    def update(self, screen: Screen, context: Context) -> None:
        """Say what is new on the screen that is up."""
        if screen is not self._screen:
            self._screen, self._said = screen, {}
        now = {**screen.heard.texts, FOCUS: _focus(screen)}
        new = [text for name, text in now.items() if text and self._said.get(name) != text]
        self._said |= now
        if new:
            self._speaker.say(sentences(new), context.language)
        items = context.notices.items
        notices = [notice.text for notice in items if notice not in self._notices]
        self._notices = list(items)
        if notices:
            self._speaker.say(sentences(notices), context.language, patient=True)

    def repeat(self, name: str) -> None:
        """Say the text of this name again with the next frame."""
        self._said.pop(name, None)


def _focus(screen: Screen) -> str:
    """What the control with the focus is called."""
    control = screen.controls.with_focus
    return screen.label_of(control) if control is not None else ""
