"""Audio: off until it is switched on; what then sounds; and one sentence where nothing can."""

from collections.abc import Callable

import numpy as np
import pygame
import pytest

from app.event.kiosk import Kiosk
from app.main_view import MainView
from app.raising import process
from app.raising.reports import Met
from app.raising.task import RaisingTask
from app.retraining.options import RetrainOptions
from app.session.session import Session
from app.sound import tones
from app.sound.audio import Audio
from app.sound.mixer import Mixer
from tests.app.classroom import FakeProcess
from tests.app.conftest import SIZE, FakeReader
from tests.app.hands import Hands
from tests.app.raising.pupils import FakeRaising, judges
from tests.app.sound.conftest import FakeMixer, FakeVoice
from tests.app.visitor import Clock, Visitor

MakeAudio = Callable[[Session], Audio]


@pytest.fixture
def hands(session: Session, make_audio: MakeAudio) -> Hands:
    return Hands(MainView(session, SIZE, lambda: None, make_audio(session)), [])


def same(played: list[np.ndarray], *tones: np.ndarray) -> bool:
    return len(played) == len(tones) and all(np.array_equal(a, b) for a, b in zip(played, tones, strict=True))


def seven(hands: Hands) -> None:
    hands.draw((60, 60), (190, 60), (110, 220))


def test_all_is_off_at_first_and_opens_no_device(hands: Hands, voice: FakeVoice, mixer: FakeMixer) -> None:
    seven(hands)
    hands.key(pygame.K_s, "s")
    hands.key(pygame.K_UP)
    assert voice.said == [] and mixer.played == []
    assert pygame.mixer.get_init() is None


def test_switched_on_it_is_heard_at_once(hands: Hands, mixer: FakeMixer) -> None:
    hands.key(pygame.K_F3)
    hands.click("sounds")
    assert hands.session.settings.sounds
    assert same(mixer.played, tones.sure_sign())
    hands.frame()
    assert len(mixer.played) == 1


def test_switched_on_from_last_time_it_waits_for_something_to_sound(hands: Hands, mixer: FakeMixer) -> None:
    hands.view.audio.close()
    hands.session.settings.sounds = True
    again = Audio(hands.session, mixer)
    again.update(hands.view.screen)
    assert mixer.played == []


@pytest.mark.parametrize(("share", "sign"), [(0.98, tones.sure_sign()), (0.5, tones.doubt_sign())])
def test_sure_and_not_sure_have_signs(
    share: float, sign: np.ndarray, hands: Hands, mixer: FakeMixer, reader: FakeReader
) -> None:
    hands.session.settings.sounds = True
    hands.frame()
    mixer.played.clear()
    reader.probabilities[:] = (1 - share) / 9
    reader.probabilities[7] = share
    seven(hands)
    hands.settle()
    assert mixer.played == []
    hands.key(pygame.K_s, "s")
    assert same(mixer.played, sign)
    hands.key(pygame.K_s, "s")
    assert same(mixer.played, sign, sign)


def test_the_keyboards_pen_is_heard_where_it_is(hands: Hands, mixer: FakeMixer, clock: Clock) -> None:
    hands.session.settings.sounds = True
    hands.frame()
    mixer.played.clear()
    hands.hold(pygame.K_DOWN)
    for _ in range(30):
        clock.now += 1 / 60
        hands.frame()
    hands.release(pygame.K_DOWN)
    moved = len(mixer.played)
    assert 3 <= moved <= 8
    hands.frame()
    assert len(mixer.played) == moved
    hands.key(pygame.K_SPACE)
    x, y = (side / 256 for side in hands.view.pad.drawing_area.pen.place)
    assert same(mixer.played[moved:], tones.pen_tone(x, y, down=True))


def test_a_training_is_heard_to_fall(
    hands: Hands, mixer: FakeMixer, clock: Clock, processes: list[FakeProcess]
) -> None:
    hands.session.settings.sounds = True
    hands.frame()
    mixer.played.clear()
    assert hands.view.start_training(RetrainOptions(start="nothing", built="mlp-800"))
    losses = []
    for step in (1, 2, 4):
        clock.now += 1
        processes[0].train(step)
        hands.frame()
        losses.append(tones.loss_tone(2.3 / step))
        hands.frame()
    assert same(mixer.played, *losses)


def test_a_computer_without_sound_says_so_once(hands: Hands, mixer: FakeMixer) -> None:
    mixer.refuses = "No such audio device"
    hands.key(pygame.K_F3)
    hands.click("sounds")
    hands.frame()
    assert not hands.session.settings.sounds
    texts = [notice.text for notice in hands.session.context.notices.items]
    assert texts == ["There is no sound on this computer: No such audio device."]


