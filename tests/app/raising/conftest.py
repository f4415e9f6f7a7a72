"""Hands before a network that is raised, without any process."""

import pytest

from app.raising import process
from app.raising.task import RaisingTask
from tests.app.raising.pupils import FakeRaising


@pytest.fixture
def pupils(monkeypatch: pytest.MonkeyPatch) -> list[FakeRaising]:
    """Stand-ins for the processes that the program would have started."""
    made: list[FakeRaising] = []

    def start(task: RaisingTask) -> FakeRaising:
        made.append(FakeRaising(task))
        return made[-1]

    monkeypatch.setattr(process, "start_process", start)
    return made
