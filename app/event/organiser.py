"""Organiser's dialog: what is settled before an event, and what it has come to by now."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from app import paths
from app.commands import Command
from app.event.tally import Tally, TallyError
from app.session.session import Session
from app.store.settings import TIMINGS
from app.ui.form import Form
from app.ui.form_fields import FormField, Option
from app.ui.screen import Action
from app.ui.text_field import decimal

TALLY, EXPORT = "tally", "export"
SWITCHES = ("event_keep", "event_learn", "event_sounds", "event_voice")
STEPS = {"event_read_after": 0.1, "event_clear_after": 1.0, "event_attract_after": 5.0}  # seconds


class OrganiserForm(Form):
    """Timings, whether drawings are kept and learnt from, what is heard, and the tally. Changes the settings at once.

    `start` is called when the event is to begin.
    """

    title = "organiser.title"
    start = "organiser.start"
    promise = "organiser.leaving"

    def __init__(self, session: Session, start: Callable[[], None]) -> None:
        super().__init__(session.context)
        self.session = session
        self._start = start
        self._tally = Tally()
        # What stands in the fields, which may be no number.
        self._texts = {name: self._spoken(getattr(session.settings, name)) for name in TIMINGS}

    def fields_now(self) -> list[FormField]:
        """A field for each timing and for each switch, and the tally."""
        messages, settings = self.context.messages, self.session.settings
        rows = []
        for name, (least, most) in TIMINGS.items():
            wrong = messages("organiser.wrong", least=self._spoken(least), most=self._spoken(most))
            rows.append(
                FormField(
                    name,
                    messages(f"organiser.{name}"),
                    value=self._texts[name],
                    hint=messages(f"organiser.{name}.hint"),
                    wrong="" if self._seconds(name) is not None else wrong,
                    steps=True,
                )
            )
        switches = [self._switch(name, on=getattr(settings, name)) for name in SWITCHES]
        return [*rows, *switches, self._tally_field()]

    def _switch(self, name: str, *, on: bool) -> FormField:
        messages, state = self.context.messages, "on" if on else "off"
        options = tuple(Option(value, messages(f"state.{value}")) for value in ("off", "on"))
        hint = messages(f"organiser.{name}.{state}")
        return FormField(name, messages(f"organiser.{name}"), options, state, hint=hint)

    def _tally_field(self) -> FormField:
        messages, day = self.context.messages, self._tally.today
        export = Option(EXPORT, messages(f"organiser.{TALLY}.{EXPORT}"))
        counts = {"right": sum(day.right), "corrected": sum(day.corrected), "unsure": sum(day.not_sure)}
        hint = messages(f"organiser.{TALLY}.today", all=day.drawings, **counts)
        return FormField(TALLY, messages(f"organiser.{TALLY}"), (export,), "", hint=hint)

    def _spoken(self, seconds: float) -> str:
        """In tenths, where there are any."""
        return self.context.messages.number(seconds, 0 if round(10 * seconds) % 10 == 0 else 1)

    def _seconds(self, name: str) -> float | None:
        return decimal(self._texts[name], *TIMINGS[name])

    def answer(self, name: str, value: str) -> None:
        """Note it, and keep it where it can be; or export the tally."""
        if name == TALLY:
            self._export()
            return
        if name in SWITCHES:
            setattr(self.session.settings, name, value == "on")
        else:
            self._texts[name] = value
            seconds = self._seconds(name)
            if seconds is None:
                return
            setattr(self.session.settings, name, seconds)
        self.session.keep_settings()

    def _export(self) -> None:
        """Write the tally of all days beside saved drawings, and say where."""
        path = paths.drawings_folder() / datetime.now().strftime("digitpad-tally-%Y-%m-%d-%H%M%S.csv")
        try:
            days = self._tally.export(path)
        except (TallyError, OSError) as error:
            self.context.report("notice.tally_not_exported", error)
            return
        self.context.say("notice.tally_exported", count=days, path=path)

    def step(self, name: str, *, up: bool) -> None:
        """A little longer or shorter."""
        least, most = TIMINGS[name]
        seconds = getattr(self.session.settings, name) + (STEPS[name] if up else -STEPS[name])
        self.answer(name, self._spoken(min(max(seconds, least), most)))

    def accepts(self, command: Command) -> bool:
        """The key that opened it closes it."""
        return command is Command.EVENT or super().accepts(command)

    def submit(self) -> Action:
        """Begin, unless a number is wrong."""
        if any(self._seconds(name) is None for name in TIMINGS):
            return None
        self._start()
        return Command.BACK
