"""Pictures of the tour: what each of its steps shows, drawn from the values of the network."""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np
import pygame

from app.canvas.ink import SIDE, Page
from app.inside.mosaic import Mosaic, Tiles
from app.inside.overlay import part_of
from app.inside.tour_numbers import contributions, counts, hidden, pool, weighing
from app.inside.worker import Finding
from app.messages import Messages
from app.session.answer import percent
from app.ui import shapes
from app.ui.bars import draw_bar, draw_upright_bar
from app.ui.painter import Painter
from app.ui.picture import as_bytes, draw_picture
from app.ui.theme import Colour, blend
from model.explanation.introspection import Field
from model.network.activations import softmax

ZOOM = 5  # pixels to a side that are shown as numbers
LARGEST_LOSS = 12.0  # at the upper end of the curve
FEW_UNITS = 24  # the strongest units that are shown, each with its bar


class TourPicture(NamedTuple):
    """What to draw with, where, and of what."""

    painter: Painter
    area: pygame.Rect
    finding: Finding
    messages: Messages
    page: Page


def signed(value: float, messages: Messages, decimals: int = 2) -> str:
    """A number with a real minus sign."""
    text = messages.number(abs(value), decimals)
    return f"−{text}" if value < 0 and float(f"{abs(value):.{decimals}f}") else text


def draw_ink(tour: TourPicture) -> None:
    """The points that the pen was measured at, large, and the lines between them; of an opened picture the picture."""
    painter, theme = tour.painter, tour.painter.theme
    square = _square(tour.area, tour.area.center)
    if tour.page.picture is not None:
        _draw_input(tour, square)
        return
    scale = square.width / SIDE
    for stroke in tour.page.strokes:
        places = [(square.left + x * scale, square.top + y * scale) for x, y in stroke.points]
        if len(places) > 1:
            pygame.draw.lines(painter.surface, theme.bar, False, places, painter.px(2))  # noqa: FBT003  pygame's own
        for place in places:
            shapes.disc(painter.surface, place, max(2.0, 2.5 * painter.unit), theme.accent)
        if places:
            shapes.ring(painter.surface, places[0], painter.px(8), theme.text, painter.px(2))


def draw_pixels(tour: TourPicture) -> None:
    """The picture, and some of its pixels as numbers."""
    painter, picture = tour.painter, tour.finding.values[0].reshape(28, 28)
    left, right = _columns(tour.area, 2, painter.px(28))
    large = _square(left, left.center)
    _draw_input(tour, large)
    greys = np.lib.stride_tricks.sliding_window_view(picture * (1 - picture), (ZOOM, ZOOM)).sum(axis=(2, 3))
    row, column = (int(at) for at in np.unravel_index(int(greys.argmax()), greys.shape))  # at an edge of the ink
    frame = part_of(large, Field(row, column, row + ZOOM, column + ZOOM))
    shapes.outline(painter.surface, frame.inflate(4, 4), painter.theme.accent, painter.px(3), painter.px(2))
    cells = picture[row : row + ZOOM, column : column + ZOOM]
    _draw_numbers(tour, _square(right, right.center), cells, inked=True)


