"""A voice that notes what it was given to say, a mixer that notes what it was given to play, and who hears them."""

from collections.abc import Callable

import numpy as np
import pytest

from app.main_view import MainView
from app.session.session import Session
from app.sound.audio import Audio
from app.sound.engines import Engine
from app.sound.mixer import Mixer
from app.sound.voice import Voice
from tests.app.conftest import SIZE
from tests.app.hands import Hands
from tests.app.visitor import Clock


class FakeVoice(Voice):
    """Says nothing, and needs no process. said: language and text, in order; hushed: how often it was to be silent."""

    def __init__(self) -> None:
        super().__init__(Engine(lambda language: []))
        self.said: list[tuple[str, str]] = []
        self.hushed = 0
        self.closed = 0

    def say(self, text: str, language: str, *, patient: bool = False) -> None:
        self.said.append((language, text))

    def hush(self) -> None:
        self.hushed += 1

    def close(self) -> None:
        self.closed += 1

    def fail(self, reason: str) -> None:
        self._problem = reason


class FakeMixer(Mixer):
    """Plays nothing."""

    def __init__(self) -> None:
        super().__init__()
        self.played: list[np.ndarray] = []
        self.refuses = ""

    def play(self, samples: np.ndarray) -> None:
        self.problem = self.refuses
        if not self.problem:
            self.played.append(samples)


class Listener(Hands):
    """Hands of somebody who hears and does not see. `heard` is what was said since it was last asked for."""

    def __init__(self, view: MainView, voice: FakeVoice) -> None:
        self._voice = voice
        super().__init__(view, [])

    @property
    def heard(self) -> str:
        texts = " | ".join(text for _, text in self._voice.said)
        self._voice.said.clear()
        return texts

    def press(self, code: int, text: str = "") -> str:
        """Press a key; returns what is said."""
        self._voice.said.clear()
        self.key(code, text)
        self.settle()
        return self.heard

    def hold_until(self, code: int, words: str, frames: int = 300) -> str:
        """Hold a key until the words are heard; returns what is said once it is let go."""
        self._voice.said.clear()
        self.hold(code)
        for _ in range(frames):
            if words in self.heard:
                break
            self.frame()
        else:
            pytest.fail(f"{words!r} was not heard")
        self.release(code)
        return self.heard


@pytest.fixture
def voice() -> FakeVoice:
    return FakeVoice()


@pytest.fixture
def mixer() -> FakeMixer:
    return FakeMixer()


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def make_audio(voice: FakeVoice, mixer: FakeMixer, clock: Clock) -> Callable[[Session], Audio]:
    return lambda session: Audio(session, mixer, lambda: voice, clock)


@pytest.fixture
def listener(session: Session, voice: FakeVoice, make_audio: Callable[[Session], Audio]) -> Listener:
    """Somebody at the program with the voice on, before whom nothing was said yet."""
    session.settings.voice = True
    return Listener(MainView(session, SIZE, lambda: None, make_audio(session)), voice)
