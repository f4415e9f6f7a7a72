"""Ease of use: the size of texts, high contrast, less motion, a left hand, sounds, answers that are spoken."""

from __future__ import annotations

from collections.abc import Callable

from app.session.session import Session
from app.ui.list_dialog import ListDialog, Row


class EaseDialog(ListDialog[Callable[[], None]]):
    """A row for each; pressing one changes it at once, and the dialog stays."""

    title = "menu.ease"
    row_height = 56

    def __init__(self, session: Session) -> None:
        super().__init__(session.context)
        self._session = session

    def list_rows(self) -> list[Row[Callable[[], None]]]:
        """How each is set now, at its right."""
        session, messages = self._session, self.context.messages
        settings = session.settings
        return [
            self._row("text_size", messages(f"ease.text_size.{settings.text_size}"), session.next_text_size),
            self._row("contrast", self._state(on=settings.high_contrast), session.toggle_contrast),
            self._row("motion", self._state(on=settings.reduced_motion), session.toggle_motion),
            self._row("left_handed", self._state(on=settings.left_handed), session.toggle_hand),
            self._row("sounds", self._state(on=settings.sounds), session.toggle_sounds),
            self._row("voice", self._state(on=settings.voice), session.toggle_voice),
        ]

    def _row(self, name: str, detail: str, act: Callable[[], None]) -> Row[Callable[[], None]]:
        return Row(name, self.context.messages(f"ease.{name}"), act, detail=detail)

    def _state(self, *, on: bool) -> str:
        return self.context.messages("state.on" if on else "state.off")

    def choose(self, value: Callable[[], None]) -> None:
        """Change it."""
        value()
