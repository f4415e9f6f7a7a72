"""Menu: everything the program can do, in one list."""

from __future__ import annotations

from app.commands import KEY_CAPS, Intent
from app.session.session import Session
from app.ui.list_dialog import Row, Sheet

# Groups of wishes, with a line between groups. Screens that come later join the group they belong to.
GROUPS = (
    (Intent.READ, Intent.CLEAR, Intent.OPEN, Intent.SAVE),
    (Intent.COLLECTION, Intent.RETRAIN, Intent.NETWORKS, Intent.INSIDE, Intent.LIVE),
    (Intent.THEME, Intent.LANGUAGE, Intent.FULL_SCREEN, Intent.EVENT, Intent.HELP, Intent.QUIT),
)


class Menu(Sheet):
    """The main menu."""

    title = "menu.title"
    row_height = 40  # so that all rows are in sight in a window of the usual size

    def list_rows(self) -> list[Row]:
        """A row for each wish, with its key."""
        rows = []
        for number, group in enumerate(GROUPS):
            for intent in group:
                idle = self.session.ink.empty and intent in (Intent.READ, Intent.CLEAR, Intent.SAVE)
                rows.append(
                    Row(
                        intent.value,
                        self.session.messages(f"menu.{intent.value}"),
                        detail=_state(intent, self.session),
                        caps=KEY_CAPS[intent][:1],
                        enabled=not idle,
                        quiet=idle,
                        group=number > 0 and intent is group[0],
                    )
                )
        return rows

    def choose(self, row: Row) -> Intent | None:
        """The wish of a row."""
        return Intent(row.name)


def _state(intent: Intent, session: Session) -> str:
    """How a thing is set now, in words."""
    messages = session.messages
    if intent is Intent.NETWORKS:
        return session.loaded.name if session.loaded else messages("network.absent")
    if intent is Intent.LIVE:
        return messages("state.on" if session.settings.live else "state.off")
    if intent is Intent.THEME:
        return messages(f"theme.{session.settings.theme}")
    if intent is Intent.LANGUAGE:
        return messages("language.name")
    return ""
