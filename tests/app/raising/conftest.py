"""Hands before a network that is raised, without any process."""

import pytest

from app.raising import process, story_process
from app.raising.task import RaisingTask, StoryTask
from tests.app.raising.pupils import FakeRaising, FakeStory


@pytest.fixture
def pupils(monkeypatch: pytest.MonkeyPatch) -> list[FakeRaising]:
    """Stand-ins for the processes that the program would have started."""
    made: list[FakeRaising] = []

    def start(task: RaisingTask) -> FakeRaising:
        made.append(FakeRaising(task))
        return made[-1]

    monkeypatch.setattr(process, "start_process", start)
    return made


@pytest.fixture
def tellers(monkeypatch: pytest.MonkeyPatch) -> list[FakeStory]:
    """Stand-ins for the processes of stories that the program would have started."""
    made: list[FakeStory] = []

    def start(task: StoryTask) -> FakeStory:
        made.append(FakeStory(task))
        return made[-1]

    monkeypatch.setattr(story_process, "start_story", start)
    return made
