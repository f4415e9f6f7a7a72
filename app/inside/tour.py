"""Tour: eight short steps through the network on the drawing, from the ink to one step of training, in real numbers."""

from __future__ import annotations

from enum import Enum

import pygame

from app.inside import tour_pictures
from app.inside.layout import tour_places
from app.inside.topic import Topic
from app.inside.tour_numbers import hidden, pool, weighing
from app.inside.tour_pictures import TourPicture
from app.inside.view import InsideView
from app.inside.worker import Finding, Query
from app.session.answer import percent
from app.session.session import Session
from app.tabs.layout import TabLayout
from app.ui import shapes
from app.ui.buttons import draw_button, draw_chip
from app.ui.controls import Control, Controls
from app.ui.layout import row_of
from app.ui.painter import Painter
from app.ui.paragraphs import draw_paragraphs, in_words
from model.network.activations import softmax

LEAST_PICTURE = 96  # units: in a room that is less high there is no picture to be seen
TWO_LINES = 17  # units: a larger title has room for one line only


class TourStep(Enum):
    """A step of the tour; the value is the stem of its messages."""

    INK = "ink"
    PICTURE = "picture"
    FILTER = "filter"
    POOLING = "pooling"
    UNITS = "units"
    OUTPUTS = "outputs"
    LOSS = "loss"
    LEARNING = "learning"


STEPS = tuple(TourStep)
ASKING = (TourStep.LOSS, TourStep.LEARNING)  # the steps that ask what the drawing was meant to be


