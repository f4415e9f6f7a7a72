"""Result dialog: the old network and the new one side by side, and what is to become of the new one."""

from __future__ import annotations

import pygame

from app.canvas.thumbnails import Thumbnails
from app.commands import Command
from app.dialogs.charts import ChartsDialog
from app.input import Key, Pointer
from app.messages import error_text
from app.retraining.controller import TrainingController, suggested_name
from app.retraining.curves import curves_over_epochs
from app.retraining.process import Ended
from app.retraining.result_view import (
    ResultLayout,
    draw_changed,
    draw_table,
    draw_verdict,
    result_layout,
    table_rows,
    verdict_key,
)
from app.store.networks import NetworkStoreError, own_name
from app.ui.buttons import draw_button
from app.ui.context import Context
from app.ui.controls import Control
from app.ui.dialog import Dialog
from app.ui.heard import Heard, sentences
from app.ui.layout import row_of
from app.ui.painter import SMALL, Painter
from app.ui.screen import Action
from app.ui.text_field import TextField
from model.pictures.drawing import Drawing
from model.training.lesson import lessons_of

BUTTONS = ("discard", "keep")


class ResultDialog(Dialog):
    """Keep, discard, or save under a name; look at charts. Closing it decides nothing: it comes again with its key."""

    title = "result.title"
    width = 660.0

    def __init__(self, context: Context, training: TrainingController, result: Ended) -> None:
        super().__init__(context)
        self.training = training
        self.comparison = result.comparison
        self.height = 640.0 if self.comparison.changed else 540.0
        self.drawings = lessons_of([Drawing.from_json(line) for line in training.task.drawings])
        self.name = TextField(suggested_name(training))
        self.wrong = ""
        self.thumbnails = Thumbnails()
        self.places: ResultLayout

    @property
    def advised(self) -> str:
        """The button to recommend."""
        return "discard" if self.comparison.advises_discarding else "keep"

    @property
    def own_name(self) -> str:
        """The name under which it is kept where nobody gives another."""
        return suggested_name(self.training) if self.training.task.from_nothing else own_name(self.training.present)

    def refresh(self) -> None:
        """Lay everything out again."""
        self.places = result_layout(self.layout, len(self.comparison.changed))
        super().refresh()

    def controls_now(self) -> list[Control]:
        """Charts, the name and its button, then the two large ones."""
        places = self.places
        items = [Control("charts", places.charts), Control("name", places.name), Control("save", places.save)]
        return items + [Control(name, rect) for name, rect in self._large().items()]

    def _large(self) -> dict[str, pygame.Rect]:
        foot, gap = self.layout.foot, round(10 * self.layout.unit)
        small = foot.width < round(480 * self.layout.unit)
        return row_of(foot, {"discard": 1.0, "keep": 1.7 if small else 1.0}, gap)

    def handle(self, signal: Pointer | Key) -> Action:
        """Type the name; Enter does what is advised, or in the name saves."""
        if isinstance(signal, Key) and signal.down:
            typing = self.controls.shows_focus and self.controls.focused == "name"
            if typing and self.name.key(signal):
                self.wrong = ""
                self.redraw()
                return None
            enter = signal.code in (pygame.K_RETURN, pygame.K_KP_ENTER)
            if enter and typing:
                return self._save()
            if enter and not self.controls.shows_focus:
                return self._decide(self.advised)
            if signal.code == pygame.K_c and not signal.ctrl:
                return self._charts()
            if signal.code in (pygame.K_LEFT, pygame.K_RIGHT, pygame.K_UP, pygame.K_DOWN):
                self.controls.step(1 if signal.code in (pygame.K_RIGHT, pygame.K_DOWN) else -1)
                return None
        return super().handle(signal)

    def press(self, control: Control | None) -> Action:
        """Decide."""
        if control is None or control.command is not None:
            return super().press(control)
        if control.name == "name":
            self.controls.shows_focus = True
            return None
        if control.name == "charts":
            return self._charts()
        return self._save() if control.name == "save" else self._decide(control.name)

    def _charts(self) -> Action:
        """Curves and confusion matrix, over this dialog."""
        curves = curves_over_epochs(self.training.process)
        return ChartsDialog(self.context, [curves], self.comparison.confusion)

    def _save(self) -> Action:
        try:
            return Command.BACK if self.training.save_as(self.name.text) else None
        except NetworkStoreError as error:
            sentence = error_text(error, self.context.messages)
            self.wrong = self.context.messages.capitalised(sentence)
            self.redraw()
            return None

    def _decide(self, name: str) -> Action:
        if name == "discard":
            self.training.discard()
            return Command.BACK
        return Command.BACK if self.training.keep() else None

    def accepts(self, command: Command) -> bool:
        """The key that opened it closes it."""
        return command is Command.RETRAIN or super().accepts(command)

    @property
    def moving(self) -> bool:
        """While pictures are still to be made."""
        return self.thumbnails.missing

    def update(self, seconds: float) -> list[pygame.Rect]:
        """As every dialog; pictures come one after the other."""
        if self.thumbnails.missing:
            self.redraw()
        return super().update(seconds)

    @property
    def heard(self) -> Heard:
        """Which network is better, and by which figures; and what is wrong with the name."""
        messages, stem = self.context.messages, f"result.{verdict_key(self.comparison)}"
        _, *rows = table_rows(self.comparison, messages)
        names = ("", messages("result.before"), messages("result.now"))
        said = (", ".join(f"{n} {t}".strip() for n, t in zip(names, row, strict=True) if t) for row in rows)
        verdict = sentences((messages(stem), messages(f"{stem}.advice"), *said))
        return Heard({**super().heard.texts, "verdict": verdict, "wrong": self.wrong})

    def label_of(self, control: Control) -> str:
        """What stands on a button, or the name."""
        messages = self.context.messages
        if control.command is not None:
            return super().label_of(control)
        if control.name == "name":
            return f"{messages('result.name')}: {self.name.text}"
        return messages(f"result.{control.name}", name=self.own_name)

    def draw_content(self, painter: Painter) -> None:
        """Headline with the button for charts, table, changed drawings, name, buttons."""
        places, comparison, messages = self.places, self.comparison, self.context.messages
        draw_verdict(painter, places.headline, comparison, messages)
        cap = "C" if places.charts.height >= painter.px(40) else ""
        draw_button(painter, places.charts, messages("result.charts"), cap, self.controls.state_of("charts"))
        draw_table(painter, places.rows, comparison, messages)
        draw_changed(painter, places, comparison.changed, self.drawings, self.thumbnails, messages)
        self._draw_name(painter)
        for name, rect in self._large().items():
            label = messages(f"result.{name}", name=self.own_name)
            draw_button(
                painter,
                rect,
                label,
                messages("key.enter") if name == self.advised else "",
                self.controls.state_of(name),
                primary=name == self.advised,
            )

    def _draw_name(self, painter: Painter) -> None:
        """The line for a name with its button, and below what is wrong with it."""
        places, messages, state_of = self.places, self.context.messages, self.controls.state_of
        self.name.draw(painter, places.name, state_of("name"), messages("result.name"), wrong=bool(self.wrong))
        draw_button(painter, places.save, messages("result.save"), "", state_of("save"))
        most = 2 if places.below.height > painter.px(30) else 1
        if self.wrong:
            painter.fitted(f"!  {self.wrong}.", places.below, SMALL, painter.theme.text, "strong", most=most)
        else:
            painter.fitted(messages("result.safe"), places.below, SMALL, painter.theme.quiet, most=most)
