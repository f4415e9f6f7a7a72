"""Retrain dialog: what to train, from what, on what and how long."""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from dataclasses import replace

from app.commands import Command
from app.messages import duration_text
from app.retraining.controller import note_speed
from app.retraining.options import ALL, BUILT, MNIST, NOTHING, OWN, PEN, PRESENT, RATES, RetrainOptions
from app.retraining.speed_test import Speed, Stopwatch
from app.session.session import Session
from app.store import networks
from app.ui.form import Form
from app.ui.form_fields import FormField, Option
from app.ui.screen import Action
from app.ui.text_field import decimal, whole
from model.data.images import DataError
from model.data.pen_strokes import count_digits

LENGTHS = ("quick", "good", "thorough")
ACTIVATIONS = ("relu", "leaky_relu", "tanh", "sigmoid")
OPTIMIZERS = ("adam", "sgd", "momentum", "nesterov", "muon")
NUMBERS = ("epochs", "batch_size", "learning_rate", "seed")


class RetrainForm(Form):
    """The questions before a training."""

    title = "retrain.title"
    start = "retrain.begin"
    promise = "retrain.promise"

    def __init__(self, session: Session, begin: Callable[[RetrainOptions], bool]) -> None:
        """begin: starts the training; False, with a notice, where that cannot be."""
        super().__init__(session.context)
        self.session = session
        self._begin = begin
        self.drawings = 0
        self.pen_digits = 0  # none where their file is missing or broken
        self.advanced = False
        self.wanted = RetrainOptions()
        self._stopwatch: Stopwatch | None = None
        self._timed = ""

    def enter(self, size: tuple[int, int]) -> None:
        """Begin with the network in use, and all data that there is."""
        collection, loaded = self.session.corrections.collection, self.session.reader.network
        self.drawings = len(collection) if collection is not None else 0
        with contextlib.suppress(DataError):
            self.pen_digits = count_digits()
        if loaded is None:
            self.wanted.start = NOTHING
        else:
            self.wanted.source = loaded.path
        super().enter(size)

    def leave(self) -> None:
        """Measure no more."""
        if self._stopwatch is not None:
            self._stopwatch.close()

    # -- the questions ------------------------------------------------------------------------------------

    def fields_now(self) -> list[FormField]:
        """The few that everybody answers, and when asked for the rest."""
        wanted, messages = self.wanted, self.context.messages
        wrong = {field: messages(key) for field, key in self._problems().items()}
        rows = [
            self._choice("start", (PRESENT, NOTHING), wanted.start, wrong.get("start", "")),
            self._network_field(),
            self._data_field(wrong.get("data", "")),
            self._length_field(),
        ]
        if wanted.own_layers:
            rows += [
                self._text("hidden", "128, 64", wrong.get("hidden", ""), steps=False),
                self._choice("activation", ACTIVATIONS, wanted.activation),
            ]
        shown = Option(
            "yes" if not self.advanced else "no", messages("retrain.more" if not self.advanced else "retrain.less")
        )
        rows.append(FormField("advanced", messages("retrain.advanced"), (shown,)))
        return rows + (self._advanced_fields(wrong) if self.advanced else [])

    def _problems(self) -> dict[str, str]:
        return self.wanted.problems(self.drawings, self.pen_digits)

    def _choice(self, name: str, values: tuple[str, ...], value: str, wrong: str = "") -> FormField:
        messages = self.context.messages
        options = tuple(Option(v, messages(f"retrain.{name}.{v}")) for v in values)
        hint = messages(f"retrain.{name}.{value}.hint") if f"retrain.{name}.{value}.hint" in messages.texts else ""
        return FormField(name, messages(f"retrain.{name}"), options, value, hint=hint, wrong=wrong)

    def _network_field(self) -> FormField:
        wanted, messages = self.wanted, self.context.messages
        label = messages("retrain.network")
        if wanted.from_nothing:
            known = {"own_layers": messages("retrain.own_layers")}
            options = tuple(Option(name, known.get(name, name)) for name in BUILT)
            key = f"retrain.about.{wanted.built}"
            return FormField("built", label, options, wanted.built, hint=messages(key))
        paths = networks.available()
        if wanted.source is not None and wanted.source not in paths:
            paths.append(wanted.source)
        options = tuple(Option(str(path), path.stem) for path in paths)
        return FormField("source", label, options, str(wanted.source))

    def _data_field(self, wrong: str) -> FormField:
        messages = self.context.messages
        options = (
            Option(ALL, messages("retrain.data.all")),
            Option(MNIST, "MNIST"),
            Option(PEN, messages("retrain.data.pen", count=self.pen_digits)),
            Option(OWN, messages("retrain.data.own", count=self.drawings)),
        )
        hint = messages(f"retrain.data.{self.wanted.data}.hint")
        return FormField("data", messages("retrain.data"), options, self.wanted.data, hint=hint, wrong=wrong)

    def _length_field(self) -> FormField:
        messages, options = self.context.messages, []
        sound = not self._problems()
        for length in LENGTHS:
            speed = self.session.settings.speeds.get(self.wanted.kind)
            wanted = replace(self.wanted, length=length)
            plan = wanted.plan() if sound else wanted.usual
            time = duration_text(Speed(speed).seconds(plan), messages) if speed else ""
            detail = messages("retrain.about_time", time=time) if time else messages("retrain.measuring")
            options.append(Option(length, messages(f"retrain.length.{length}"), detail))
        return FormField("length", messages("retrain.length"), tuple(options), self.wanted.length)

    def _advanced_fields(self, wrong: dict[str, str]) -> list[FormField]:
        rows = [self._text(name, self._usual(name), wrong.get(name, ""), steps=True) for name in NUMBERS]
        optimizer = self.wanted.optimizer or self.wanted.usual.recipe.optimizer
        return [*rows[:3], self._choice("optimizer", OPTIMIZERS, optimizer), rows[3]]

    def _text(self, name: str, empty: str, wrong: str, *, steps: bool) -> FormField:
        messages = self.context.messages
        value = getattr(self.wanted, name)
        hint = messages(f"retrain.{name}.hint")
        return FormField(name, messages(f"retrain.{name}"), (), value, empty, hint, wrong, steps)

    def _usual(self, name: str) -> str:
        return self._written(f"{getattr(self.wanted.usual.recipe, name):g}")

    def _written(self, number: str) -> str:
        """A number for a field, with the decimal mark of the language; both marks are understood."""
        return number.replace(".", self.context.messages.texts["number.decimal"])

    # -- the answers --------------------------------------------------------------------------------------

    def answer(self, name: str, value: str) -> None:
        """Note it."""
        if name == "advanced":
            self.advanced = value == "yes"
            if self.advanced:
                self.refresh()
                self.scroller.by(self.layout.body.height * 0.6)
        elif name == "source":
            self.wanted.source = next((p for p in networks.available() if str(p) == value), self.wanted.source)
        else:
            setattr(self.wanted, name, value)

    def step(self, name: str, *, up: bool) -> None:
        """Epochs and seed by one; batch size and learning rate by doubling and halving."""
        text = getattr(self.wanted, name) or self._usual(name)
        if name == "learning_rate":
            rate = decimal(text, *RATES) or 0.001
            rate = min(max(rate * 2 if up else rate / 2, RATES[0]), RATES[1])
            self.wanted.learning_rate = self._written(f"{rate:.3g}")
            return
        value = whole(text, 0, 2**31 - 1) or 0
        if name == "batch_size":
            value = min(max(value * 2 if up else value // 2, 1), 4096)
        else:
            least, most = (1, 1000) if name == "epochs" else (0, 2**31 - 1)
            value = min(max(value + (1 if up else -1), least), most)
        setattr(self.wanted, name, str(value))

    def accepts(self, command: Command) -> bool:
        """The key that opened it closes it."""
        return command is Command.RETRAIN or super().accepts(command)

    # -- starting -----------------------------------------------------------------------------------------

    def submit(self) -> Action:
        """Start, unless something is wrong: then go to where it stands."""
        problems = self._problems()
        if problems:
            self.advanced = self.advanced or any(name in NUMBERS for name in problems)
            self.refresh()
            for row, place in zip(self.rows, self.places, strict=True):
                if row.wrong:
                    self.scroller.show(place.top, place.bottom)
                    break
            return None
        return Command.BACK if self._begin(self.wanted) else None

    # -- how fast it will be ------------------------------------------------------------------------------

    def update(self, seconds: float) -> list:
        """Find out how fast the chosen network learns, where that is not known."""
        kind, loaded = self.wanted.kind, self.session.reader.network
        if self._stopwatch is not None and self._stopwatch.update():
            assert self._stopwatch.speed is not None
            note_speed(self.session, self._timed, self._stopwatch.speed.images)
            self.refresh()
        wanted = kind not in self.session.settings.speeds and kind != self._timed
        if wanted and loaded is not None and not self._problems():
            if self._stopwatch is not None:
                self._stopwatch.close()
            self._timed = kind
            timed = replace(self.wanted, data=MNIST, length="quick", epochs="", batch_size="", learning_rate="")
            self._stopwatch = Stopwatch(timed.task(loaded, None))
        return super().update(seconds)

    @property
    def moving(self) -> bool:
        """Also while the stopwatch runs."""
        running = self._stopwatch is not None and self._stopwatch.running
        return super().moving or running