def draw_weighing(tour: TourPicture) -> None:
    """What a filter or unit sees, times its weights, and what comes of it; of a filter its whole map."""
    painter, px, messages = tour.painter, tour.painter.px, tour.messages
    assert tour.finding.inside is not None
    found = weighing(tour.finding.inside, tour.finding.values)
    if found is None:
        draw_fewer(tour)
        return
    parts = _columns(tour.area, 3, px(44))
    foot = px(32)
    boxes = [_square(pygame.Rect(part.topleft, (part.width, part.height - 2 * foot)), None) for part in parts]
    for box, part in zip(boxes, parts, strict=True):
        box.midtop = part.centerx, part.top + max(0, (part.height - 2 * foot - box.height) // 2)
    _draw_numbers(tour, boxes[0], found.seen, inked=True)
    _draw_numbers(tour, boxes[1], found.weights, inked=False)
    result = found.response if found.response is not None else np.full((1, 1), found.value, np.float32)
    _draw_numbers(tour, boxes[2], result, inked=False, numbers=not found.slides)
    for sign, one, other in (("×", boxes[0], boxes[1]), ("→", boxes[1], boxes[2])):
        place = (one.right + other.left) / 2, one.centery
        painter.text(sign, place, 24, weight="strong", align="center")
    total = messages("tour.total", total=signed(found.total, messages), value=signed(found.value, messages))
    texts = (messages("tour.seen"), messages("tour.weights"), total)
    for part, box, text in zip(parts, boxes, texts, strict=True):
        words = pygame.Rect(part.left - px(4), box.bottom + px(4), part.width + px(8), 2 * foot - px(4))
        painter.fitted(text, words, (15, 14, 13, 12, 11), painter.theme.quiet, align="center", most=3, spacing=1.2)


def draw_pooling(tour: TourPicture) -> None:
    """A map before and after, and the block that becomes one value; without pooling how many values each step has."""
    painter, px = tour.painter, tour.painter.px
    assert tour.finding.inside is not None
    found = pool(tour.finding.inside, tour.finding.values)
    if found is None:
        draw_fewer(tour)
        return
    parts = _columns(tour.area, 3, px(44))
    boxes = [_square(part, part.center) for part in parts]
    _draw_numbers(tour, boxes[0], found.before, inked=False, numbers=False)
    _draw_numbers(tour, boxes[1], found.block, inked=False)
    _draw_numbers(tour, boxes[2], found.after, inked=False, numbers=False)
    rows, columns = found.before.shape
    cell = boxes[0].width / columns, boxes[0].height / rows
    frame = pygame.Rect(
        round(boxes[0].left + found.column * found.size * cell[0]),
        round(boxes[0].top + found.row * found.size * cell[1]),
        round(found.size * cell[0]),
        round(found.size * cell[1]),
    )
    small = boxes[2].width / found.after.shape[1], boxes[2].height / found.after.shape[0]
    place = pygame.Rect(
        round(boxes[2].left + found.column * small[0]), round(boxes[2].top + found.row * small[1]),
        round(small[0]), round(small[1]),
    )  # fmt: skip
    for rect in (frame, place):
        shapes.outline(painter.surface, rect.inflate(6, 6), painter.theme.text, px(3), px(2))
    for one, other in ((boxes[0], boxes[1]), (boxes[1], boxes[2])):
        painter.text("→", ((one.right + other.left) / 2, one.centery), 24, weight="strong", align="center")


def draw_fewer(tour: TourPicture) -> None:
    """How many values each step has, as bars."""
    painter, px = tour.painter, tour.painter.px
    assert tour.finding.inside is not None
    steps = counts(tour.finding.inside)
    high = min(px(52), tour.area.height // len(steps))
    names = min(px(150), tour.area.width // 3)
    room = tour.area.width - names - px(80)
    top = tour.area.centery - high * len(steps) // 2
    most = max(count for _, count in steps)
    for number, (kind, count) in enumerate(steps):
        row = pygame.Rect(tour.area.left, top + number * high, tour.area.width, high)
        name = pygame.Rect(row.left, row.top, names - px(10), high)
        painter.fitted(tour.messages(f"inside.step.{kind}"), name, (17, 15, 13, 12, 11), weight="strong")
        bar = pygame.Rect(row.left + names, 0, max(px(3), round(room * count / most)), max(4, high // 2))
        bar.centery = row.centery
        shapes.box(painter.surface, bar, painter.theme.accent, px(4))
        painter.text(tour.messages.number(count), (bar.right + px(10), row.centery), 15, painter.theme.quiet)


def draw_units(tour: TourPicture) -> None:
    """What the strongest units add to the score of the digit that is read, upwards for it and downwards against it."""
    painter, px, theme = tour.painter, tour.painter.px, tour.painter.theme
    finding = tour.finding
    assert finding.inside is not None and finding.scores is not None
    digit = int(finding.scores.argmax())
    added = contributions(finding.inside, finding.values, digit)
    if added is None or hidden(finding.inside, finding.values) is None:
        draw_fewer(tour)
        return
    order = np.argsort(-np.abs(added), kind="stable")[:FEW_UNITS]
    shown = added[np.sort(order)]
    legend, chart = pygame.Rect(tour.area), pygame.Rect(tour.area)
    legend.height = px(38)
    chart.top, chart.height = legend.bottom + px(4), tour.area.height - legend.height - px(4)
    text = tour.messages("tour.adds", count=len(shown), digit=digit)
    painter.fitted(text, legend, (15, 14, 13, 12, 11), theme.quiet, most=2, spacing=1.2)
    up, down = max(float(shown.max()), 0.0), max(-float(shown.min()), 0.0)
    scale = (chart.height - px(44)) / max(up + down, 1e-6)
    zero = round(chart.top + px(22) + up * scale)
    pitch = min(chart.width / len(shown), 44 * painter.unit)
    left = chart.left + (chart.width - pitch * len(shown)) / 2
    painter.surface.fill(theme.quiet, (round(left), zero, round(pitch * len(shown)), 1))
    for number, value in enumerate(shown.tolist()):
        high = max(1, round(abs(value) * scale))
        wide = max(3, round(pitch * 0.7))
        bar = pygame.Rect(round(left + (number + 0.15) * pitch), zero - high if value > 0 else zero, wide, high)
        painter.surface.fill(theme.accent if value > 0 else theme.against, bar)
        words = signed(value, tour.messages)
        if painter.type.width(words, painter.size(11)) <= pitch - 2:
            y = bar.top - px(10) if value > 0 else bar.bottom + px(10)
            painter.text(words, (bar.centerx, y), 11, theme.quiet, align="center")


def draw_outputs(tour: TourPicture) -> None:
    """Ten scores, and the probabilities that they become."""
    painter, px, finding = tour.painter, tour.painter.px, tour.finding
    assert finding.scores is not None
    shares = softmax(finding.scores[None])[0]
    head = px(24)
    high = min(px(44), (tour.area.height - head) // 10)
    wide = min(tour.area.width, px(620))
    left = tour.area.centerx - wide // 2
    scores = px(96)
    top = tour.area.top + max(0, (tour.area.height - head - 10 * high) // 2)
    for text, place, align in (
        (tour.messages("tour.score"), (left + scores - px(14), top + head / 2), "right"),
        (tour.messages("tour.share"), (left + wide, top + head / 2), "right"),
    ):
        painter.text(text, place, 14, painter.theme.quiet, align=align)
    for digit in range(10):
        row = pygame.Rect(left + scores, top + head + digit * high, wide - scores, high)
        best, share = digit == int(shares.argmax()), float(shares[digit])
        draw_bar(painter, row, digit, share, percent(share, tour.messages), best=best)
        score, weight = signed(float(finding.scores[digit]), tour.messages, 1), "strong" if best else "regular"
        place = row.left - px(14), row.centery
        size = min(16.0, high / painter.unit * 0.6)
        painter.text(score, place, size, painter.theme.text, weight, "right")


def draw_loss(tour: TourPicture) -> None:
    """The loss over the probability of what was meant: a curve, and where the drawing is on it."""
    painter, px, theme, messages = tour.painter, tour.painter.px, tour.painter.theme, tour.messages
    learning = tour.finding.learning
    if learning is None:
        return
    foot, side = px(26), px(48)
    chart = pygame.Rect(tour.area.left + side, tour.area.top + px(8), 0, tour.area.height - foot - px(8))
    chart.width = min(tour.area.width - side - px(40), px(640))
    painter.surface.fill(theme.quiet, (chart.left, chart.top, 1, chart.height))
    painter.surface.fill(theme.quiet, (chart.left, chart.bottom, chart.width, 1))
    for loss in (0, 3, 6, 9, 12):
        y = chart.bottom - loss / LARGEST_LOSS * chart.height
        painter.text(messages.number(loss), (chart.left - px(10), y), 13, theme.quiet, align="right")
    for share in (0.0, 0.5, 1.0):
        x = chart.left + share * chart.width
        painter.text(messages.percent(share, 0), (x, chart.bottom + px(16)), 13, theme.quiet, align="center")

    def place(share: float) -> tuple[float, float]:
        loss = min(-math.log(max(share, 1e-12)), LARGEST_LOSS)
        return chart.left + share * chart.width, chart.bottom - loss / LARGEST_LOSS * chart.height

    curve = [place(math.exp(-LARGEST_LOSS * (1 - step / 100))) for step in range(101)]
    pygame.draw.lines(painter.surface, theme.bar, False, curve, px(3))  # noqa: FBT003  pygame's own
    x, y = place(float(learning.probabilities[0][learning.target]))
    shapes.disc(painter.surface, (x, y), px(9), theme.accent)
    shapes.ring(painter.surface, (x, y), px(9), theme.card, px(2))
    text = messages("tour.loss_is", loss=messages.number(learning.losses[0], 3))
    width = painter.type.width(text, painter.size(20), "strong")
    left = x + px(18) if x + px(18) + width < tour.area.right else x - px(18) - width
    y = min(max(y, chart.top + px(12)), chart.bottom - px(24))
    painter.text(text, (left, y), 20, theme.accent_text, "strong")


def draw_learning(tour: TourPicture) -> None:
    """The probabilities before and after the step, and below them the loss."""
    painter, px, theme, messages = tour.painter, tour.painter.px, tour.painter.theme, tour.messages
    learning = tour.finding.learning
    if learning is None:
        return
    halves = _columns(tour.area, 2, px(56))
    words = px(34)
    for half, key, shares, loss in zip(
        halves, ("tour.before", "tour.after"), learning.probabilities, learning.losses, strict=True
    ):
        head = pygame.Rect(half.left, half.top, half.width, words)
        text = messages(key, loss=messages.number(loss, 3))
        painter.fitted(text, head, range(19, 10, -1), weight="strong", align="center")
        chart = pygame.Rect(half.left, head.bottom + px(4), half.width, half.height - words - px(4))
        pitch = chart.width / 10
        for digit in range(10):
            tile = pygame.Rect(round(chart.left + digit * pitch), chart.top, int(pitch), chart.height)
            meant = digit == learning.target
            draw_upright_bar(painter, tile, digit, float(shares[digit]), "", best=meant)
    middle = (halves[0].right + halves[1].left) / 2, tour.area.centery
    painter.text("→", middle, 28, theme.text, "strong", "center")


def _draw_input(tour: TourPicture, square: pygame.Rect) -> None:
    draw_picture(tour.painter, square, as_bytes(tour.finding.values[0].reshape(28, 28)), tour.painter.theme.track)


def _draw_numbers(
    tour: TourPicture, square: pygame.Rect, values: np.ndarray, *, inked: bool, numbers: bool = True
) -> None:
    """Values (h, w) as cells of a square, with their numbers where there is room for them.

    inked: from 0 paper to 1 ink; else blue above 0, and hollow below.
    """
    painter, theme = tour.painter, tour.painter.theme
    rows, columns = values.shape
    if max(rows, columns) > ZOOM + 4:
        if inked:
            draw_picture(painter, square, as_bytes(values), theme.track)
        else:
            mosaic = Mosaic(Tiles(1, 1, square.width, square.width), (rows, columns, 1), theme)
            mosaic.show(np.ascontiguousarray(values[:, :, None]))
            painter.surface.blit(mosaic.surface, square)
        shapes.outline(painter.surface, square.inflate(2, 2), theme.border, 1, 1)
        return
    most = max(float(np.abs(values).max()), 1e-6)
    texts, pixels = _fitting(tour, values, square.width // columns - 6) if numbers else ([], 0)
    for number, value in enumerate(values.ravel().tolist()):
        row, column = divmod(number, columns)
        left, right = (square.left + square.width * at // columns for at in (column, column + 1))
        top, bottom = (square.top + square.height * at // rows for at in (row, row + 1))
        cell = pygame.Rect(left, top, right - left - 1, bottom - top - 1)
        fill, colour = _shade(tour, value if inked else value / most, inked=inked)
        painter.surface.fill(fill, cell)
        if value < 0:
            shapes.outline(painter.surface, cell, theme.against, 1, painter.px(2))
        if texts:
            painter.line(texts[number], cell.center, pixels, colour, "regular", "center")


def _fitting(tour: TourPicture, values: np.ndarray, room: int) -> tuple[list[str], int]:
    """All values as texts, and their size in pixels: with two digits or one behind the point, or none at all."""
    painter = tour.painter
    for decimals, units in ((2, 18), (2, 15), (2, 13), (2, 11), (1, 13), (1, 11)):
        texts = [signed(value, tour.messages, decimals) for value in values.ravel().tolist()]
        pixels = painter.size(units)
        if max(painter.type.width(text, pixels) for text in texts) <= room:
            return texts, pixels
    return [], 0


def _shade(tour: TourPicture, value: float, *, inked: bool) -> tuple[Colour, Colour]:
    """Fill and text colour of a cell."""
    theme = tour.painter.theme
    if inked:
        return blend(theme.track, theme.ink, min(max(value, 0.0), 1.0)), theme.card if value > 0.5 else theme.text
    return blend(theme.card, theme.accent if value > 0 else theme.against, min(abs(value), 1.0) * 0.3), theme.text


def _columns(area: pygame.Rect, count: int, gap: int) -> list[pygame.Rect]:
    wide = (area.width - gap * (count - 1)) // count
    return [pygame.Rect(area.left + number * (wide + gap), area.top, wide, area.height) for number in range(count)]


def _square(area: pygame.Rect, centre: tuple[int, int] | None) -> pygame.Rect:
    """The largest square of an area, at its top left unless a centre is given."""
    side = max(8, min(area.size))
    square = pygame.Rect(area.left, area.top, side, side)
    if centre is not None:
        square.center = centre
    return square
