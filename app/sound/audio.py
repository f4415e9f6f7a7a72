"""Audio: all that is heard: answers and places in words, and tones; each is off until somebody switches it on."""

from __future__ import annotations

import time
from collections.abc import Callable

from app.session.session import Session
from app.sound import tones
from app.sound.announcer import Announcer
from app.sound.engines import find_engine
from app.sound.mixer import Mixer
from app.sound.voice import Voice
from app.ui.heard import Heard, PenPlace
from app.ui.screen import Screen

LOSS_GAP = 0.3  # seconds from one tone of a training to the next, at least
PEN_GAP = 0.09  # and from one tone of the pen to the next


class Audio:
    """Follows the screen that is up, frame by frame, as far as the session's settings say.

    Where a thing cannot be heard on this machine, one notice says so, and it is off again.
    """

    def __init__(
        self,
        session: Session,
        mixer: Mixer | None = None,
        open_voice: Callable[[], Voice | None] | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """open_voice: gives what speaks, or None on a system without a voice. clock: seconds."""
        self._session = session
        self._mixer = mixer or Mixer()
        self._open_voice = open_voice or system_voice
        self._clock = clock
        self._voice: Voice | None = None
        self._announcer: Announcer | None = None
        self._sounds: bool | None = None  # whether they were on in the last frame; None before the first
        self._heard = Heard()
        self._advance: tuple[int, float] | None = None
        self._next_loss = self._next_pen = 0.0

    @property
    def due(self) -> bool:
        """Whether `update` has something to say without any event."""
        return self._voice is not None and self._voice.failed

    def update(self, screen: Screen, advance: tuple[int, float] | None = None) -> None:
        """Let be heard what is new. advance: step and loss of a training that runs."""
        settings = self._session.settings
        if settings.voice:
            self._speak(screen)
        elif self._voice is not None:
            self._end_voice()
        if settings.sounds:
            self._sound(screen.heard, advance)
        elif self._sounds:
            self._mixer.close()
        self._sounds = settings.sounds

    def hush(self) -> None:
        """Break off what is being said: a key was pressed."""
        if self._voice is not None:
            self._voice.hush()

    def repeat(self, name: str) -> None:
        """Say the text of this name on the screen again, and sound its sign."""
        self._heard = Heard()
        if self._announcer is not None:
            self._announcer.repeat(name)

    def close(self) -> None:
        """End what speaks, and give the audio device back."""
        self._end_voice()
        if self._sounds:
            self._mixer.close()

    # -- in words -----------------------------------------------------------------------------------------

    def _speak(self, screen: Screen) -> None:
        if self._voice is None:
            self._voice = self._open_voice()
            if self._voice is None:
                self._switch_voice_off("notice.no_voice")
                return
            self._announcer = Announcer(self._voice)
        problem = self._voice.take_problem()
        if problem:
            self._switch_voice_off("notice.voice_failed", reason=problem)
        elif self._announcer is not None:
            self._announcer.update(screen, self._session.context)

    def _switch_voice_off(self, key: str, **values: object) -> None:
        self._end_voice()
        self._session.settings.voice = False
        self._session.context.warn(key, **values)
        self._session.keep_settings()

    def _end_voice(self) -> None:
        if self._voice is not None:
            self._voice.close()
        self._voice = self._announcer = None

    # -- in tones -----------------------------------------------------------------------------------------

    def _sound(self, heard: Heard, advance: tuple[int, float] | None) -> None:
        before, self._heard = self._heard, heard
        advance = advance or heard.loss
        if self._sounds is False:  # switched on just now: that is heard, and shows whether it can be
            self._mixer.play(tones.sure_sign())
        if heard.sure is not None and heard.sure is not before.sure:
            self._mixer.play(tones.sure_sign() if heard.sure else tones.doubt_sign())
        if heard.pen is not None:
            self._sound_pen(heard.pen, before.pen)
        if advance is not None and advance != self._advance and self._clock() >= self._next_loss:
            self._next_loss = self._clock() + LOSS_GAP
            self._mixer.play(tones.loss_tone(advance[1]))
            self._advance = advance
        if self._mixer.problem:
            self._session.settings.sounds = False
            self._session.context.warn("notice.no_sound", reason=self._mixer.problem)
            self._session.keep_settings()
            self._mixer.close()

    def _sound_pen(self, pen: PenPlace, before: PenPlace | None) -> None:
        """A tone while it moves, and when it goes down or up."""
        turned = before is not None and pen.down is not before.down
        if pen != before and (turned or self._clock() >= self._next_pen):
            self._next_pen = self._clock() + PEN_GAP
            self._mixer.play(tones.pen_tone(pen.x, pen.y, down=pen.down))


def system_voice() -> Voice | None:
    """What speaks on this system; None where nothing does."""
    engine = find_engine()
    return Voice(engine) if engine is not None else None
