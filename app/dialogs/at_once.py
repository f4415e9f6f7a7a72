"""Learn at once: whether corrections are learnt by themselves, and forgetting what was learnt so."""

from __future__ import annotations

from collections.abc import Callable

from app.commands import KEY_CAPS, Command
from app.session.session import Session
from app.ui.list_dialog import ListDialog, Row


class AtOnceDialog(ListDialog[Callable[[], None]]):
    """A switch, and a row for each way to forget; pressing one does it at once, and the dialog stays."""

    title = "menu.at_once"
    row_height = 56

    def __init__(self, session: Session) -> None:
        super().__init__(session.context)
        self._session = session

    def list_rows(self) -> list[Row[Callable[[], None]]]:
        """The switch, the newest correction, all of them."""
        session, messages = self._session, self.context.messages
        at_once = session.at_once
        on = session.settings.learn_at_once
        return [
            Row("switch", messages("at_once.switch"), session.toggle_at_once, detail=messages(f"state.{_word(on=on)}")),
            Row(
                "last",
                messages("at_once.last"),
                at_once.forget_last,
                caps=KEY_CAPS[Command.FORGET],
                enabled=at_once.can_forget,
                quiet=not at_once.can_forget,
            ),
            Row(
                "all",
                messages("at_once.all"),
                at_once.forget_all,
                detail=messages("at_once.count", count=len(at_once.forms)),
                enabled=bool(at_once.forms),
                quiet=not at_once.forms,
            ),
        ]

    def choose(self, value: Callable[[], None]) -> None:
        """Do it."""
        value()


def _word(*, on: bool) -> str:
    return "on" if on else "off"
