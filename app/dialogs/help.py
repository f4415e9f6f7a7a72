"""Help: every key, and how to use the program without one."""

from __future__ import annotations

from app.commands import KEY_CAPS, Intent
from app.ui.layout import unit_of
from app.ui.list_dialog import Row, Sheet

KEYS = (
    Intent.READ,
    Intent.INSIDE,
    Intent.UNDO,
    Intent.REDO,
    Intent.CLEAR,
    Intent.ERASER,
    Intent.THINNER,
    Intent.THICKER,
    Intent.LIVE,
    Intent.RIGHT,
    Intent.COLLECTION,
    Intent.RETRAIN,
    Intent.PAUSE,
    Intent.STEP,
    Intent.STOP,
    Intent.SAVE,
    Intent.OPEN,
    Intent.NETWORKS,
    Intent.THEME,
    Intent.LANGUAGE,
    Intent.FULL_SCREEN,
    Intent.EVENT,
    Intent.MENU,
    Intent.HELP,
    Intent.QUIT,
)
# Keys that have no intent of their own: key caps and message
KEYBOARD = (
    (("0", "…", "9"), "help.digits"),
    (("PgUp", "PgDn"), "help.pages"),
    (("Tab",), "help.tab"),
    (("←", "↑", "→", "↓"), "help.arrows"),
    (("Space",), "help.space"),
    (("Shift",), "help.shift"),
)


class Help(Sheet):
    """All keys in a list that scrolls."""

    title = "help.title"
    row_height = 38

    def list_rows(self) -> list[Row]:
        """First how to draw, then a row for each wish, then drawing with the keyboard."""
        messages = self.session.messages
        rows = [Row(key, messages(key), enabled=False) for key in ("help.draw", "help.drop")]
        for intent in KEYS:
            text = messages(f"help.{intent.value}")
            rows.append(Row(intent.value, text, caps=KEY_CAPS[intent], enabled=False, group=intent is KEYS[0]))
        for caps, key in KEYBOARD:
            rows.append(Row(key, messages(key), caps=caps, enabled=False, group=key == KEYBOARD[0][1]))
        return rows

    @property
    def columns(self) -> int:
        """Two where there is room for both."""
        return 2 if self.size[0] >= 1000 * unit_of(self.size) else 1

    def resize(self, size: tuple[int, int]) -> None:
        """Lay out anew, as wide as the columns need."""
        self.size = size
        self.width = 960 if self.columns == 2 else 560
        super().resize(size)

    def choose(self, row: Row) -> Intent | None:
        """Nothing: it is for reading."""
        return None

    def accepts(self, intent: Intent) -> bool:
        """Letters are no wishes while one reads what they do."""
        return intent in (Intent.BACK, Intent.HELP, Intent.MENU, Intent.FULL_SCREEN, Intent.THEME, Intent.QUIT)
