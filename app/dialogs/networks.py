"""Networks dialog: choosing the network that reads."""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from app.session.live_reader import LiveReader
from app.store import networks
from app.ui.context import Context
from app.ui.list_dialog import ListDialog, Row
from app.ui.screen import Action
from model.network.storage import NetworkFileError, describe
from model.training.card import card_of


class NetworkChoice(NamedTuple):
    """What a row stands for: to read with a network's file, or first to bring back the one that it replaced."""

    path: Path
    brings_back: bool = False


class NetworksDialog(ListDialog[NetworkChoice]):
    """All networks that there are, the one in use marked."""

    title = "networks.title"
    width = 480.0
    row_height = 56

    def __init__(self, context: Context, reader: LiveReader, choose: Callable[[Path], None]) -> None:
        """reader: what reads now; choose: lets another network read."""
        super().__init__(context)
        self._reader = reader
        self._choose = choose

    def list_rows(self) -> list[Row[NetworkChoice]]:
        """A row for each file, and one for the network that it replaced."""
        loaded, messages = self._reader.network, self.context.messages
        paths = networks.available()
        if loaded is not None and loaded.path not in paths:
            paths.append(loaded.path)
        self.note = messages("networks.columns" if paths else "networks.none")
        rows = []
        for path in paths:
            used = loaded is not None and path == loaded.path
            rows.append(self._row(path, used=used))
            if networks.can_bring_back(path):
                label = messages("networks.bring_back", name=path.stem)
                rows.append(
                    Row(f"bring back {path}", label, NetworkChoice(path, brings_back=True), mark=False, quiet=True)
                )
        return rows

    def _row(self, path: Path, *, used: bool) -> Row[NetworkChoice]:
        """Its name and what it is made of, its accuracy and parameters, as far as its file says."""
        messages, accuracy, parameters = self.context.messages, "", ""
        ships = networks.is_shipped(path)
        narrow = self.layout.dialog.width < int(self.width * self.layout.unit)  # the card has them
        about = messages(f"networks.about.{path.stem}") if ships else ""
        with contextlib.suppress(NetworkFileError, OSError):  # a notice says so when somebody chooses it
            described = describe(path)
            parameters = "" if narrow else messages.number(described.parameters)
            known = networks.accuracy_in(described.info)
            accuracy = "" if known is None else messages.percent(known, 2)
        more = messages("networks.more", name=path.stem)
        return Row(str(path), path.stem, NetworkChoice(path), accuracy, about, parameters, mark=used, more=more)

    def show_more(self, value: NetworkChoice) -> Action:
        """What is known of it; a notice where its file cannot be read."""
        from app.dialogs.card import CardDialog

        try:
            return CardDialog(self.context, value.path.stem, card_of(value.path))
        except (NetworkFileError, OSError) as error:
            self.context.report("notice.no_card", error, name=value.path.stem)
            return None

    def choose(self, value: NetworkChoice) -> None:
        """Read with it from now on; the list stays open so that its mark is seen to move."""
        if not value.path.is_file():  # removed while the list was open: what reads now goes on reading
            self.context.warn("notice.gone", name=value.path.name)
        elif not value.brings_back or self._bring_back(value.path):
            self._choose(value.path)
        self.refresh()

    def _bring_back(self, path: Path) -> bool:
        """Let the network and the one before it change places. False, with a notice, when that fails."""
        try:
            networks.bring_back(path)
        except networks.NetworkStoreError as error:
            self.context.report("notice.network_not_kept", error)
            return False
        self.context.say("notice.brought_back", name=path.stem)
        return True
