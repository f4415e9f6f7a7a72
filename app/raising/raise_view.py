"""Raise view: a network from nothing: three choices, one large button, and then the visitor watches and draws."""

from __future__ import annotations

import pygame

from app.commands import Command
from app.raising.layout import choice_places
from app.raising.process import RaisingProcess
from app.raising.view import RaisingView
from app.retraining.process import State
from app.session.answer import percent
from app.tabs.layout import TabLayout
from app.ui.buttons import draw_chip
from app.ui.controls import Control
from app.ui.damage import Part
from app.ui.layout import row_of
from app.ui.painter import Painter
from model.constants import CLASSES

CHOICES: dict[str, tuple[object, ...]] = {
    "many": (False, True),
    "filters": (False, True),
    "digits": tuple(range(CLASSES)),
}
ABOUT = ("many", "filters")  # choices whose words need to be explained
ON = State.RUNNING, State.PAUSED


class RaiseView(RaisingView):
    """Chooses while there is no network; else shows the one that learns or has learnt."""

    @property
    def process(self) -> RaisingProcess | None:
        """Of the network that is raised."""
        return self.school.raised

    @property
    def buttons(self) -> dict[str, pygame.Rect]:
        """Begin; or pause and go on at the visitor's hand, and begin again."""
        if self.process is None:
            names = ["begin"]
        elif self.process.state in ON:
            names = ["on" if self.process.state is State.PAUSED else "pause", "one_step", "again"]
        else:
            names = ["travel", "again"] if self.process.kept else ["again"]
        return row_of(self.places.row, dict.fromkeys(names, 1.0), round(10 * self.layout.unit))

    @property
    def primary(self) -> str:
        """What most will want next."""
        if self.process is None:
            return "begin"
        if self.process.over:
            return "travel"
        return "on" if self.process.state is State.PAUSED else ""

    def press(self, control: Control) -> None:
        """Choose, or do what a button says."""
        process = self.process
        if control.name == "begin":
            self.school.begin()
        elif control.name == "again":
            self.school.leave()
        elif control.name in ("pause", "on"):
            self.toggle_pause()
        elif control.name == "one_step":
            self.one_step()
        elif process is None:
            self.school.choose(control.name.partition(" ")[0], control.value)
        self.damage.add(self.layout.main)

    def take_command(self, command: Command) -> bool:
        """Pause and one step, by their keys."""
        if command is Command.PAUSE:
            self.toggle_pause()
        elif command is Command.STEP:
            self.one_step()
        return command in (Command.PAUSE, Command.STEP)

    def toggle_pause(self) -> None:
        """Stand still, or go on."""
        if self.process is not None and self.process.state is State.PAUSED:
            self.process.go_on()
        elif self.process is not None:
            self.process.pause()

    def one_step(self) -> None:
        """Learn from one batch of pictures, and stand still."""
        if self.process is not None:
            self.process.step()

    # -- what it shows ------------------------------------------------------------------------------------

    def place(self, layout: TabLayout) -> None:
        """Lay out, the choices too."""
        super().place(layout)
        self.choices = choice_places(self.places.middle, layout.unit, CHOICES)

    @property
    def words(self) -> tuple[str, str]:
        """What it has seen and how much it reads, and how it reads the drawing."""
        messages, process, grown = self.context.messages, self.process, self.grown
        if process is None:
            return messages("raising.choose"), messages("raising.choose.how")
        if process.failure is not None:
            return messages("raising.failed"), process.failure.text(messages)
        if grown is None:
            return messages("raising.preparing"), messages("raising.draw")
        key = "raising.seen" if grown.seen else "raising.nothing"
        headline = messages(key, seen=messages.number(grown.seen), right=process.right(grown))
        return headline, self._detail(process)

    def _detail(self, process: RaisingProcess) -> str:
        messages, reading = self.context.messages, self._reader.shown_reading
        missing = sorted(set(range(CLASSES)) - process.choices.digits)
        said = ""
        if missing:
            key = "raising.missing_one" if len(missing) == 1 else "raising.missing"
            said = messages(key, digits=", ".join(map(str, missing))) + " "
        if reading is not None and reading.digit is not None:
            share = percent(reading.confidence, messages)
            return said + messages("raising.takes", digit=reading.digit, share=share)
        if process.over:
            small = not process.choices.many and not process.choices.filters  # which never reads 97 of 100
            return said + messages("raising.over.small" if small else "raising.over")
        return said + messages("raising.paused" if process.state is State.PAUSED else "raising.draw")

    @property
    def said(self) -> str:
        """While it learns only what is worth telling: each time that it reads ten more of a hundred."""
        process, grown = self.process, self.grown
        if process is None or grown is None or process.state is not State.RUNNING:
            return super().said
        tens = process.right(grown) // 10
        moment = next((one for one in process.kept if process.right(one) // 10 >= tens), grown)
        messages = self.context.messages
        key = "raising.seen" if moment.seen else "raising.nothing"
        return messages(key, seen=messages.number(moment.seen), right=process.right(moment))

    def label_of(self, control: Control) -> str:
        """Of a chip what is chosen by it, what it stands for, and whether it is chosen."""
        name, _, value = control.name.partition(" ")
        if not value:
            return super().label_of(control)
        messages, choices = self.context.messages, self.school.choices
        on = control.value in choices.digits if name == "digits" else control.value == getattr(choices, name)
        answer = value if name == "digits" else messages(f"raising.{name}.{'yes' if control.value else 'no'}")
        return f"{messages(f'raising.{name}')}: {answer}" + (f", {messages('spoken.chosen')}" if on else "")

    def controls_now(self) -> list[Control]:
        """The chips of the choices, and the buttons."""
        chips = []
        if self.process is None:
            chips = [
                Control(f"{name} {value}", rect, value=value)
                for name, choice in self.choices.items()
                for value, rect in choice.chips.items()
            ]
        return [*chips, *super().controls_now()]

    def parts(self) -> dict[str, Part]:
        """Also the choices."""
        return {**super().parts(), "choices": Part(self.places.middle, (self.process is None, self.school.choices))}

    def draw_middle(self, painter: Painter) -> None:
        """The choices, or what became of them."""
        if self.process is None:
            self._draw_choices(painter)
        else:
            super().draw_middle(painter)

    def _draw_about(self, painter: Painter, label: pygame.Rect, taken: int, text: str) -> None:
        """What a word means, beside it, where there is room."""
        left = label.left + taken + painter.px(12)
        if painter.type.width(text, painter.size(15)) <= label.right - left:
            painter.text(text, (left, label.centery), 15, painter.theme.quiet)

    def _draw_choices(self, painter: Painter) -> None:
        messages = self.context.messages
        for name, choice in self.choices.items():
            if choice.label.width:
                sizes = range(18, 10, -1)
                label = messages(f"raising.{name}")
                taken = painter.fitted(label, choice.label, sizes, weight="strong", most=2, spacing=1.2)
                if name in ABOUT:
                    self._draw_about(painter, choice.label, taken, messages(f"raising.{name}.about"))
            for value, rect in choice.chips.items():
                label = str(value) if name == "digits" else messages(f"raising.{name}.{'yes' if value else 'no'}")
                on = (
                    value in self.school.choices.digits
                    if name == "digits"
                    else value == getattr(self.school.choices, name)
                )
                draw_chip(painter, rect, label, self.controls.state_of(f"{name} {value}"), on=on)
