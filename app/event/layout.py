"""Where everything of the event mode is: large, touched with a finger, read from two metres."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from pygame import Rect

from app.ui.layout import at_least, row_of, unit_of
from model.constants import CLASSES

SMALL = 480  # pixels of the shorter side: a smaller display has smaller buttons and margins
LOWEST_ROW, SMALL_ROW = 20, 17  # units of a bar's row
BUTTON = 76  # units: at least 12 mm on any screen of an exhibit
CORNER = 64
MARGIN, GAP = 28, 20
SMALL_BUTTON, SMALL_MARGIN, SMALL_GAP = 64, 12, 12


class Button(Enum):
    """What visitors can press, but for digits. The value: name of its control and place, and end of its message key."""

    YES = "yes"
    NO = "no"
    CANCEL = "cancel"
    KEEP = "keep"
    CLEAR = "clear"
    INSIDE = "inside"
    FOOL = "fool"
    GUESS = "guess"
    RAISE = "raise"
    LANGUAGE = "language"
    AGAIN = "again"
    BACK = "back"


@dataclass(frozen=True)
class EventLayout:
    """tall: the answer's digit stands above its words, not beside them. bars: ten rows on `card`.

    panel: the card behind the answer, and behind what is asked of it where that stands below; `ask` is its place there.
    which: where the ten digits are chosen from, over question and bars; `digits` are their places.
    buttons: by name; "clear_wide" is the place of "clear" while no countdown needs that of "keep".
    corner: what is held to leave; foot_line: where trouble is reported to the organiser.
    """

    unit: float
    tall: bool
    paper: Rect
    answer: Rect
    question: Rect
    panel: Rect
    ask: Rect
    card: Rect
    bars: tuple[Rect, ...]
    which: Rect
    digits: tuple[Rect, ...]
    buttons: dict[str, Rect]
    foot_line: Rect
    corner: Rect


def event_layout(size: tuple[int, int]) -> EventLayout:
    """Paper beside answer and bars, or above them in an upright window."""
    width, height = at_least(size)
    plan = _Plan(width, height, unit_of((width, height)))
    return plan.across() if width >= 0.85 * height else plan.upright()


class _Plan:
    """Works the layout out; all lengths in pixels."""

    def __init__(self, width: int, height: int, unit: float) -> None:
        self.width, self.height, self.unit = width, height, unit
        self.small = small = min(width, height) < SMALL
        lengths = (SMALL_MARGIN, SMALL_GAP, SMALL_BUTTON) if small else (MARGIN, GAP, BUTTON)
        self.margin, self.gap, self.button = map(self.px, lengths)
        self.above = height - (self.px(12) if small else 0)  # what is left above the line at the foot

    def px(self, units: float) -> int:
        return round(units * self.unit)

    def across(self) -> EventLayout:
        room = self.width - 2 * self.margin
        side = min(self.above - 2 * self.margin - self.gap - self.button, round((room - self.gap) * 0.54))
        panel = min(room - side - self.gap, self.px(720))
        left = (self.width - side - self.gap - panel) // 2
        top = (self.above - side - self.gap - self.button) // 2
        paper = Rect(left, top, side, side)
        beside = Rect(paper.right + self.gap, top, panel, side)
        answer = Rect(beside.left, top, panel, min(self.px(230), round(side * (0.4 if self.small else 0.34))))
        question = Rect(beside.left, answer.bottom + self.gap, panel, self.button)
        card = Rect(beside.left, question.bottom + self.gap, panel, beside.bottom - question.bottom - self.gap)
        foot = paper.bottom + self.gap
        own = Rect(paper.left, foot, side, self.button)
        others = Rect(beside.left, foot, panel, self.button)
        return self.finish(paper, answer, question, card, own, others, tall=False)

    def upright(self) -> EventLayout:
        room = self.width - 2 * self.margin
        middle = self.px(200 if self.small else 300)
        below = middle + 3 * self.button + 4 * self.gap
        side = min(room, self.above - 2 * self.margin - below)
        top = (self.above - side - below) // 2
        paper = Rect((self.width - side) // 2, top, side, side)
        half = (room - self.gap) * 2 // 5
        answer = Rect(self.margin, paper.bottom + self.gap, half, middle)
        card = Rect(answer.right + self.gap, answer.top, room - half - self.gap, middle)
        question = Rect(self.margin, answer.bottom + self.gap, room, self.button)
        own = question.move(0, self.button + self.gap)
        others = own.move(0, self.button + self.gap)
        return self.finish(paper, answer, question, card, own, others, tall=True)

    def bars(self, card: Rect) -> tuple[Rect, ...]:
        """Ten rows one below the other; where they would be too low to read, five beside five."""
        px = self.px
        area = card.inflate(-px(24), -px(16)) if self.small else card.inflate(-px(40), -px(24))
        lowest = SMALL_ROW if self.small else LOWEST_ROW
        columns = 1 if area.height >= CLASSES * px(lowest) else 2
        lines = CLASSES // columns
        width, step = (area.width - (columns - 1) * px(24)) // columns, area.height / lines
        return tuple(
            Rect(area.left + i // lines * (width + px(24)), round(area.top + i % lines * step), width, int(step))
            for i in range(CLASSES)
        )

    def finish(
        self, paper: Rect, answer: Rect, question: Rect, card: Rect, own: Rect, others: Rect, *, tall: bool
    ) -> EventLayout:
        """own: the row of buttons for the drawing; others: the one for challenges and language."""
        px = self.px
        buttons = row_of(own, {"inside": 1, "keep": 1, "clear": 1}, px(12))
        buttons["clear_wide"] = buttons["keep"].union(buttons["clear"])
        games = {"fool": 1.35, "guess": 1.25, "raise": 1.3, "language": 1.05}
        if self.small:  # a fourth button has no room for its words; a language's name is one long word
            games = {"fool": 1.08, "guess": 1.0, "language": 1.12}
        buttons |= row_of(others, games, px(12))
        which = question.union(card)
        heading = px(64)
        grid = Rect(which.left, which.top + heading, which.width, which.height - heading).inflate(-px(32), 0)
        grid.height -= px(16)
        high = (grid.height - px(10)) // 2
        upper, lower = Rect(grid.topleft, (grid.width, high)), Rect(grid.left, grid.bottom - high, grid.width, high)
        cancel = px(110 if self.small else 150)
        buttons["cancel"] = Rect(which.right - px(16) - cancel, which.top + px(8), cancel, px(52))
        digits = row_of(upper, dict.fromkeys("01234", 1.0), px(10)) | row_of(lower, dict.fromkeys("56789", 1.0), px(10))
        return EventLayout(
            unit=self.unit,
            tall=tall,
            paper=paper,
            answer=answer,
            question=question,
            panel=answer if tall else answer.union(question),
            ask=question
            if tall
            else question.inflate(-px(20 if self.small else 48), 0).move(0, -px(8 if self.small else 18)),
            card=card,
            bars=self.bars(card),
            which=which,
            digits=tuple(digits.values()),
            buttons=buttons,
            foot_line=Rect(
                self.margin, self.height - px(24), self.width - 2 * self.margin, px(24 if self.small else 20)
            ),
            corner=Rect(self.width - px(CORNER), 0, px(CORNER), px(CORNER)),
        )


@dataclass(frozen=True)
class ChallengeLayout:
    """task: what to draw; work: what goes on; head and digits: a line of text and ten large digits on it.

    foot: the buttons by name; alone: the place of "back" when "again" is not there.
    """

    unit: float
    paper: Rect
    task: Rect
    work: Rect
    head: Rect
    digits: tuple[Rect, ...]
    foot: dict[str, Rect]
    alone: Rect


def challenge_layout(size: tuple[int, int]) -> ChallengeLayout:
    """Paper beside task and work, or above them in an upright window."""
    event = event_layout(size)
    unit, buttons = event.unit, event.buttons
    gap, pad, wide_gap = round(12 * unit), round(16 * unit), round(20 * unit)
    own, others = buttons["inside"].union(buttons["clear"]), buttons["fool"].union(buttons["language"])
    if event.tall:
        room = Rect(others.left, event.answer.top, others.width, own.bottom - event.answer.top)
        task = Rect(room.left, room.top, room.width, room.height * 3 // 10)
        work = Rect(room.left, task.bottom + wide_gap, room.width, room.bottom - task.bottom - wide_gap)
        foot = row_of(others, {"clear": 1, "again": 1, "back": 1}, gap)
    else:
        task, work = event.answer, event.which
        foot = {"clear": own, **row_of(others, {"again": 1, "back": 1}, gap)}
    inner = work.inflate(-2 * pad, -2 * pad)
    head = Rect(inner.left, work.top, inner.width, round(64 * unit))
    high = (inner.bottom - head.bottom - gap) // 2
    upper = row_of(Rect(inner.left, head.bottom, inner.width, high), dict.fromkeys("01234", 1.0), gap)
    lower = row_of(Rect(inner.left, inner.bottom - high, inner.width, high), dict.fromkeys("56789", 1.0), gap)
    return ChallengeLayout(
        unit=unit,
        paper=event.paper,
        task=task,
        work=work,
        head=head,
        digits=(*upper.values(), *lower.values()),
        foot=foot,
        alone=foot["again"].union(foot["back"]),
    )
