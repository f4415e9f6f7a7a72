"""Help: every key, and how to use the program without one."""

from __future__ import annotations

from app.commands import KEY_CAPS, Command
from app.ui.heard import Heard, sentences, spoken_cap
from app.ui.layout import unit_of
from app.ui.list_dialog import ListDialog, Row

KEYS = (
    Command.READ,
    Command.INSIDE,
    Command.RAISE,
    Command.UNDO,
    Command.REDO,
    Command.CLEAR,
    Command.ERASER,
    Command.THINNER,
    Command.THICKER,
    Command.LIVE,
    Command.RIGHT,
    Command.COLLECTION,
    Command.CLASS,
    Command.CHART,
    Command.AT_ONCE,
    Command.FORGET,
    Command.RETRAIN,
    Command.PAUSE,
    Command.STEP,
    Command.STOP,
    Command.TRAININGS,
    Command.SAVE,
    Command.ANIMATE,
    Command.OPEN,
    Command.NETWORKS,
    Command.THEME,
    Command.LANGUAGE,
    Command.EASE,
    Command.FULL_SCREEN,
    Command.EVENT,
    Command.MENU,
    Command.HELP,
    Command.QUIT,
)
# Keys that have no command of their own: key caps and message
KEYBOARD = (
    (("0", "…", "9"), "help.digits"),
    (("PgUp", "PgDn"), "help.pages"),
    (("Tab",), "help.tab"),
    (("←", "↑", "→", "↓"), "help.arrows"),
    (("Space",), "help.space"),
    (("Shift",), "help.shift"),
)


class Help(ListDialog[None]):
    """All keys in a list that scrolls."""

    title = "help.title"
    row_height = 38

    def list_rows(self) -> list[Row[None]]:
        """First how to draw, then a row for each command, then drawing with the keyboard."""
        messages = self.context.messages
        rows = [Row(key, messages(key), None, enabled=False) for key in ("help.draw", "help.drop")]
        for command in KEYS:
            text = messages(f"help.{command.value}")
            rows.append(Row(command.value, text, None, caps=KEY_CAPS[command], enabled=False, group=command is KEYS[0]))
        for caps, key in KEYBOARD:
            rows.append(Row(key, messages(key), None, caps=caps, enabled=False, group=key == KEYBOARD[0][1]))
        return rows

    @property
    def columns(self) -> int:
        """Two where there is room for both."""
        return 2 if self.size[0] >= 1000 * unit_of(self.size) else 1

    def resize(self, size: tuple[int, int]) -> None:
        """Lay out as wide as the columns need."""
        self.size = size
        self.width = 960 if self.columns == 2 else 560
        super().resize(size)

    @property
    def heard(self) -> Heard:
        """All of it, the keys that draw first."""
        messages = self.context.messages
        rows = [row for row in self.rows if row.caps]
        drawing = {key for _, key in KEYBOARD}
        rows.sort(key=lambda row: row.name not in drawing)
        lines = (f"{' '.join(spoken_cap(cap, messages) for cap in row.caps)}: {row.label}" for row in rows)
        return Heard({**super().heard.texts, "keys": sentences(lines)})

    def choose(self, value: None) -> None:
        """Do nothing: the list is for reading."""

    def accepts(self, command: Command) -> bool:
        """Letters are no commands while one reads what they do."""
        return command in (Command.BACK, Command.HELP, Command.MENU, Command.FULL_SCREEN, Command.THEME, Command.QUIT)
