"""Quit dialog: before the window closes on a training, or on a network that nobody has decided about."""

from __future__ import annotations

from collections.abc import Callable

from app.commands import Command
from app.retraining.controller import TrainingController
from app.ui.context import Context
from app.ui.list_dialog import ListDialog, Row


class QuitDialog(ListDialog[str]):
    """Asks what to do; quitting a second time while it is up quits."""

    width = 520

    def __init__(self, context: Context, training: TrainingController, end: Callable[[], None]) -> None:
        """end: ends the program."""
        super().__init__(context)
        self._training = training
        self._end = end

    def list_rows(self) -> list[Row[str]]:
        """Going on comes first: it loses nothing."""
        messages, result = self.context.messages, self._training.result is not None
        self.title = "quit.result" if result else "quit.training"
        names = ("compare", "keep", "discard") if result else ("stay", "end")
        return [Row(name, messages(f"quit.{name}"), name) for name in names]

    def choose(self, value: str) -> Command | None:
        """Stay, or decide and end."""
        if value == "stay":
            return Command.BACK
        if value == "compare":
            return Command.RETRAIN
        if value == "keep" and not self._training.keep():
            return Command.BACK
        self._end()
        return Command.BACK
