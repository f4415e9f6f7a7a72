"""Where everything of a challenge is: as on the visitors' first screen, so that nobody has to look anew."""

from __future__ import annotations

from dataclasses import dataclass

from pygame import Rect

from app.event.layout import event_layout
from app.ui.layout import row_of


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
