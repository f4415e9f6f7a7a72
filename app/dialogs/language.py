"""Language dialog: choosing the language of the screen."""

from __future__ import annotations

from collections.abc import Callable

from app.commands import Command
from app.messages import language_names
from app.ui.context import Context
from app.ui.list_dialog import ListDialog, Row

FEW = 5  # languages that one column holds in the lowest window


class LanguageDialog(ListDialog[str]):
    """All languages that have a file, each in its own words, the one in use marked."""

    title = "languages.title"
    row_height = 56  # languages are few, and visitors of an event choose with a finger

    def __init__(self, context: Context, choose_language: Callable[[str], None]) -> None:
        super().__init__(context)
        self._choose_language = choose_language

    @property
    def columns(self) -> int:
        """Two where there are many, so that none is scrolled away."""
        return 1 if len(self.rows) <= FEW else 2

    def list_rows(self) -> list[Row[str]]:
        """A row for each language."""
        used = self.context.language
        return [Row(code, name, code, mark=code == used) for code, name in language_names().items()]

    def choose(self, value: str) -> Command:
        """Show all texts in it, and close: the whole window shows that it worked."""
        self._choose_language(value)
        return Command.BACK
