"""The event mode on a machine that is fast enough."""

import pytest

from app.session import live_reader


@pytest.fixture(autouse=True)
def readings_cost_no_time(monkeypatch: pytest.MonkeyPatch) -> None:
    """However slow the machine is, the next reading comes after the gap that a test knows of."""
    monkeypatch.setattr(live_reader, "LIVE_SHARE", 0)
