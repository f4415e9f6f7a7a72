"""Guestbook: what is kept of an event: numbers always, drawings only as long as the organiser lets them be kept."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING

from app.event.tally import ReadRecord, Tally
from app.event.wall import Wall

if TYPE_CHECKING:
    from app.event.visit import VisitOutcome
    from app.store.settings import Settings
    from model.pictures.drawing import Drawing


class Guestbook:
    """The tally and the wall. Knows alone where a visitor's strokes may go: nowhere, unless `settings.event_keep`."""

    def __init__(self, settings: Settings, now: Callable[[], datetime] = datetime.now) -> None:
        """now: the time of day."""
        self._settings = settings
        self.tally = Tally(now=now)
        self.wall = Wall(now=now)

    def record(self, outcome: VisitOutcome) -> None:
        """Count a drawing that was read, and hang it on the wall when it was misread and drawings are kept."""
        reading, truth = outcome.reading, outcome.truth
        said = reading.digit if reading.is_digit else None
        self.tally.add(ReadRecord(said, reading.sure, truth))
        if self._settings.event_keep and truth is not None and truth != said:
            self.wall.add(outcome.drawing, truth, said)

    @property
    def shown(self) -> list[Drawing]:
        """The drawings for all to see: those of the wall, and none when drawings are not kept."""
        return self.wall.drawings if self._settings.event_keep else []

    @property
    def problem(self) -> str:
        """What could not be written, and why; "" when all is on the disk."""
        return self.tally.problem or self.wall.problem