def test_a_system_without_a_voice_says_so_once(session: Session) -> None:
    audio = Audio(session, open_voice=lambda: None)
    hands = Hands(MainView(session, SIZE, lambda: None, audio), [])
    hands.key(pygame.K_F3)
    hands.click("voice")
    hands.frame()
    assert not session.settings.voice
    (notice,) = session.context.notices.items
    assert "espeak-ng" in notice.text


def test_a_voice_that_fails_says_so_and_is_off(hands: Hands, voice: FakeVoice) -> None:
    hands.key(pygame.K_F3)
    hands.click("voice")
    assert not hands.view.audio.due
    voice.fail("it is hoarse")
    assert hands.view.audio.due and hands.view.due
    hands.frame()
    assert not hands.session.settings.voice and voice.closed
    (notice,) = hands.session.context.notices.items
    assert notice.text == "The voice of this system failed: it is hoarse. Answers are not spoken now."


def test_notices_are_spoken_once(hands: Hands, voice: FakeVoice) -> None:
    hands.session.settings.voice = True
    hands.frame()
    voice.said.clear()
    hands.key(pygame.K_s, "s")
    hands.frame()
    assert voice.said == [("en", "There is nothing to read yet: draw a digit first.")]


def test_the_end_of_the_program_ends_the_voice(hands: Hands, voice: FakeVoice) -> None:
    hands.session.settings.voice = True
    hands.frame()
    hands.view.close()
    assert voice.closed == 1


# -- the event mode -------------------------------------------------------------------------------------------


@pytest.fixture
def visitor(session: Session, make_audio: MakeAudio) -> Visitor:
    """Somebody at an event whose organiser has switched sounds and voice on."""
    session.settings.event_sounds = session.settings.event_voice = True
    clock = Clock()
    kiosk = Kiosk(session, (1024, 600), np.random.default_rng(0), clock, audio=make_audio)
    return Visitor(kiosk, clock)


def test_visitors_hear_answer_and_question(visitor: Visitor, voice: FakeVoice, mixer: FakeMixer) -> None:
    assert "Hello! I read digits." in voice.said[0][1]
    visitor.seven()
    voice.said.clear()
    visitor.wait(2)
    assert voice.said == [("en", "It is a 7. 98.6% sure. Was I right?")]
    assert same(mixer.played, tones.sure_sign())
    voice.said.clear()
    visitor.click("no")
    assert voice.said == [("en", "Which digit was it?")]


def test_nothing_is_heard_while_nobody_is_there(visitor: Visitor, voice: FakeVoice, mixer: FakeMixer) -> None:
    visitor.wait(100)
    voice.said.clear()
    visitor.wait(30, 0.25)
    assert voice.said == [] and mixer.played == []


def test_the_organisers_own_voice_stays_out_of_an_event(session: Session, make_audio: MakeAudio) -> None:
    session.settings.voice = session.settings.sounds = True
    kiosk = Kiosk(session, (1024, 600), np.random.default_rng(0), Clock(), audio=make_audio)
    assert not kiosk.session.settings.voice and not kiosk.session.settings.sounds


# -- the mixer ------------------------------------------------------------------------------------------------


def test_the_mixer_opens_with_the_first_tone_and_closes() -> None:
    mixer = Mixer()
    assert pygame.mixer.get_init() is None
    mixer.play(tones.sure_sign())
    assert pygame.mixer.get_init() is not None and not mixer.problem and pygame.mixer.get_busy()
    mixer.close()
    assert pygame.mixer.get_init() is None


@pytest.mark.parametrize("error", [pygame.error("no device."), NotImplementedError("mixer module not available")])
def test_a_mixer_that_cannot_be_opened_says_why(error: Exception, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*arguments: object, **named: object) -> None:
        raise error

    monkeypatch.setattr(pygame.mixer, "init", refuse)
    mixer = Mixer()
    mixer.play(tones.doubt_sign())
    mixer.play(tones.doubt_sign())
    assert mixer.problem == str(error).rstrip(".")


def test_the_tone_of_a_network_that_is_raised_falls_with_its_loss(
    hands: Hands, mixer: FakeMixer, monkeypatch: pytest.MonkeyPatch
) -> None:
    pupil = FakeRaising(RaisingTask())
    monkeypatch.setattr(process, "start_process", lambda task: pupil)
    hands.session.settings.sounds = True
    hands.key(pygame.K_r, "r")
    hands.click("begin")
    mixer.played.clear()
    pupil.tell(Met(100, judges()))
    for number in (0, 5):
        pupil.tell(pupil.grown_at(number))
        hands.view.audio._next_loss = 0.0
        hands.frame()
    assert same(mixer.played, *(tones.loss_tone(one.judged.loss) for one in pupil.kept))
    pupil.end()
    hands.frame()
    assert len(mixer.played) == 2
