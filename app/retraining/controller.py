"""Training controller: while a training runs its newest weights read, and in the end somebody decides about them."""

from __future__ import annotations

import contextlib
from datetime import datetime
from typing import TYPE_CHECKING

from app.retraining.process import (
    Ended,
    Snapshot,
    State,
    TrainingProcess,
)
from app.retraining.record import record_of
from app.retraining.reports import Failed, Measured
from app.retraining.task import TrainingTask
from app.store import networks, trainings
from app.store.networks import LoadedNetwork
from app.store.trainings import Outcome
from model.reading.reader import Reader

if TYPE_CHECKING:
    from app.retraining.options import RetrainOptions
    from app.session.session import Session

MOST_SPEEDS = 40  # kinds of networks whose speed is remembered
MILESTONE = 0.97  # share of validation pictures at which a network that began from nothing can read


class TrainingController:
    """One training, from its start until its network is kept or discarded. `revision` grows with every change."""

    def __init__(self, session: Session, task: TrainingTask, name: str, present: LoadedNetwork) -> None:
        """Start the process. name: what is trained, for people; present: the network that it is compared with."""
        self.task = task
        self.name = name
        self.present = present
        self.milestone: float | None = None  # seconds of training after which MILESTONE was reached
        self.revision = 0
        self.unseen_result = False  # whether a result has come that no screen has shown yet
        self.closed = False  # whether it is over, its network kept or discarded
        self.started = datetime.now().strftime("%Y-%m-%dT%H:%M:%S")
        self._recorded = False
        self._session = session
        self._before = session.reader.current
        self.process = start_process(task)

    @property
    def state(self) -> State:
        """How far it is; see process."""
        return self.process.state

    @property
    def busy(self) -> bool:
        """Whether the process trains, or soon will, or compares."""
        return not self.process.over

    @property
    def paused(self) -> bool:
        return self.state is State.PAUSED

    @property
    def result(self) -> Ended | None:
        """The new network and how it compares; None before the end."""
        return self.process.result

    @property
    def measured(self) -> Measured | None:
        """The newest measurement."""
        return self.process.measurements[-1] if self.process.measurements else None

    def update(self) -> None:
        """Take in what the process reported since the last time. Never waits."""
        state = self.state
        for event in self.process.poll():
            self.revision += 1
            if isinstance(event, Snapshot):
                reader = Reader(event.network)
                if self.task.from_nothing and self.milestone is None:
                    reader.digit_at = 0.0  # it knows no digit yet, so let it guess
                self._session.reader.read_with(reader)
            elif isinstance(event, Measured):
                self._look_for_milestone(event)
            elif isinstance(event, Ended):
                self.unseen_result = True
                self._session.reader.read_with(Reader(event.network))
            elif isinstance(event, Failed):
                self._fail(event)
                return
        if self.state != state:
            self._session.context.note_change()

    def _look_for_milestone(self, measured: Measured) -> None:
        if self.task.from_nothing and self.milestone is None and measured.validation_accuracy >= MILESTONE:
            self.milestone = measured.seconds
            share = self._session.context.messages.percent(MILESTONE, 0)
            self._session.context.say("notice.milestone", seconds=round(measured.seconds), share=share)

    def _fail(self, failed: Failed) -> None:
        session = self._session
        session.context.notices.add(failed.text(session.context.messages), "warning")
        self._record("failed")
        self._leave()

    # -- while it trains ----------------------------------------------------------------------------------

    def toggle_pause(self) -> None:
        """Stand still, or go on."""
        if self.paused:
            self.process.go_on()
        else:
            self.process.pause()
        self._session.context.note_change()

    def step(self) -> None:
        """Take one step and stand still."""
        self.process.step()
        self._session.context.note_change()

    def stop(self) -> None:
        """Train no more; the result comes soon."""
        if self.state is State.PREPARING:
            self.discard()
        else:
            self.process.stop()
            self._session.context.note_change()

    # -- at the end ---------------------------------------------------------------------------------------

    def keep(self) -> bool:
        """Use the new network from now on; the present one stays. False, with a notice, when that fails.

        What began from nothing gets a name of its own; else it takes the place of the present one.
        """
        return self._keep(suggested_name(self) if self.task.from_nothing else None)

    def save_as(self, name: str) -> bool:
        """Keep the new network under a name and use it. Raises NetworkStoreError for a name that cannot be."""
        return self._keep(networks.checked_name(name))

    def _keep(self, name: str | None) -> bool:
        assert self.result is not None
        session, network = self._session, self.result.network
        try:
            path = networks.keep(network, self.present) if name is None else networks.save_as(network, name)
        except networks.NetworkStoreError as error:
            session.context.report("notice.network_not_kept", error)
            return False
        self._record("kept", path.stem)
        self.close()
        session.choose_network(path)
        self._session.context.say("notice.network_kept", name=path.stem)
        return True

    def set_aside(self) -> None:
        """Keep the new network, if there is one, under a name of its own; the present one stays in use."""
        if self.result is not None:
            with contextlib.suppress(networks.NetworkStoreError):  # the program ends: nobody can be told
                self._record("kept", networks.save_as(self.result.network, suggested_name(self)).stem)

    def discard(self) -> None:
        """Forget the new network and read with the one from before."""
        self._leave()
        loaded = self._session.reader.network
        self._session.context.say("notice.network_discarded", name=loaded.name if loaded else "")

    def close(self) -> None:
        """End the process, for certain; what nobody has kept is recorded as discarded, or as broken off."""
        self._record("discarded" if self.result is not None else "broken_off")
        self.closed = True
        self.process.close()

    def _record(self, outcome: Outcome, kept_as: str = "") -> None:
        """Note once what became of it, if it came so far as to train. That the disk is full costs a notice only."""
        if self._recorded or not (self.process.advances or outcome == "failed"):
            return
        self._recorded = True
        try:
            trainings.note(record_of(self.task, self.process, self.name, self.started, outcome, kept_as))
        except OSError as error:
            self._session.context.report("notice.training_not_noted", error)

    def _leave(self) -> None:
        session = self._session
        self.close()
        if self._before is not None:
            session.reader.read_with(self._before)
        session.context.note_change()


def start_training(session: Session, options: RetrainOptions) -> TrainingController | None:
    """Train a network with these options, in a process of its own. None, with a notice, without a network to begin."""
    used = session.reader.network
    if used is None:
        session.context.say("notice.no_network")
        return None
    task = options.task(used, session.corrections.collection)
    if not options.from_nothing and options.source is not None and options.source != used.path:
        used = LoadedNetwork(options.source.stem, options.source, used.network)
    session.context.note_change()
    return TrainingController(session, task, options.kind, used)


def note_speed(session: Session, kind: str, images: float) -> None:
    """Remember how many pictures a second this machine trains a kind of network on."""
    settings = session.settings
    known = {name: speed for name, speed in settings.speeds.items() if name != kind}
    settings.speeds = dict([*known.items(), (kind, round(images, 1))][-MOST_SPEEDS:])
    session.keep_settings()


def start_process(task: TrainingTask) -> TrainingProcess:
    """The process for a task; tests put a stand-in here."""
    return TrainingProcess(task)


def suggested_name(training: TrainingController) -> str:
    """A name for the new network that no file has yet."""
    taken = {path.stem for path in networks.available()}
    stem = training.present.name if not training.task.from_nothing else training.name
    stem, number = stem.removesuffix("-mine"), 2
    while f"{stem}-{number}" in taken:
        number += 1
    return f"{stem}-{number}"
