"""Durations in words."""

from __future__ import annotations

from app.messages import Messages


def spoken(seconds: float, messages: Messages) -> str:
    """Seconds as "12 s", "4 min" or "1 h 20 min", rounded as one would say it."""
    if seconds < 90:
        step = 1 if seconds < 20 else 5
        return messages("time.seconds", seconds=max(1, round(seconds / step) * step))
    minutes = round(seconds / 60)
    if minutes < 60:
        return messages("time.minutes", minutes=minutes)
    hours, minutes = divmod(round(minutes / 5) * 5, 60)
    return messages("time.hours", hours=hours) if not minutes else messages("time.both", hours=hours, minutes=minutes)
