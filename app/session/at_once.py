"""Learning at once: after a correction the network in use adapts by itself, beside the loop, and can take it back."""

from __future__ import annotations

import time
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from app.commands import Command
from app.learning.process import Learned, LearningProcess
from app.session.live_reader import LiveReader
from app.store import learned
from app.store.settings import Settings
from app.ui.context import Context
from app.ui.notices import Notice
from model.network.growth import can_grow
from model.reading.reader import Reader

if TYPE_CHECKING:
    from app.store.networks import LoadedNetwork
    from model.pictures.drawing import Drawing
    from model.reading.reader import Reading
    from model.training.at_once import Form

MOST_STEPS = 500  # that can be taken back, the newest
SOON = 0.8  # seconds within which a correction is usually learnt; only what takes longer is announced


@dataclass(frozen=True, eq=False)
class Correction:
    """A drawing, whose word is its true digit, that is to be learnt, or was."""

    drawing: Drawing


@dataclass(frozen=True, eq=False)
class _Step:
    """A correction that was learnt, and what was known before."""

    correction: Correction
    before: tuple[Form, ...]


def start_process() -> LearningProcess:
    """The process that learns; tests put a stand-in here."""
    return LearningProcess()


class AtOnce:
    """Teaches the network that a live reader reads with. `update` is to be called once a frame; nothing here waits.

    forms: what it knows beside its weights. busy: whether something is being learnt. paused: whether it rests, because
    the newest weights of a training read; what is forgotten meanwhile counts when they no longer do.
    """

    def __init__(
        self,
        reader: LiveReader,
        settings: Settings,
        context: Context,
        *,
        first: Callable[[], tuple[Form, ...]] | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """first: what a network knows to begin with, where nothing is kept on the disk; else what is kept there."""
        self.forms: tuple[Form, ...] = ()
        self.paused = False
        self._reader = reader
        self._settings = settings
        self._context = context
        self._first = first
        self._base: LoadedNetwork | None = None
        self.can_learn = False  # whether the network in use is one that can
        self._late = False  # whether the reader is still to be given what is known now
        self._steps: list[_Step] = []
        self._process: LearningProcess | None = None
        self._prepared: LoadedNetwork | None = None
        self._waiting: list[Correction] = []
        self._learning: tuple[Correction, Future[Learned | None]] | None = None
        self._saving: list[Future[None]] = []
        self._clock = clock
        self._since = 0.0  # when the clock saw that something is learnt
        self._announced: Notice | None = None  # that it is learning

    def __repr__(self) -> str:
        return f"AtOnce({len(self.forms)} forms, busy={self.busy})"

    @property
    def ready(self) -> bool:
        """Whether it is to learn, and the network in use is one that can."""
        self.follow_network()
        return self._settings.learn_at_once and self.can_learn and not self.paused

    @property
    def busy(self) -> bool:
        """Whether corrections wait, or one is being learnt."""
        return bool(self._waiting) or self._learning is not None

    @property
    def due(self) -> bool:
        """Whether `update` has something to do: what was learnt is there, or saved."""
        learnt = self._learning is not None and self._learning[1].done()
        silent = self._takes_long and self._announced is None
        stale = self._announced is not None and self._learning is None
        return ((learnt or silent) and not self.paused) or stale or any(saving.done() for saving in self._saving)

    @property
    def _takes_long(self) -> bool:
        return self._learning is not None and self._clock() >= self._since + SOON

    @property
    def can_forget(self) -> bool:
        """Whether there is a correction to take back."""
        return bool(self._steps) or self.busy

    # -- learning -----------------------------------------------------------------------------------------

    def prepare(self) -> None:
        """Make ready what takes some seconds when the first correction comes."""
        if self.ready and self._base is not None and self._prepared is not self._base:
            self._prepared = self._base
            self._started().prepare(self._base)

    def learn(self, drawing: Drawing, digit: int, reading: Reading | None) -> Correction | None:
        """Learn that a drawing shows this digit, 0..9; a notice says when it is done.

        None where there is nothing to learn, as the reading of it is sure of that digit, or where nothing is learnt at
        once.
        """
        known = reading is not None and reading.sure and reading.digit == digit
        if known or not self.ready:
            return None
        correction = Correction(replace(drawing, word=str(digit)))
        self._waiting.append(correction)
        self._go_on()
        return correction

    def update(self) -> None:
        """Take in what was learnt, and go on with the next correction."""
        self.follow_network()
        if not self.paused:
            self._catch_up()
            if self._learning is not None and self._learning[1].done():
                (correction, future), self._learning = self._learning, None
                self._take(correction, future)
            self._go_on()
        self._announce()
        for saving in [saving for saving in self._saving if saving.done()]:
            self._saving.remove(saving)
            error = saving.exception()
            if isinstance(error, OSError):
                self._context.report("notice.learned_not_kept", error)

    def _go_on(self) -> None:
        if self._waiting and self._learning is None and self._base is not None and not self.paused:
            correction = self._waiting.pop(0)
            self._learning = correction, self._started().learn(self._base, self.forms, correction.drawing)
            self._since = self._clock()

    def _announce(self) -> None:
        """Say that it is learning while that takes long: in a place where what came of it is said next."""
        if self._announced is not None and not self._takes_long:
            self._context.notices.remove(self._announced)
            self._announced = None
        if self._takes_long and self._announced is None and not self.paused:
            self._announced = self._context.keep_saying("notice.learning")

    def _take(self, correction: Correction, future: Future[Learned | None]) -> None:
        """Read with what was learnt."""
        try:
            result = future.result()
        except Exception as error:  # noqa: BLE001  whatever it is, the program goes on without it
            self._context.report("notice.not_learned_fault", error)
            return
        if result is None:
            self._context.say("notice.not_learned", digit=correction.drawing.word)
            return
        self._steps = [*self._steps, _Step(correction, self.forms)][-MOST_STEPS:]
        self._know(result.forms, Reader(result.network))
        self._context.offer(Command.FORGET, "notice.learned", digit=correction.drawing.word)

    def _know(self, forms: tuple[Form, ...], reader: Reader) -> None:
        self.forms = forms
        self._late = self.paused
        if not self.paused:
            self._reader.read_with(reader)
        self._save()
        self._context.note_change()

    def _catch_up(self) -> None:
        if self._late and self._base is not None:
            self._late = False
            self._reader.read_with(_reader_of(self._base, self.forms))

    def _save(self) -> None:
        if self._first is None and self._base is not None:
            self._saving.append(self._started().save(self._base, self.forms))

    # -- forgetting ---------------------------------------------------------------------------------------

    def take_back(self, correction: Correction) -> bool:
        """Forget a correction: read with exactly what was read with before. False where it is not the newest."""
        if correction in self._waiting:
            self._waiting.remove(correction)
        elif self._learning is not None and self._learning[0] is correction:
            self._learning = None  # whatever comes of it
        elif self._steps and self._steps[-1].correction is correction and not self.busy:
            self._read_as(self._steps.pop().before)
            self._context.notices.withdraw(Command.FORGET)
        else:
            return False
        return True

    def forget_last(self) -> None:
        """Forget the newest correction, and say so."""
        newest = [step.correction for step in self._steps]
        newest += [self._learning[0]] if self._learning is not None else []
        newest += self._waiting
        done = bool(newest) and self.take_back(newest[-1])
        self._context.say("notice.forgotten" if done else "notice.nothing_learned")

    def forget_all(self) -> None:
        """Read with what the network knew to begin with: its weights alone, or what `first` gives."""
        self._waiting, self._learning, self._steps = [], None, []
        self._context.notices.withdraw(Command.FORGET)
        self._read_as(self._first() if self._first is not None else ())
        self._context.say("notice.all_forgotten")

    def _read_as(self, forms: tuple[Form, ...]) -> None:
        if self._base is not None:
            self._know(forms, _reader_of(self._base, forms))

    # -- the network --------------------------------------------------------------------------------------

    def follow_network(self) -> None:
        """Where the reader has another network now, go on with what that one knows; corrections of the old one go."""
        base = self._reader.network
        if base is self._base:
            return
        self._base = base
        self.can_learn = base is not None and can_grow(base.network)
        self._waiting, self._learning, self._steps, self.forms, self._late = [], None, [], (), False
        self._context.notices.withdraw(Command.FORGET)
        if base is None or not self.can_learn:
            return
        if self._first is not None:
            self.forms = self._first()
            return
        try:
            self.forms = learned.load(base)
        except learned.LearnedError as error:
            self._context.report("notice.learned_unread", error)
        if self.forms:
            self._reader.read_with(_reader_of(base, self.forms))

    def _started(self) -> LearningProcess:
        if self._process is None:
            self._process = start_process()
        return self._process

    def close(self) -> None:
        """End the process; the next correction starts another one. What is being learnt is given up."""
        self._waiting, self._learning = [], None
        if self._process is not None:
            self._process.close()
        self._process = self._prepared = None


def _reader_of(base: LoadedNetwork, forms: tuple[Form, ...]) -> Reader:
    """What reads with a network that knows these forms; the network itself where there are none."""
    if not forms:
        return Reader(base.network)
    from model.training.at_once import with_forms

    return Reader(with_forms(base.network, forms))
