"""Why: which ink spoke for the answer and which against it, and what would make it another digit."""

from __future__ import annotations

import numpy as np
import pygame

from app.inside.layout import why_places
from app.inside.overlay import Tint, frame_on_paper, part_of, peaks
from app.inside.topic import Topic
from app.inside.view import InsideView
from app.inside.worker import Query
from app.session.answer import percent
from app.session.session import Session
from app.tabs.layout import TabLayout
from app.ui import shapes
from app.ui.bars import draw_bar
from app.ui.buttons import draw_chip
from app.ui.controls import Control, Controls
from app.ui.painter import Painter
from app.ui.paragraphs import draw_paragraphs, in_words
from app.ui.theme import Colour
from model.constants import SIDE
from model.explanation.introspection import Field

SIGNS = 6  # of each kind on the drawing at most
APART = 4  # pixels of the network's picture between two signs
STRONG = 0.35  # of the greatest value: less gets no sign


class WhyView(InsideView):
    """The paper is large, the ink on it tinted; ten digits to ask about stand beside it."""

    paper_share = 0.52

    def __init__(self, session: Session, controls: Controls) -> None:
        super().__init__(session, controls)
        self.digit: int | None = None  # asked about; None: the one that is read
        self._tint: Tint
        self._tinted: tuple[object, ...] = ()  # what the tint shows

    @property
    def query(self) -> Query:
        """Why it is what is read, or what would make it another digit."""
        return Query(Topic.WHY, self.digit)

    @property
    def asked(self) -> int | None:
        """The digit that is asked about; None where nothing is drawn and none was chosen."""
        if self.digit is not None:
            return self.digit
        return self.finding.reading.digit if self.finding is not None and self.finding.reading is not None else None

    def place(self, layout: TabLayout) -> None:
        """Lay out the card beside the paper."""
        super().place(layout)
        self.places = why_places(layout)
        self._tint, self._tinted = Tint(layout.paper.width), ()

    def controls_now(self) -> list[Control]:
        """The ten digits."""
        return [Control(f"ask {digit}", rect, value=digit) for digit, rect in enumerate(self.places.digits)]

    def press(self, control: Control) -> None:
        """Ask about a digit."""
        if isinstance(control.value, int):
            self.choose(control.value)

    def choose(self, digit: int) -> None:
        """Ask about a digit; the one that was asked about already: no longer."""
        self.digit = None if digit == self.digit else digit
        self.redraw()

    def step(self, across: int, down: int) -> None:
        """To the digit beside."""
        self.choose(((self.asked or 0) + across + down) % 10)

    # -- what is heard of it ------------------------------------------------------------------------------

    @property
    def said(self) -> str:
        """What is asked, and the answer."""
        return in_words(self._paragraphs())

    # -- drawing ------------------------------------------------------------------------------------------

    @property
    def _answers(self) -> bool:
        """Whether the finding is about what is asked now, and about this drawing or one that still grows."""
        finding = self.finding
        now = self.session.ink
        current = finding is not None and (finding.revision == now.revision or now.busy)
        return current and finding is not None and finding.query == self.query and finding.network_input is not None

    def draw(self, painter: Painter) -> None:
        """Query and answer in words, what the signs mean, the ten digits."""
        if not painter.shows(self.layout.main):
            return
        painter.card(self.layout.main)
        draw_paragraphs(painter, self.places.words, self._paragraphs())
        self._draw_legend(painter)
        reading = self.finding.reading if self.finding is not None else None
        for digit, rect in enumerate(self.places.digits):
            state = self.controls.state_of(f"ask {digit}")
            draw_chip(painter, rect, "", state, on=digit == self.asked)
            probability = float(reading.probabilities[digit]) if reading is not None else 0.0
            text = percent(probability, self.context.messages) if reading is not None else ""
            strong = reading is not None and reading.is_digit and digit == reading.digit
            draw_bar(painter, rect.inflate(-painter.px(20), 0), digit, probability, text, best=strong)

    def _paragraphs(self) -> list[tuple[str, int, str, bool]]:
        messages, finding = self.context.messages, self.finding
        if self.session.ink.empty or finding is None or finding.reading is None:
            return [
                (messages("inside.why.title"), 20, "display", False),
                (messages("inside.why.empty"), 17, "regular", True),
            ]
        if finding.reading.digit == self.asked:
            title, text = messages("inside.why.digit", digit=self.asked), messages("inside.why.how")
        else:
            title = messages("inside.what_if.digit", digit=self.asked)
            text = messages("inside.what_if.searching")
            if self._answers and finding.change is None:
                text = messages("inside.what_if.none", digit=self.asked)
            elif self._answers and finding.change is not None:
                share = percent(finding.change.probability, messages)
                text = messages("inside.what_if.found", digit=self.asked, share=share)
        return [(title, 24, "display", False), (text, 17, "regular", True)]

    def _draw_legend(self, painter: Painter) -> None:
        messages, theme, px = self.context.messages, painter.theme, painter.px
        what_if = (
            self.finding is not None and self.finding.reading is not None and self.finding.reading.digit != self.asked
        )
        stem = "inside.what_if" if what_if else "inside.why"
        for rect, sign, colour, key in zip(
            self.places.legend, "+−", (theme.accent, theme.against), ("for", "against"), strict=True
        ):
            draw_sign(painter, (rect.left + px(13), rect.centery), sign, colour, 12)
            left = rect.left + px(34)
            words = pygame.Rect(left, rect.top, rect.right - left, rect.height)
            painter.fitted(messages(f"{stem}.{key}"), words, range(17, 10, -1), most=2, spacing=1.25)

    def draw_on_paper(self, painter: Painter, paper: pygame.Rect, ink: np.ndarray) -> None:
        """Ink tinted by what it did, or by what would have to change, and signs where it is most."""
        finding = self.finding
        if finding is None or not self._answers:
            return
        values = finding.attribution if finding.change is None else finding.change.change
        frame = frame_on_paper(finding.network_input, self.session.ink.page, paper)
        if values is None or frame is None:
            return
        colours = painter.theme.accent, painter.theme.against
        key = (finding, paper.width, painter.theme.name)
        adds = finding.change is not None
        if self._tinted != key:
            self._tinted = key
            self._tint.show(values, frame.move(-paper.left, -paper.top), ink, painter.theme.bar, colours, adds=adds)
        tinted = self._tint.rect
        painter.surface.blit(self._tint.surface, tinted.move(paper.topleft), tinted)
        for sign, mark, colour in zip((1, -1), "+−", colours, strict=True):
            wanted = sign * values if adds and sign > 0 else sign * np.where(_inked(ink, frame, paper), values, 0)
            for row, column in peaks(wanted, SIGNS, APART, STRONG):
                spot = part_of(frame, Field(row, column, row + 1, column + 1))
                draw_sign(painter, spot.center, mark, colour, 12)


def _inked(ink: np.ndarray, frame: pygame.Rect, paper: pygame.Rect) -> np.ndarray:
    """(28, 28): in the middle of which pixels of the network's picture there is ink on the paper."""
    middles = (np.arange(SIDE) + 0.5) / SIDE
    rows = (frame.top - paper.top + middles * frame.height).astype(int)
    columns = (frame.left - paper.left + middles * frame.width).astype(int)
    inside = ((rows >= 0) & (rows < len(ink)))[:, None] & ((columns >= 0) & (columns < len(ink)))[None, :]
    last = len(ink) - 1
    return inside & (ink[np.clip(rows, 0, last)[:, None], np.clip(columns, 0, last)[None, :]] > 0)


def draw_sign(painter: Painter, centre: tuple[float, float], mark: str, colour: Colour, radius: float) -> None:
    """A plus or minus in a ring."""
    shapes.disc(painter.surface, centre, painter.px(radius), painter.theme.card)
    shapes.ring(painter.surface, centre, painter.px(radius), colour, painter.px(2))
    painter.text(mark, centre, 18, colour, "strong", "center")
