"""Animations, saved beside the loop: what is saved, what is said, and that the drawing goes on meanwhile."""

import threading
import time
from pathlib import Path

import numpy as np
import pygame
import pytest
from PIL import Image

from app import paths
from app.canvas.ink import Page
from app.session import animations
from app.session.session import Session
from model.explanation import animation
from tests.app.hands import Hands


@pytest.fixture(autouse=True)
def no_rest(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(animations, "REST", 0)


def said(session: Session) -> str:
    return " ".join(item.text for item in session.context.notices.items)


def wait(hands: Hands) -> None:
    """Until the animation is there, and was told of by the loop."""
    for _ in range(3000):
        if hands.session.animations.due:
            break
        time.sleep(0.01)
    assert hands.view.due  # so the loop wakes up
    hands.frame()


def test_ctrl_shift_s_saves_how_the_drawing_is_read(hands: Hands) -> None:
    hands.draw((80, 40), (190, 60), (110, 220))
    hands.key(pygame.K_s, mod=pygame.KMOD_LCTRL | pygame.KMOD_LSHIFT)
    assert "Making the animation" in said(hands.session)
    wait(hands)
    (path,) = paths.drawings_folder().iterdir()
    assert str(path) in said(hands.session)
    with Image.open(path) as image:
        assert image.format == "WEBP"
        assert image.n_frames > 20  # type: ignore[attr-defined]
    assert not hands.session.animations.due


def test_the_menu_saves_it_too(hands: Hands) -> None:
    hands.draw((80, 40), (110, 220))
    hands.key(pygame.K_m)
    hands.click("animate")
    wait(hands)
    assert len(list(paths.drawings_folder().glob("*.webp"))) == 1


def test_one_at_a_time_while_the_loop_goes_on(hands: Hands, monkeypatch: pytest.MonkeyPatch) -> None:
    goes_on = threading.Event()
    make = animation.save

    def waiting(images: list[Image.Image], out: Path) -> None:
        goes_on.wait(30)
        make(images, out)

    monkeypatch.setattr(animation, "save", waiting)
    hands.draw((80, 40), (110, 220))
    hands.session.animate()
    hands.session.animate()
    assert "is being made" in said(hands.session)
    hands.draw((10, 40), (110, 20))
    assert len(hands.session.ink.page.strokes) == 2
    goes_on.set()
    wait(hands)
    assert len(list(paths.drawings_folder().iterdir())) == 1


@pytest.mark.parametrize("page", [Page(), Page(picture=np.ones((30, 30), np.float32))])
def test_what_has_no_strokes_is_refused(page: Page, session: Session) -> None:
    session.ink.replace(page)
    session.animate()
    assert "Only strokes" in said(session)
    assert not session.animations.due


def test_a_folder_that_cannot_be_written_to_is_told(hands: Hands) -> None:
    paths.data_folder().parent.mkdir(parents=True, exist_ok=True)
    paths.data_folder().write_text("a file where the folder should be")
    hands.draw((80, 40), (110, 220))
    hands.session.animate()
    wait(hands)
    assert hands.session.context.notices.items[-1].kind == "warning"
