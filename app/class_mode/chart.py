"""Class chart: what the network misreads of the collection: a bar for each digit, the oddest and the most usual."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pygame
from pygame import Rect

from app.canvas.thumbnails import Thumbnails
from app.class_mode.survey_worker import SurveyWorker
from app.input import Key
from app.messages import Messages
from app.session.session import Session
from app.ui import shapes
from app.ui.controls import Control
from app.ui.dialog import Dialog
from app.ui.heard import Heard, sentences
from app.ui.layout import SMALL_UNIT, DialogLayout
from app.ui.painter import Painter
from app.ui.screen import Action
from app.ui.touch import draw_lines
from model.constants import CLASSES
from model.pictures.writers import writer_of

if TYPE_CHECKING:
    from model.evaluation.survey import DigitSurvey, Survey
    from model.pictures.drawing import Drawing

CAPTION = 44  # units below a picture
STEPS = {pygame.K_UP: -1, pygame.K_LEFT: -1, pygame.K_DOWN: 1, pygame.K_RIGHT: 1}


@dataclass(frozen=True)
class ChartLayout:
    """words: what the chart says; rows: the bars of the ten digits; detail: a line on the digit that is looked at.

    usual, oddest: two of its drawings, each with room for a caption.
    """

    words: Rect
    rows: tuple[Rect, ...]
    detail: Rect
    usual: Rect
    oddest: Rect


def chart_layout(frame: DialogLayout) -> ChartLayout:
    """Bars at the left and pictures at the right; in an upright window one below the other."""

    def px(units: float) -> int:
        return round(units * frame.unit)

    body, gap = frame.body, px(20)
    words = Rect(body.left, body.top, body.width, px(48 if frame.unit < SMALL_UNIT else 60))
    rest = Rect(body.left, words.bottom + px(8), body.width, body.bottom - words.bottom - px(8))
    if rest.width > rest.height:
        bars = Rect(rest.left, rest.top, (rest.width - gap) * 11 // 20, rest.height)
        side = Rect(bars.right + gap, rest.top, rest.right - bars.right - gap, rest.height)
    else:
        bars = Rect(rest.left, rest.top, rest.width, (rest.height - gap) * 11 // 20)
        side = Rect(rest.left, bars.bottom + gap, rest.width, rest.bottom - bars.bottom - gap)
    rows = tuple(
        Rect(bars.left, bars.top + digit * bars.height // CLASSES, bars.width, bars.height // CLASSES)
        for digit in range(CLASSES)
    )
    detail = Rect(side.left, side.top, side.width, px(28))
    caption = px(CAPTION)
    large = min((side.width - gap) // 2, side.bottom - detail.bottom - caption, px(260))
    usual = Rect(side.left, detail.bottom, large, large + caption)
    return ChartLayout(words, rows, detail, usual, usual.move(large + gap, 0))


class ClassChart(Dialog):
    """Reads the whole collection anew with the network in use. A press on a digit's bar shows its drawings."""

    width, height, foot = 1040.0, 680.0, 0.0
    title = "chart.title"

    def __init__(self, session: Session) -> None:
        super().__init__(session.context)
        self.chart: ChartLayout
        self.chosen: int | None = None  # the digit that is looked at; None for the one that is misread most
        self.worker: SurveyWorker | None = None
        self._session = session
        self._thumbnails = Thumbnails(2 * CLASSES)
        self._shown: tuple[str, ...] = ()  # the words that are laid out for

    def enter(self, size: tuple[int, int]) -> None:
        """Begin to look through the collection, if there is one, and a network."""
        collection, reader = self._session.corrections.collection, self._session.reader.current
        if collection is not None and len(collection) and reader is not None:
            self.worker = SurveyWorker(reader, collection.drawings)
        super().enter(size)

    def leave(self) -> None:
        """End the work."""
        if self.worker is not None:
            self.worker.close()

    @property
    def survey(self) -> Survey | None:
        """What was found so far."""
        return self.worker.survey if self.worker is not None else None

    @property
    def digit(self) -> int:
        """The digit that is looked at."""
        if self.chosen is not None:
            return self.chosen
        worst = self.survey.worst if self.survey is not None else None
        return worst if worst is not None else 0

    def refresh(self) -> None:
        """Lay out the chart within the dialog."""
        self.chart = chart_layout(self.layout)
        super().refresh()

    def controls_now(self) -> list[Control]:
        """The bars, once they are there."""
        rows = enumerate(self.chart.rows if self.survey is not None else ())
        return [Control(f"digit {digit}", rect, value=digit) for digit, rect in rows]

    # -- what hands do ------------------------------------------------------------------------------------

    def handle_key(self, key: Key) -> Action:
        """Arrows go from digit to digit, and digits to themselves."""
        if key.down and self.survey is not None and key.code in STEPS:
            self._choose((self.digit + STEPS[key.code]) % CLASSES)
        elif key.down and self.survey is not None and key.text.isdecimal() and key.text.isascii():
            self._choose(int(key.text))
        else:
            return super().handle_key(key)
        return None

    def press(self, control: Control | None) -> Action:
        """Look at a digit."""
        if control is not None and isinstance(control.value, int):
            self._choose(control.value)
            return None
        return super().press(control)

    def _choose(self, digit: int) -> None:
        self.chosen = digit
        self.refresh()

    # -- what it says and shows ---------------------------------------------------------------------------

    @property
    def words(self) -> tuple[str, ...]:
        """What the chart says in sentences, or why there is none yet."""
        messages, worker = self.context.messages, self.worker
        if worker is None:
            return (messages("chart.empty"),)
        if worker.failure is not None:
            return (messages("chart.failed"),)
        if worker.survey is None:
            return (messages("chart.looking", share=messages.percent(worker.fraction, 0)),)
        return survey_words(worker.survey, messages)

    @property
    def heard(self) -> Heard:
        """What it says, and of the digit that is looked at."""
        texts = {**super().heard.texts, "words": sentences(self.words)}
        if self.survey is not None:
            texts["digit"] = self.label_of_digit(self.digit)
        return Heard(texts)

    def label_of_digit(self, digit: int) -> str:
        """How many of a digit are misread, and whose is the oddest."""
        messages, found = self.context.messages, self._found(digit)
        parts = [str(digit), messages("chart.misread", misread=found.misread, total=found.count)]
        if found.oddest is not None:
            parts += [messages("chart.oddest", digit=digit), whose(found.oddest, messages)]
        return sentences(parts)

    def label_of(self, control: Control) -> str:
        """A bar's digit and number."""
        return self.label_of_digit(control.value) if isinstance(control.value, int) else super().label_of(control)

    def _found(self, digit: int) -> DigitSurvey:
        assert self.survey is not None
        return self.survey.digits[digit]

    @property
    def moving(self) -> bool:
        """While it is looked through, what came of it is not shown yet, or pictures are still to be made."""
        working = self.worker is not None and not self.worker.over
        return super().moving or working or self._shown != self.words or self._thumbnails.missing

    def update(self, seconds: float) -> list[pygame.Rect]:
        """Show how far it is."""
        if self._shown != (shown := self.words):
            self._shown = shown
            self.refresh()
        if self._thumbnails.missing:
            self.redraw()
        return super().update(seconds)

    def draw_content(self, painter: Painter) -> None:
        """Sentences, bars, pictures."""
        theme, chart = painter.theme, self.chart
        draw_lines(painter, chart.words, " ".join(self.words), (22, 12), theme.text, "strong", 2, "left")
        if self.survey is None:
            return
        for digit, row in enumerate(chart.rows):
            self._draw_bar(painter, row, digit)
        self._draw_pair(painter)

    def _draw_bar(self, painter: Painter, row: Rect, digit: int) -> None:
        """Digit, bar and number; the digit that is looked at has a ground and is written strongly."""
        px, theme, found = painter.px, painter.theme, self._found(digit)
        state, shown = self.controls.state_of(f"digit {digit}"), digit == self.digit
        inner = row.inflate(0, -2)
        if shown or state.hovered or state.pressed:
            shapes.box(painter.surface, inner, theme.track if shown else theme.hover, px(8))
        weight = "strong" if shown else "regular"
        size = min(18.0, row.height / painter.unit * 0.62)
        painter.text(str(digit), (row.left + px(16), row.centery), size, theme.text, weight, "center")
        text = self.context.messages("chart.misread", misread=found.misread, total=found.count)
        pixels = painter.size(min(14.0, size))
        room = max(px(118), painter.type.width("000 / 000", pixels, weight) + px(16))
        track = Rect(row.left + px(34), 0, max(px(20), row.width - px(34) - room), max(4, min(px(12), row.height // 3)))
        track.centery = row.centery
        shapes.box(painter.surface, track, theme.card if shown else theme.track, track.height // 2)
        if found.misread:
            length = max(track.height, round(track.width * found.rate))
            worst = self.survey is not None and digit == self.survey.worst
            fill = theme.accent if worst else theme.bar
            shapes.box(painter.surface, Rect(track.topleft, (length, track.height)), fill, track.height // 2)
        place = (row.right - px(10), row.centery)
        painter.line(text, place, pixels, theme.text, weight, "right")
        if state.focused:
            painter.focus_ring(inner, 8)

    def _draw_pair(self, painter: Painter) -> None:
        theme, chart, messages = painter.theme, self.chart, self.context.messages
        found = self._found(self.digit)
        if found.usual is None or found.oddest is None:
            painter.fitted(messages("chart.few"), chart.detail, (16, 15, 14, 13, 12), theme.quiet, most=2)
            return
        painter.fitted(messages("chart.pair", digit=self.digit), chart.detail, (16, 15, 14, 13, 12, 11), theme.quiet)
        self._thumbnails.begin(chart.usual.width, theme)
        pairs = (
            (chart.usual, found.usual, messages("chart.usual")),
            (chart.oddest, found.oddest, messages("chart.odd")),
        )
        for place, drawing, text in pairs:
            frame = Rect(place.topleft, (place.width, place.width))
            picture = self._thumbnails.of(drawing)
            if picture is not None:
                painter.surface.blit(picture, frame)
            shapes.outline(painter.surface, frame, theme.border, painter.px(8), painter.px(1))
            caption = Rect(place.left, frame.bottom, place.width, place.bottom - frame.bottom)
            upper, lower = Rect(caption.topleft, (caption.width, caption.height // 2)), caption.copy()
            lower.top, lower.height = upper.bottom, upper.height
            painter.fitted(text, upper, (14, 13, 12, 11), theme.text, "strong", "center")
            painter.fitted(whose(drawing, messages), lower, (14, 13, 12, 11), theme.quiet, align="center")


def survey_words(survey: Survey, messages: Messages) -> tuple[str, ...]:
    """How many are misread, which digit most, and which two are mixed up most."""
    words = [messages("chart.all", misread=survey.misread, total=survey.count)]
    if survey.worst is not None:
        worst = survey.digits[survey.worst]
        words.append(messages("chart.worst", digit=survey.worst, misread=worst.misread, total=worst.count))
    if survey.mixed_up is not None:
        one, other, times = survey.mixed_up
        words.append(messages("chart.mixed", one=one, other=other, count=times))
    return tuple(words)


def whose(drawing: Drawing, messages: Messages) -> str:
    """Who wrote it; nothing where that is not known."""
    writer = writer_of(drawing)
    return messages("chart.whose", writer=writer) if writer is not None else ""
