"""Labels: everything on every screen that the keyboard can come to has a name to be heard."""

from pathlib import Path

import pytest

from app.event.fool import FoolScreen
from app.inside.screen import InsideScreen
from app.messages import Messages
from app.raising.screen import RaisingScreen
from app.ui.heard import sentences
from tests.app.class_scenes import CLASS_SCENES
from tests.app.classroom import FakeProcess
from tests.app.conftest import SIZE
from tests.app.event_scenes import EVENT_SCENES
from tests.app.inside_scenes import INSIDE_SCENES
from tests.app.raising_scenes import RAISING_SCENES
from tests.app.scenes import SCENES, Play, open_scene, prepare

ALL = {**SCENES, **EVENT_SCENES, **INSIDE_SCENES, **RAISING_SCENES, **CLASS_SCENES}


@pytest.fixture
def collection(tmp_path: Path) -> bytes:
    return prepare(tmp_path / "data")


@pytest.mark.parametrize("name", ALL)
def test_everything_with_the_focus_has_a_name(
    name: str, collection: bytes, processes: list[FakeProcess], monkeypatch: pytest.MonkeyPatch
) -> None:
    play: Play = ALL[name]
    scene = open_scene(Messages(), SIZE, collection)
    scene.processes = processes
    play(scene)
    view = scene.shown or scene.view
    view.update(0)
    screen = view.screen
    unnamed = [item.name for item in screen.controls.items if item.enabled and not screen.label_of(item).strip(" .:")]
    assert unnamed == []
    said = sentences(screen.heard.texts.values())
    assert "{" not in said and "\u00a0" not in said
    assert said or not isinstance(screen, InsideScreen | FoolScreen | RaisingScreen)
