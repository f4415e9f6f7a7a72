"""Choosing the network that reads."""

from __future__ import annotations

from app import networks
from app.intents import Intent
from app.sheet import Row, Sheet


class NetworkSheet(Sheet):
    """All networks that there are, the one in use marked."""

    title = "networks.title"

    def list_rows(self) -> list[Row]:
        """A row for each file."""
        loaded, messages = self.session.loaded, self.session.messages
        paths = networks.available()
        if loaded is not None and loaded.path not in paths:
            paths.append(loaded.path)
        self.foot = "" if paths else messages("networks.none")
        rows = []
        for path in paths:
            used = loaded is not None and path == loaded.path
            key = (
                f"networks.about.{path.stem}" if path.parent == networks.WEIGHTS and path.stem in networks.USUAL else ""
            )
            rows.append(Row(str(path), path.stem, messages(key) if key else "", mark=used))
        return rows

    def choose(self, row: Row) -> Intent | None:
        """Read with it from now on; the list stays open so that its mark is seen to move."""
        path = next(path for path in networks.available() if str(path) == row.name)
        self.session.choose_network(path)
        self.refresh()
        return None
