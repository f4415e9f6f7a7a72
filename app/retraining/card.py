"""Training card: beside the paper, how far a training is and how well its network reads by now."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pygame

from app.messages import Messages, duration_text
from app.retraining.controller import MILESTONE, TrainingController
from app.retraining.process import State
from app.ui import shapes
from app.ui.painter import Painter
from app.ui.theme import Colour

MOST_POINTS = 160  # of a curve

Points = Sequence[tuple[float, float]]


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
        loss = [(float(a.step), a.loss) for a in process.advances]
        accuracy = [(float(m.step), m.validation_accuracy) for m in process.measurements]
        draw_curves(painter, plot, loss, accuracy, float(newest.steps), messages)
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


# -- chart: loss and accuracy so far, as two lines of different form with marks of different shape ---------


def draw_curves(
    painter: Painter,
    area: pygame.Rect,
    loss: Points,
    accuracy: Points,
    end: float,
    messages: Messages,
    *,
    span: str = "",
    at: float | None = None,
) -> None:
    """Loss (x: step; y: from 0 up) and accuracy (x: step; y: 0..1) over steps from 0 to `end`, under their names.

    The numbers at the left are of accuracy, those at the right of loss, those below are steps, or what `span` says of
    the end. at: a step that is marked.
    """
    px, theme = painter.px, painter.theme
    highest = max(max((y for _, y in loss), default=1.0), 1e-6)
    percents = [(share, messages.percent(share, 0)) for share in (0.0, 0.5, 1.0)]
    losses = [(share, messages.number(share * highest, 1)) for share in (0.0, 0.5, 1.0)]
    left, right = (max(painter.type.width(text, painter.size(11)) for _, text in of) for of in (percents, losses))
    line = px(16)
    plot = pygame.Rect(area.left + left + px(6), area.top + line + px(6), 0, area.height - 2 * line - px(8))
    plot.width = area.right - right - px(6) - plot.left
    if plot.width < px(80) or plot.height < px(16):
        return
    _draw_axes(painter, plot, percents, losses)
    below = plot.bottom + line // 2 + px(2)
    painter.text("0", (plot.left, below), 11, theme.quiet)
    span = span or messages("axis.steps", count=round(end))
    painter.text(span, (plot.right, below), 11, theme.quiet, align="right")
    if at is not None:
        x = plot.left + round((plot.width - 1) * min(at / max(end, 1), 1.0))
        painter.surface.fill(theme.text, (x - px(1), plot.top, px(2), plot.height))
    lines = (
        ("accuracy", accuracy, theme.accent_text, 3.0, pygame.Rect(area.left, area.top, area.width, line)),
        ("loss", [(x, y / highest) for x, y in loss], theme.quiet, 2.0, None),
    )
    for name, points, colour, width, key in lines:
        if points:
            _draw_curve(painter, name, _places(plot, points, end), colour, width)
        x = key.left if key else area.right - painter.type.width(messages(f"curve.{name}"), painter.size(12)) - px(26)
        y = area.top + line / 2
        _draw_curve(painter, name, [(x, y), (x + px(18), y)], colour, width)
        painter.text(messages(f"curve.{name}"), (x + px(26), y), 12, colour)


def _draw_axes(
    painter: Painter, plot: pygame.Rect, left: Sequence[tuple[float, str]], right: Sequence[tuple[float, str]]
) -> None:
    """Lines across, and the numbers at both ends of them; without those of the middle where it is low."""
    px, theme = painter.px, painter.theme
    shown = (0, 1, 2) if plot.height >= px(34) else (0, 2)
    for i in shown:
        y = plot.bottom - 1 - round(left[i][0] * (plot.height - 1))
        painter.surface.fill(theme.border if i else theme.bar, (plot.left, y, plot.width, 1))
        painter.text(left[i][1], (plot.left - px(6), y), 11, theme.quiet, align="right")
        painter.text(right[i][1], (plot.right + px(6), y), 11, theme.quiet)


def _draw_curve(painter: Painter, name: str, places: list[tuple[float, float]], colour: Colour, width: float) -> None:
    """A line with a mark at its end: accuracy whole with a disc, loss in dashes with a ring."""
    pieces = [places] if name == "accuracy" else dashes(places, 5 * painter.unit)
    for piece in pieces:
        draw_line(painter.surface, piece, colour, width * painter.unit)
    if name == "accuracy":
        shapes.disc(painter.surface, places[-1], painter.px(4), colour)
    else:
        shapes.ring(painter.surface, places[-1], painter.px(4), colour, max(1.0, 1.5 * painter.unit))


def dashes(places: list[tuple[float, float]], length: float) -> list[list[tuple[float, float]]]:
    """Every second piece of a line, each of this length in pixels."""
    xy = np.array(places)
    along = np.concatenate(([0.0], np.hypot(*np.diff(xy, axis=0).T).cumsum()))
    at = np.arange(0, along[-1], length)
    x, y = (np.interp(np.append(at, along[-1]), along, xy[:, i]) for i in (0, 1))
    return [[(float(x[i]), float(y[i])), (float(x[i + 1]), float(y[i + 1]))] for i in range(0, len(at), 2)]


def _places(plot: pygame.Rect, points: Points, end: float) -> list[tuple[float, float]]:
    """Points in pixels, at most MOST_POINTS of them."""
    chosen = list(points)
    if len(chosen) > MOST_POINTS:
        indices = np.linspace(0, len(chosen) - 1, MOST_POINTS).round().astype(int)
        chosen = [chosen[i] for i in indices]
    wide, high = plot.width - 1, plot.height - 1
    return [
        (plot.left + wide * min(x / max(end, 1), 1.0), plot.bottom - 1 - high * min(max(y, 0.0), 1.0))
        for x, y in chosen
    ]


def draw_line(surface: pygame.Surface, places: list[tuple[float, float]], colour: Colour, width: float) -> None:
    """A line through places in pixels, with smooth edges."""
    if len(places) < 2:
        return
    offsets = np.linspace(-(width - 1) / 2, (width - 1) / 2, max(1, round(width)))
    for offset in offsets:
        pygame.draw.aalines(surface, colour, closed=False, points=[(x, y + float(offset)) for x, y in places])
