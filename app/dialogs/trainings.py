"""Trainings dialog: all trainings of this computer, the newest first; the curves of one or of two can be looked at."""

from __future__ import annotations

from dataclasses import replace

import pygame

from app.commands import Command
from app.dialogs.charts import ChartsDialog
from app.input import Key
from app.messages import Messages, duration_text
from app.store import trainings
from app.store.trainings import TrainingRecord
from app.ui.buttons import draw_button
from app.ui.context import Context
from app.ui.controls import Control
from app.ui.layout import DialogLayout, list_dialog_layout, unit_of
from app.ui.list_dialog import ListDialog, Row
from app.ui.painter import SMALL, SMALLEST_TEXT, Painter
from app.ui.screen import Action

MOST_MARKED = 2
FEW_EMS, MANY_EMS = 28, 46  # of a row, with fewer of which something is left out
FOOT = 64  # units: of the line with the button


class TrainingsDialog(ListDialog[int]):
    """A press on a row marks it; of more than two the first mark goes. C shows the curves of what is marked."""

    title = "trainings.title"
    width = 720.0
    row_height = 56

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.records: list[TrainingRecord] = []
        self.marked: list[int] = []  # places in `records`, in the order in which they were marked
        self._lost = 0

    def enter(self, size: tuple[int, int]) -> None:
        """Come up with what the disk has by now."""
        try:
            found, self._lost = trainings.recorded()
            self.records = found[::-1]
        except OSError as error:
            self.context.report("notice.trainings_not_read", error)
        super().enter(size)

    def list_rows(self) -> list[Row[int]]:
        """A row of two lines for each training."""
        messages = self.context.messages
        self.note = messages("trainings.hint" if self.records else "trainings.none")
        if self._lost:
            self.note = messages("trainings.lost", count=self._lost)
        return [self._row(number, record, messages) for number, record in enumerate(self.records)]

    def _row(self, number: int, record: TrainingRecord, messages: Messages) -> Row[int]:
        """Two lines, which say less where there is less room."""
        ems = self._ems
        accuracies, outcome = accuracies_of(record, messages), outcome_of(record, messages, named=ems >= FEW_EMS)
        upper, lower = accuracies, recipe_of(record, messages, epochs=ems >= MANY_EMS)
        if ems < FEW_EMS:
            upper, lower = "", accuracies
        marked = number in self.marked
        return Row(f"training {number}", title_of(record), number, upper, lower, outcome, mark=marked)

    @property
    def _ems(self) -> float:
        """How many letters' heights of small text a row has room for."""
        unit = unit_of(self.size)
        room = min(self.size[0] - 32 * unit, self.width * unit) - 78 * unit
        return room / max(SMALLEST_TEXT, SMALL[0] * unit)

    def lay_out(self) -> DialogLayout:
        """With more room at the foot, for the button."""
        lines = max(self._lines, 1)
        layout = list_dialog_layout(self.size, lines + 1, width=self.width, row=self.row_height, note=True)
        more = max(round((FOOT - 48) * layout.unit), layout.body.height - lines * self._pitch_of(layout))
        layout.body.height -= more
        layout.foot.top -= more
        layout.foot.height += more
        return layout

    def _pitch_of(self, layout: DialogLayout) -> int:
        return round(self.row_height * layout.unit)

    # -- what hands do ------------------------------------------------------------------------------------

    @property
    def _charts(self) -> pygame.Rect:
        """The button at the foot."""
        foot, unit = self.layout.foot, self.layout.unit
        button = pygame.Rect(0, 0, round(132 * unit), round(44 * unit))
        button.midright = foot.midright
        return button

    @property
    def curves(self) -> list[TrainingRecord]:
        """The marked trainings whose curves are known, the older one first."""
        return [record for number in sorted(self.marked, reverse=True) if (record := self.records[number]).curves]

    def controls_now(self) -> list[Control]:
        """The rows, and the button for their curves."""
        return [*super().controls_now(), Control("charts", self._charts, enabled=bool(self.curves))]

    def handle_key(self, key: Key) -> Action:
        """Also C."""
        if key.down and key.code == pygame.K_c and not key.ctrl:
            return self._show()
        return super().handle_key(key)

    def press(self, control: Control | None) -> Action:
        """Mark a row, or show curves."""
        if control is not None and control.name == "charts":
            return self._show()
        return super().press(control)

    def accepts(self, command: Command) -> bool:
        """C is for the curves, not for the paper behind."""
        return command is not Command.CLEAR

    def choose(self, value: int) -> None:
        """Mark a row, or take its mark away."""
        if value in self.marked:
            self.marked.remove(value)
        else:
            self.marked = [*self.marked, value][-MOST_MARKED:]
        self.refresh()

    def _show(self) -> Action:
        """The curves of what is marked, in one chart; a notice where there are none."""
        found = self.curves
        if not found:
            self.context.say("notice.no_curves")
            return None
        if len(found) == 1:
            return ChartsDialog(self.context, [record.curves for record in found if record.curves])
        names = [record.kept_as or record.network for record in found]
        if names[0] == names[1]:
            names = [record.time[5:16].replace("T", " ") for record in found]
        return ChartsDialog(
            self.context,
            [replace(record.curves, name=name) for record, name in zip(found, names, strict=True) if record.curves],
        )

    # -- what it shows ------------------------------------------------------------------------------------

    def label_of(self, control: Control) -> str:
        """What stands on the button."""
        return self.context.messages("result.charts") if control.name == "charts" else super().label_of(control)

    def draw_content(self, painter: Painter) -> None:
        """The rows, and at the foot a line and the button."""
        note, self.note = self.note, ""
        super().draw_content(painter)
        self.note = note
        foot, button = self.layout.foot, self._charts
        area = pygame.Rect(foot.left, foot.top, button.left - foot.left - painter.px(12), foot.height)
        painter.fitted(note, area, SMALL, painter.theme.quiet, most=2, spacing=1.2)
        draw_button(painter, button, self.context.messages("result.charts"), "C", self.controls.state_of("charts"))


def title_of(record: TrainingRecord) -> str:
    """What was trained and when, to the minute."""
    return f"{record.network} · {record.time[:16].replace('T', ' ')}"


def accuracies_of(record: TrainingRecord, messages: Messages) -> str:
    """Of the test pictures before and after, as far as they are known."""
    known = [share for share in (record.accuracy_before, record.accuracy_after) if share is not None]
    return " → ".join(messages.percent(share, 2) for share in known)


def recipe_of(record: TrainingRecord, messages: Messages, *, epochs: bool) -> str:
    """On what and how long. epochs: whether with their number."""
    parts = [messages(f"trainings.{name}") for name in ("mnist", "pen_strokes") if getattr(record, name)]
    if record.drawings:
        parts.append(messages("trainings.drawings", count=record.drawings))
    data = ", ".join(parts)
    long = messages("axis.epochs", count=record.epochs) if epochs and record.epochs is not None else ""
    seconds = duration_text(record.seconds, messages) if record.seconds is not None else ""
    return " · ".join(part for part in (data, long, seconds) if part)


def outcome_of(record: TrainingRecord, messages: Messages, *, named: bool) -> str:
    """Whether its network was kept, and if it is to be named under which name."""
    if record.outcome == "kept" and named:
        return messages("trainings.kept_as", name=record.kept_as)
    return messages(f"trainings.{record.outcome}")
