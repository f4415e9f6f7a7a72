"""Durations as one would say them."""

import pytest

from app.messages import Messages, duration_text


@pytest.mark.parametrize(
    ("seconds", "says"),
    [
        (0, "1 s"), (0.4, "1 s"), (7.6, "8 s"), (19.4, "19 s"), (21, "20 s"), (43, "45 s"), (89, "90 s"),
        (90, "2 min"), (149, "2 min"), (151, "3 min"), (3540, "59 min"), (3600, "1 h"), (3660, "1 h"),
        (3800, "1 h 5 min"), (4800, "1 h 20 min"), (7100, "2 h"), (7200, "2 h"), (9000, "2 h 30 min"),
    ],
)  # fmt: skip
def test_rounded_as_one_would_say_it(seconds: float, says: str) -> None:
    assert duration_text(seconds, Messages("en")).replace("\N{NO-BREAK SPACE}", " ") == says
