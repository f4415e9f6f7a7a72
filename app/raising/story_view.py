"""Story view: a network goes wrong on purpose, people see where it fails, and repair it with the right pictures."""

from __future__ import annotations

import pygame

from app.raising.answers import AnswerGrid, answer_cells
from app.raising.layout import Shown, StoryPlaces, story_places
from app.raising.reports import Tried
from app.raising.story_process import StoryProcess, StoryStep
from app.raising.view import RaisingView
from app.session.answer import percent
from app.tabs.layout import TabLayout
from app.ui import shapes
from app.ui.controls import Control
from app.ui.damage import Part
from app.ui.layout import SMALL_UNIT, row_of
from app.ui.painter import Painter
from app.ui.touch import draw_touch_button
from model.training.biases import Bias


class StoryView(RaisingView):
    """Three stories to choose from; then the one that was chosen, in three steps."""

    story: StoryPlaces

    def __init__(self, *shared: object) -> None:
        super().__init__(*shared)  # type: ignore[arg-type]
        self._answers = AnswerGrid()
        self._cells: tuple[pygame.Rect, ...] = ()

    @property
    def process(self) -> StoryProcess | None:
        """Of the story that is told."""
        return self.school.story

    # -- what hands do ------------------------------------------------------------------------------------

    @property
    def buttons(self) -> dict[str, pygame.Rect]:
        """What to do next, and the way to the other stories."""
        if self.process is None:
            return {}
        row = self.places.row
        if not self.process.can_repair:
            return {"stories": row}
        return row_of(row, {"repair": 1.0, "stories": 1.0}, round(10 * self.layout.unit))

    @property
    def primary(self) -> str:
        """What most will want next."""
        if self.process is None or not self.process.can_repair:
            return "stories" if self.process is not None and self.process.over else ""
        return "repair"

    def controls_now(self) -> list[Control]:
        """The stories, or the buttons."""
        if self.process is not None:
            return super().controls_now()
        return [Control(bias.value, rect, value=bias) for bias, rect in zip(Bias, self.story.choices, strict=True)]

    def press(self, control: Control) -> None:
        """Begin a story, go on with it, or leave it."""
        if isinstance(control.value, Bias):
            self.school.begin_story(control.value)
        elif control.name == "repair" and self.process is not None:
            self.process.repair()
        elif control.name == "stories":
            self.school.leave_story()
        self.damage.add(self.layout.main)

    def label_of(self, control: Control) -> str:
        """Of a story what goes wrong in it."""
        if isinstance(control.value, Bias):
            return self.context.messages(f"story.{control.value.value}")
        return super().label_of(control)

    # -- what it shows ------------------------------------------------------------------------------------

    def place(self, layout: TabLayout) -> None:
        """Lay out, the stories too."""
        super().place(layout)
        self._cells = answer_cells(self.story.pictures, 60, layout.unit)

    def lay_out_shown(self) -> Shown:
        """Bars of its own, and neither grid nor curves."""
        self.story = story_places(self.places, self.layout.unit, len(Bias))
        empty = pygame.Rect(self.story.pictures.topleft, (0, 0))
        return Shown(self.story.bars, empty, empty)

    @property
    def words(self) -> tuple[str, str]:
        """Which step it is, what is to be seen there, and how the drawing is read."""
        messages, process, grown = self.context.messages, self.process, self.grown
        if process is None:
            return messages("story.choose"), messages("story.choose.how")
        if process.failure is not None:
            return messages("raising.failed"), process.failure.text(messages)
        if process.spoilt is None or not isinstance(grown, Tried):
            return messages("raising.preparing"), messages(f"story.{process.bias.value}")
        key = f"story.{process.bias.value}.{process.story_step.value}"
        values = {"right": process.right(grown), "usual": process.usual(grown), "before": process.before}
        text = messages(f"{key}.how", **values)
        reading = self._reader.shown_reading
        if reading is not None and reading.digit is not None:
            share = percent(reading.confidence, messages)
            text = messages("raising.takes", digit=reading.digit, share=share)
        return messages(key, **values), text

    def parts(self) -> dict[str, Part]:
        """Also the stories, the pictures and the gauges."""
        process, grown = self.process, self.grown
        step = process.story_step if process is not None else None
        gauges = self.story.gauges[0].union(self.story.gauges[1])
        return {
            **super().parts(),
            "stories": Part(self.places.middle.union(self.places.row), process is None),
            "pictures": Part(self.story.pictures, (step, None if step is StoryStep.LEARN else grown, process)),
            "gauges": Part(gauges, (step, grown)),
        }

    def draw_middle(self, painter: Painter) -> None:
        """The stories; or bars, pictures and gauges."""
        process = self.process
        if process is None:
            self._draw_stories(painter)
            return
        self.draw_reading(painter)
        if process.spoilt is None or process.judges is None or not isinstance(process.grown, Tried):
            return
        if painter.shows(self.story.pictures):
            self._draw_pictures(painter, process, process.grown)
        self._draw_gauges(painter, process, process.grown)

    def _draw_stories(self, painter: Painter) -> None:
        for bias, rect in zip(Bias, self.story.choices, strict=True):
            label = self.context.messages(f"story.{bias.value}")
            draw_touch_button(painter, rect, label, self.controls.state_of(bias.value))

    def _draw_pictures(self, painter: Painter, process: StoryProcess, tried: Tried) -> None:
        """What it learns from with what it is told, and afterwards drawings with its answers."""
        assert process.spoilt is not None and process.judges is not None
        learns = process.story_step is StoryStep.LEARN
        if learns:
            images = process.spoilt.sample
            answers, holds = images.labels, images.labels == process.spoilt.true
        else:
            images, answers = process.judges, tried.judged.answers
            holds = process.holds(tried.judged, images)
        texts = [str(answer) for answer in answers.tolist()]
        if process.bias is Bias.LABELS and not learns:
            texts = [text if ok else f"{text}?" for text, ok in zip(texts, holds.tolist(), strict=True)]
        self._answers.draw(painter, self._cells, images, texts, holds, spread=not learns)

    def _draw_gauges(self, painter: Painter, process: StoryProcess, tried: Tried) -> None:
        """How many of a hundred: of those that show what went wrong, with a mark where that was, and of the others."""
        counts = (process.right(tried), process.before), (process.usual(tried), None)
        for name, rect, (count, before) in zip(("judges", "usual"), self.story.gauges, counts, strict=True):
            if painter.shows(rect):
                self._draw_gauge(painter, rect, f"story.{process.bias.value}.{name}", count, before)

    def _draw_gauge(self, painter: Painter, rect: pygame.Rect, key: str, count: int, before: int | None) -> None:
        px, theme, messages = painter.px, painter.theme, self.context.messages
        parts = 5 if painter.unit < SMALL_UNIT else 4  # of ten, for the words
        label = pygame.Rect(rect.left, rect.top, rect.width * parts // 10, rect.height)
        painter.fitted(messages(key), label, range(15, 10, -1), theme.quiet)
        text = messages("story.of_hundred", count=count)
        room = painter.type.width(messages("story.of_hundred", count=100), painter.size(15), "strong") + px(12)
        painter.text(text, (rect.right, rect.centery), 15, theme.text, "strong", "right")
        track = pygame.Rect(label.right + px(8), 0, rect.right - room - label.right - px(8), px(10))
        track.centery = rect.centery
        shapes.box(painter.surface, track, theme.track, track.height // 2)
        if count:
            full = pygame.Rect(track.left, track.top, max(track.height, track.width * count // 100), track.height)
            shapes.box(painter.surface, full, theme.accent if key.endswith("judges") else theme.bar, track.height // 2)
        if before is not None:
            x = track.left + track.width * before // 100
            painter.surface.fill(theme.text, (x - px(1), track.top - px(4), px(3), track.height + px(8)))
