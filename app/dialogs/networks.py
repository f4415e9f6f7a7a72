"""Choosing the network that reads."""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from pathlib import Path

from app.commands import Command
from app.session.live_reader import LiveReader
from app.store import networks
from app.ui.context import Context
from app.ui.list_dialog import ListDialog, Row
from model.network.storage import NetworkFileError, describe

BRING_BACK = "bring back "


class NetworksDialog(ListDialog):
    """All networks that there are, the one in use marked."""

    title = "networks.title"
    width = 480
    row_height = 56

    def __init__(self, context: Context, reader: LiveReader, choose: Callable[[Path], None]) -> None:
        """reader: what reads now; choose: lets another network read."""
        super().__init__(context)
        self._reader = reader
        self._choose = choose

    def list_rows(self) -> list[Row]:
        """A row for each file."""
        loaded, messages = self._reader.network, self.context.messages
        paths = networks.available()
        if loaded is not None and loaded.path not in paths:
            paths.append(loaded.path)
        self.foot = messages("networks.columns" if paths else "networks.none")
        rows = []
        for path in paths:
            used = loaded is not None and path == loaded.path
            rows.append(self._row(path, used))
            if networks.can_bring_back(path):
                label = messages("networks.bring_back", name=path.stem)
                rows.append(Row(BRING_BACK + str(path), label, mark=False, quiet=True))
        return rows

    def _row(self, path: Path, used: bool) -> Row:
        """Its name and what it is made of, its accuracy and parameters, as far as its file says."""
        messages, accuracy, parameters = self.context.messages, "", ""
        ships = networks.is_shipped(path)
        about = messages(f"networks.about.{path.stem}") if ships else ""
        with contextlib.suppress(NetworkFileError):  # which is told when somebody chooses it
            described = describe(path)
            parameters = messages.number(described.parameters)
            share = networks.accuracy_in(described.info)
            accuracy = "" if share is None else messages.percent(share, 2)
        return Row(str(path), path.stem, accuracy, about, parameters, mark=used)

    def choose(self, row: Row) -> Command | None:
        """Read with it from now on; the list stays open so that its mark is seen to move."""
        path = next(path for path in networks.available() if str(path) == row.name.removeprefix(BRING_BACK))
        if row.name.startswith(BRING_BACK) and not self._bring_back(path):
            return None
        self._choose(path)
        self.refresh()
        return None

    def _bring_back(self, path: Path) -> bool:
        """Let the network and the one before it change places. False, with a notice, when that fails."""
        try:
            networks.bring_back(path)
        except networks.NetworkStoreError as error:
            self.context.report("notice.network_not_kept", error)
            return False
        self.context.say("notice.brought_back", name=path.stem)
        return True
