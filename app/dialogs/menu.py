"""Menu: everything the program can do, in one list."""

from __future__ import annotations

from app.commands import KEY_CAPS, Command
from app.session.session import Session
from app.ui.layout import unit_of
from app.ui.list_dialog import ListDialog, Row

COLUMN = 400.0  # units
# With a line between groups. Screens that come later join the group that they belong to.
GROUPS = (
    (Command.READ, Command.CLEAR, Command.OPEN, Command.SAVE, Command.ANIMATE),
    (
        Command.COLLECTION,
        Command.CLASS,
        Command.CHART,
        Command.AT_ONCE,
        Command.RETRAIN,
        Command.TRAININGS,
        Command.NETWORKS,
        Command.INSIDE,
        Command.RAISE,
        Command.LIVE,
    ),
    (Command.THEME, Command.LANGUAGE, Command.EASE, Command.FULL_SCREEN, Command.EVENT, Command.HELP, Command.QUIT),
)


class Menu(ListDialog[Command]):
    """The main menu."""

    title = "menu.title"
    row_height = 40

    def __init__(self, session: Session) -> None:
        super().__init__(session.context)
        self.session = session

    @property
    def columns(self) -> int:
        """Two where the window has room for them, so that nearly all that there is can be seen at once."""
        return 2 if self.size[0] >= (2 * COLUMN + 32) * unit_of(self.size) else 1

    def resize(self, size: tuple[int, int]) -> None:
        """Lay out as wide as the columns need."""
        self.size = size
        self.width = COLUMN * self.columns
        super().resize(size)

    def list_rows(self) -> list[Row[Command]]:
        """A row for each command, with its key."""
        rows = []
        for number, group in enumerate(GROUPS):
            for command in group:
                idle = _is_idle(command, self.session)
                rows.append(
                    Row(
                        command.value,
                        self.context.messages(f"menu.{command.value}"),
                        command,
                        detail=_state(command, self.session),
                        caps=KEY_CAPS[command][:1],
                        enabled=not idle,
                        quiet=idle,
                        group=number > 0 and command is group[0],
                    )
                )
        return rows

    def choose(self, value: Command) -> Command:
        """The command of a row."""
        return value


def _is_idle(command: Command, session: Session) -> bool:
    """Whether a command has nothing to work on."""
    page = session.ink.page
    if command is Command.ANIMATE:
        return not page.strokes
    return page.empty and command in (Command.READ, Command.CLEAR, Command.SAVE)


def _state(command: Command, session: Session) -> str:
    """How a thing is set now, in words."""
    messages = session.context.messages
    if command is Command.NETWORKS:
        return session.reader.network.name if session.reader.network else messages("network.absent")
    if command is Command.LIVE:
        return messages("state.on" if session.settings.live else "state.off")
    if command is Command.AT_ONCE:
        return messages("state.on" if session.settings.learn_at_once else "state.off")
    if command is Command.THEME:
        return messages(f"theme.{session.settings.theme}")
    if command is Command.LANGUAGE:
        return messages("language.name")
    return ""