class TourView(InsideView):
    """One step at a time; arrows, buttons and fingers go on and back. Simple words stand beside those of the books."""

    def __init__(self, session: Session, controls: Controls, *, shows_keys: bool) -> None:
        super().__init__(session, controls)
        self.number = 0  # of the step
        self.target: int | None = None  # what the drawing was meant to be; None: the second likeliest digit
        self._shows_keys = shows_keys

    @property
    def now(self) -> TourStep:
        """The step that is up."""
        return STEPS[self.number]

    @property
    def query(self) -> Query:
        """The values of every step; at last also what a step of training changes."""
        return Query(Topic.TOUR, self.target) if self.now in ASKING else Query(Topic.WAY)

    def place(self, layout: TabLayout) -> None:
        """Lay out the card."""
        super().place(layout)
        self.places = tour_places(layout)

    # -- what hands do ------------------------------------------------------------------------------------

    @property
    def _digits(self) -> tuple[pygame.Rect, ...]:
        """What the drawing may have been meant to be."""
        if self.now not in ASKING:
            return ()
        gap, row = round(6 * self.layout.unit), self.places.picture.copy()
        row.height = round(42 * self.layout.unit)
        return tuple(row_of(row, dict.fromkeys(range(10), 1.0), gap).values())

    def controls_now(self) -> list[Control]:
        """Leave, the digits, back and on."""
        last = self.number == len(STEPS) - 1
        return [
            Control("leave", self.places.leave, value=Topic.WAY),
            *(Control(f"meant {digit}", rect, value=digit) for digit, rect in enumerate(self._digits)),
            Control("back", self.places.back, enabled=self.number > 0),
            Control("on", self.places.on, value=Topic.WAY if last else None),
        ]

    def press(self, control: Control) -> None:
        """Go on or back, or say what the drawing was meant to be."""
        if control.name in ("back", "on"):
            self.step(1 if control.name == "on" else -1, 0)
        elif isinstance(control.value, int):
            self.choose(control.value)

    def step(self, across: int, down: int) -> None:
        """To the next step or the one before."""
        self.number = min(max(self.number + across + down, 0), len(STEPS) - 1)
        self.redraw()

    def choose(self, digit: int) -> None:
        """Say what the drawing was meant to be."""
        if self.now in ASKING:
            self.target = digit
            self.redraw()

    # -- what is heard of it ------------------------------------------------------------------------------

    @property
    def said(self) -> str:
        """The step, in simple words and in those of the books."""
        return in_words(
            [(self._title, 24, "display", False), (self._text, 18, "regular", False), *self._of_the_books()]
        )

    def label_of(self, control: Control) -> str:
        """What stands on a button."""
        messages = self.context.messages
        if control.name == "on":
            return messages("tour.look_around" if self.number == len(STEPS) - 1 else "tour.on")
        return messages(f"tour.{control.name}") if control.name in ("leave", "back") else super().label_of(control)

    # -- drawing ------------------------------------------------------------------------------------------

    def draw(self, painter: Painter) -> None:
        """The step, and what the books call it."""
        if painter.shows(self.layout.main):
            painter.card(self.layout.main)
            self._draw_step(painter)
            self._draw_row(painter)
        if painter.shows(self.layout.detail):
            painter.card(self.layout.detail)
            area = self.layout.detail.inflate(-painter.px(36), -painter.px(28))
            draw_paragraphs(painter, area, self._of_the_books())

    @property
    def _usable(self) -> Finding | None:
        """The finding, where there is a drawing and a network that reads it."""
        finding = self.finding
        return finding if finding is not None and finding.values and not self.session.ink.empty else None

    def _draw_step(self, painter: Painter) -> None:
        title, places = self._title, self.places
        one_line = painter.type.width(title, painter.size(TWO_LINES + 1), "display") <= places.title.width
        sizes, most = (range(24, TWO_LINES, -1), 1) if one_line else (range(TWO_LINES, 11, -1), 2)
        painter.fitted(title, places.title, sizes, weight="display", most=most, spacing=1.15)
        finding = self._usable
        if finding is None:
            draw_paragraphs(painter, places.words, [(self._text, 18, "regular", True)])
            return
        draw_paragraphs(painter, places.words, [(self._text, 18, "regular", False)])
        area = places.picture.copy()
        for digit, rect in enumerate(self._digits):
            asked = finding.learning.target if finding.learning is not None else self.target
            draw_chip(painter, rect, str(digit), self.controls.state_of(f"meant {digit}"), on=digit == asked)
            area.top = rect.bottom + painter.px(10)
        area.height = places.picture.bottom - area.top
        if area.height < painter.px(LEAST_PICTURE):
            return
        with painter.clipped(places.picture.inflate(painter.px(12), painter.px(12))):
            DRAW[self.now](TourPicture(painter, area, finding, self.context.messages, self.session.ink.page))

    @property
    def _title(self) -> str:
        messages = self.context.messages
        title = messages(f"{self._stem}.title")
        return messages("tour.title", number=self.number + 1, count=len(STEPS), title=title)

    @property
    def _text(self) -> str:
        """What this step does to the drawing; or what there has to be first."""
        messages, finding = self.context.messages, self._usable
        if finding is None:
            return messages("tour.draw_first" if self.session.reader.ready else "notice.no_network")
        return messages(f"{self._stem}.text", **self._numbers(finding))

    @property
    def _stem(self) -> str:
        """Of the messages of this step: those of what the network has."""
        finding = self.finding
        inside = finding.inside if finding is not None else None
        if inside is None:
            return f"tour.{self.now.value}"
        kinds = [step.kind for step in inside.steps]
        if self.now is TourStep.FILTER and kinds[1] != "convolution":
            return "tour.weigher"
        if self.now is TourStep.POOLING and "pooling" not in kinds:
            return "tour.fewer"
        return f"tour.{self.now.value}"

    def _numbers(self, finding: Finding) -> dict[str, object]:
        """What stands in the text of this step."""
        messages, inside = self.context.messages, finding.inside
        assert inside is not None and finding.scores is not None
        if self.now is TourStep.INK:
            strokes = self.session.ink.page.strokes
            return {"strokes": len(strokes), "points": sum(len(stroke.points) for stroke in strokes)}
        if self.now is TourStep.FILTER:
            found = weighing(inside, finding.values)
            size, value = (found.weights.shape[0], found.value) if found is not None else (0, 0.0)
            return {"size": size, "count": inside.steps[1].units, "value": tour_pictures.signed(value, messages)}
        if self.now is TourStep.POOLING:
            shrunk = pool(inside, finding.values)
            return {"size": shrunk.size if shrunk is not None else 0, "last": len(finding.values[-1])}
        if self.now is TourStep.UNITS:
            units = hidden(inside, finding.values)
            active = int((abs(units) > 0.01).sum()) if units is not None else 0
            return {"count": len(units) if units is not None else 0, "active": active}
        if self.now is TourStep.OUTPUTS:
            shares = softmax(finding.scores[None])[0]
            return {"digit": int(shares.argmax()), "share": percent(float(shares.max()), messages)}
        learning = finding.learning
        if learning is None:
            return dict.fromkeys(("digit", "share", "loss", "after", "weights"), "…")
        before, after = (messages.number(loss, 3) for loss in learning.losses)
        share = messages.percent(float(learning.probabilities[0][learning.target]), 2)
        weights = learning.weights
        return {"digit": learning.target, "share": share, "loss": before, "after": after, "weights": weights}

    def _of_the_books(self) -> list[tuple[str, int, str, bool]]:
        messages = self.context.messages
        return [
            (messages("tour.books"), 16, "regular", True),
            (messages(f"{self._stem}.word"), 22, "display", False),
            (messages(f"{self._stem}.books", rate=self._rate), 19, "regular", False),
        ]

    @property
    def _rate(self) -> str:
        learning = self.finding.learning if self.finding is not None else None
        return self.context.messages.number(learning.rate, 4) if learning is not None else "…"

    def _draw_row(self, painter: Painter) -> None:
        """Back, how far it is, on; and the way out."""
        messages, places, px = self.context.messages, self.places, painter.px
        last = self.number == len(STEPS) - 1
        caps = ("←", "→", "") if self._shows_keys else ("", "", "")
        draw_button(painter, places.leave, messages("tour.leave"), "", self.controls.state_of("leave"))
        draw_button(painter, places.back, messages("tour.back"), caps[0], self.controls.state_of("back"))
        on = messages("tour.look_around" if last else "tour.on")
        draw_button(painter, places.on, on, caps[2 if last else 1], self.controls.state_of("on"), primary=True)
        pitch = min(px(20), places.dots.width // len(STEPS))
        left = places.dots.centerx - pitch * (len(STEPS) - 1) / 2
        for number in range(len(STEPS)):
            middle = left + number * pitch, places.dots.centery
            if number == self.number:
                shapes.disc(painter.surface, middle, px(6), painter.theme.accent)
            else:
                shapes.ring(painter.surface, middle, px(4), painter.theme.quiet, px(1.5))


DRAW = {
    TourStep.INK: tour_pictures.draw_ink,
    TourStep.PICTURE: tour_pictures.draw_pixels,
    TourStep.FILTER: tour_pictures.draw_weighing,
    TourStep.POOLING: tour_pictures.draw_pooling,
    TourStep.UNITS: tour_pictures.draw_units,
    TourStep.OUTPUTS: tour_pictures.draw_outputs,
    TourStep.LOSS: tour_pictures.draw_loss,
    TourStep.LEARNING: tour_pictures.draw_learning,
}
