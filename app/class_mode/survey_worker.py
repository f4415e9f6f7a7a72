"""Survey worker: looks through a collection in a thread, while the screen goes on."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from model.evaluation.survey import Survey
    from model.pictures.drawing import Drawing
    from model.reading.reader import Reader


class SurveyWorker:
    """survey: what was found, None until then; fraction: how much is done, 0..1; failure: what it broke off with."""

    def __init__(self, reader: Reader, drawings: Sequence[Drawing]) -> None:
        """Begin at once. drawings: those of a collection; they are not changed meanwhile."""
        self.survey: Survey | None = None
        self.fraction = 0.0
        self.failure: Exception | None = None
        self._stopped = False
        self._thread = threading.Thread(target=self._run, args=(reader, list(drawings)), name="survey", daemon=True)
        self._thread.start()

    @property
    def over(self) -> bool:
        """Whether nothing is to come any more."""
        return self.survey is not None or self.failure is not None

    def close(self) -> None:
        """End with the piece that is looked at."""
        self._stopped = True
        self._thread.join()

    def wait(self) -> None:
        """Until it is over."""
        self._thread.join()

    def _run(self, reader: Reader, drawings: Sequence[Drawing]) -> None:
        from model.evaluation.survey import Surveyor

        try:
            surveyor = Surveyor(reader, drawings)
            while surveyor.survey is None and not self._stopped:
                surveyor.go_on()
                self.fraction = surveyor.fraction
            self.survey = surveyor.survey
        except Exception as error:  # noqa: BLE001  whatever it is, the screen says so and goes on
            self.failure = error
