"""Training card: beside the paper, how far a training is and how well its network reads by now."""

from __future__ import annotations

import pygame

from app.messages import Messages, duration_text
from app.retraining.controller import MILESTONE, TrainingController
from app.retraining.curves import curves_over_steps
from app.retraining.process import State
from app.ui import shapes
from app.ui.chart_pen import ChartPen, chart_words
from app.ui.painter import Painter
from model.charts.curves import progress_chart
from model.charts.pen import Box


def draw_training_card(painter: Painter, card: pygame.Rect, training: TrainingController, messages: Messages) -> None:
    """Heading with the time left, a bar of progress, curves, and three figures."""
    px, theme, process = painter.px, painter.theme, training.process
    painter.card(card)
    area = card.inflate(-px(40), -px(24))
    newest = process.advances[-1] if process.advances else None
    head = pygame.Rect(area.left, area.top, area.width, px(20))
    right = _time_text(training, messages)
    taken = painter.type.width(right, painter.size(13)) + px(12)
    title = training_title(training, messages)
    painter.text(title, (head.left, head.centery), 14, weight="strong", room=head.width - taken)
    painter.text(right, (head.right, head.centery), 13, theme.quiet, align="right")

    track = pygame.Rect(area.left, head.bottom + px(6), area.width, px(3) * 2)
    shapes.box(painter.surface, track, theme.track, track.height // 2)
    share = newest.step / newest.steps if newest is not None else 0.0
    if training.state in (State.FINISHING, State.ENDED):
        share = 1.0
    full = pygame.Rect(track.left, track.top, round(track.width * share), track.height)
    if full.width >= track.height:
        shapes.box(painter.surface, full, theme.accent, track.height // 2)

    top = track.bottom + px(12)
    below = pygame.Rect(area.left, top, area.width, area.bottom - top)
    figures = _figures(training, messages)
    width = min(round(below.width * 0.42), px(230)) if below.width > px(320) else below.width
    plot = pygame.Rect(below.left, below.top, below.width - width - px(16), below.height)
    if newest is not None and plot.width > 0:
        span = messages("axis.steps", count=newest.steps)
        chart = progress_chart(curves_over_steps(process), float(newest.steps), span, chart_words(messages))
        chart.draw(ChartPen(painter), Box(*plot))
    column = pygame.Rect(below.right - width, below.top, width, below.height)
    step = column.height / max(len(figures), 1)
    for i, (name, value) in enumerate(figures):
        y = column.top + step * (i + 0.5)
        room = painter.type.width(value, painter.size(15), "strong") + px(8)
        size, lines = painter.type.fit(name, [painter.size(s) for s in (13, 12, 11)], "regular", width - room)
        painter.line(lines[0], (column.left, y), size, theme.quiet, "regular")
        painter.text(value, (column.right, y), 15, theme.text, "strong", "right")


def training_title(training: TrainingController, messages: Messages) -> str:
    if training.state is State.PREPARING:
        return messages("training.preparing")
    if training.state is State.FINISHING:
        return messages("training.finishing")
    if training.state is State.ENDED:
        return messages("training.ended")
    if training.paused:
        return messages("training.paused")
    if training.milestone is not None:
        share = messages.percent(MILESTONE, 0)
        return messages("training.milestone", share=share, seconds=round(training.milestone))
    return messages("training.running", name=training.name)


def _time_text(training: TrainingController, messages: Messages) -> str:
    process = training.process
    if not process.advances or training.state in (State.FINISHING, State.ENDED):
        return ""
    newest = process.advances[-1]
    if training.paused:
        return messages("training.step", step=newest.step, steps=newest.steps)
    return messages("training.left", time=duration_text(newest.seconds_left, messages))


def _figures(training: TrainingController, messages: Messages) -> list[tuple[str, str]]:
    """What is measured, and the number. Shares are of validation pictures and of the drawings to judge by."""
    process, measured = training.process, training.measured
    figures = []
    if measured is not None:
        figures.append((messages("figure.mnist"), messages.percent(measured.validation_accuracy)))
        if measured.own_accuracy is not None:
            figures.append((messages("figure.own"), messages.percent(measured.own_accuracy)))
    if process.advances:
        figures.append((messages("figure.loss"), messages.number(process.advances[-1].loss, 3)))
    return figures
