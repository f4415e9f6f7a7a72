"""Choosing the language of the screen."""

from __future__ import annotations

from collections.abc import Callable

from app.commands import Command
from app.messages import language_names
from app.ui.context import Context
from app.ui.list_dialog import ListDialog, Row


class LanguageDialog(ListDialog):
    """All languages that have a file, each in its own words, the one in use marked."""

    title = "languages.title"
    row_height = 56  # languages are few, and visitors of an event choose with a finger

    def __init__(self, context: Context, choose_language: Callable[[str], None]) -> None:
        super().__init__(context)
        self._choose_language = choose_language

    def list_rows(self) -> list[Row]:
        """A row for each language."""
        used = self.context.language
        return [Row(language, name, mark=language == used) for language, name in language_names().items()]

    def choose(self, row: Row) -> Command | None:
        """Speak it from now on, and close: the whole window shows that it worked."""
        self._choose_language(row.name)
        return Command.BACK
