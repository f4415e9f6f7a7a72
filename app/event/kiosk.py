"""Kiosk: the event mode: a visitor's screen over all of the display, which visitors cannot leave."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

import numpy as np
import pygame

from app.commands import Command, command_of
from app.event.countdown import Countdown
from app.event.exit_corner import ExitCorner
from app.event.fool import FoolScreen
from app.event.guess import GuessScreen
from app.event.guestbook import Guestbook
from app.event.languages import LanguageChoice
from app.event.layout import Button
from app.event.screen import EventScreen
from app.input import Key, Pointer, PointerReader
from app.inside.screen import InsideScreen
from app.raising.screen import RaisingScreen
from app.session.session import Session
from app.sound.audio import Audio
from app.ui.context import Context
from app.ui.notices import Notices
from app.ui.screen import Screen
from app.ui.screen_stack import ScreenStack

FRAMES, FEW_FRAMES = 60, 25  # a second: while a hand draws, and while only a countdown moves


class Kiosk(ScreenStack):
    """All that is in the window during an event. Knows no window: events go in, pictures come out.

    Visitors have a session of their own: what the organiser drew, chose and collected stays as it was.
    `over`: the organiser has left; `quitting`: the program is to end; `shows_pointer`: whether a mouse is in use.
    """

    def __init__(
        self,
        organiser: Session,
        size: tuple[int, int],
        rng: np.random.Generator,
        clock: Callable[[], float] = time.monotonic,
        now: Callable[[], datetime] = datetime.now,
        audio: Callable[[Session], Audio] = Audio,
    ) -> None:
        """clock: seconds; now: the time of day; audio: makes what lets the visitors' session be heard."""
        self.organiser = organiser
        shared = organiser.context
        context = Context(shared.messages, Notices(clock), shared.theme, calm=shared.calm)
        chosen = organiser.settings
        settings = replace(
            chosen,
            live=True,
            learn_at_once=chosen.event_learn,
            sounds=chosen.event_sounds,
            voice=chosen.event_voice,
        )
        session = Session(settings, context, knows=lambda: organiser.at_once.forms)
        session.forget_settings()
        organiser.at_once.close()  # its process would only hold memory meanwhile
        self.over = False
        self.quitting = False
        self.shows_pointer = False
        self.corner = ExitCorner(clock)
        self.guestbook = Guestbook(organiser.settings, now)
        self.front = EventScreen(session, self.guestbook, self._openers(session, rng, clock), rng, clock)
        self._idle = Countdown(clock)
        self._now = now
        self._day = now().date()
        self._window_closes = False
        self.session = session
        self.audio = audio(session)
        super().__init__(context, self.front, size)
        self.corner.rect = self.front.layout.corner
        self._follow_network()
        self._stir()

    def prepare(self) -> None:
        """Make ready what takes a moment when it is first used; to be called again when the network is there."""
        self._follow_network()
        if self.session.reader.ready:
            self._inside.worker.prepare()
            self.session.at_once.prepare()

    def _openers(
        self, session: Session, rng: np.random.Generator, clock: Callable[[], float]
    ) -> dict[Button, Callable[[], Screen]]:
        """The screens that visitors can open, by their buttons. The large ones are made once and used all day."""
        self._inside = inside = InsideScreen(session)
        fool = FoolScreen(session, self.guestbook.tally, rng, clock)
        guess = GuessScreen(session, self.guestbook.tally, rng, clock)
        raising = RaisingScreen(session, for_visitors=True, clock=clock)
        return {
            Button.INSIDE: lambda: inside,
            Button.FOOL: lambda: fool,
            Button.GUESS: lambda: guess,
            Button.RAISE: lambda: raising,
            Button.LANGUAGE: lambda: LanguageChoice(session.context, session.choose_language),
        }

    # -- input ---------------------------------------------------------------------------------------------

    def take(self, event: pygame.event.Event) -> None:
        """Take one of pygame's events. Visitors cannot close the window; a signal to end the program does."""
        if event.type == pygame.WINDOWCLOSE:
            self._window_closes = True
        elif event.type == pygame.QUIT:
            # Closing the window comes as two events at once, a signal to end the program as this one alone.
            self.quitting = self.quitting or not self._window_closes
        else:
            self.take_input(event)

    def take_key(self, key: Key) -> None:
        """Give a key to the screen that is up, or do what it is for everywhere."""
        if key.down:
            self._stir()
            self.audio.hush()
        if key.down and key.code == pygame.K_q and key.ctrl and key.shift:
            self.over = True
        elif key.down and key.code == pygame.K_f and key.ctrl and key.shift:
            self.session.at_once.forget_all()
        elif command_of(key) is Command.FORGET and self._offers_to_forget:
            self._forget_last()
        elif key.down and key.code == pygame.K_ESCAPE:
            self.back()
        else:
            self.follow(self.screen.handle(key))

    def take_pointer(self, pointer: Pointer) -> None:
        """Give a pointer to the screen that is up."""
        self.corner.pointer(pointer)
        if pointer.kind == "down" and self.offered_at(pointer.place) is Command.FORGET:
            self._stir()
            self._forget_last()
            return
        if pointer.kind != "cancel":
            self.shows_pointer = not pointer.touch
        if self.pointers.pressed:
            self._stir()
        if pointer.kind == "down" and self.corner.held and not self.dialogs:
            return
        self.follow(self.screen.handle(pointer))

    def perform(self, command: Command) -> None:
        """Close the uppermost screen; visitors can ask for nothing else."""
        if command is Command.BACK:
            self.back()

    def show(self, dialog: Screen) -> None:
        """Lay a screen over the first one, where nothing is read or cleared meanwhile."""
        super().show(dialog)
        self.front.visit.pause()

    def back(self) -> None:
        """Close the uppermost screen."""
        super().back()
        if not self.dialogs:
            self.front.visit.resume()

    def _stir(self) -> None:
        """Somebody is there."""
        self.front.wake()
        self._idle.start(self.session.settings.event_attract_after)

    def close(self) -> None:
        """Put everything away, and show the organiser what could not be written."""
        self.audio.close()
        self.close_dialogs()
        self.front.wake()
        self.front.visit.clear()
        self.session.at_once.close()
        if self.guestbook.problem:
            self.organiser.context.warn("notice.event_not_written", reason=self.guestbook.problem)

    # -- the loop's turn ----------------------------------------------------------------------------------

    @property
    def moving(self) -> bool:
        """Whether the next frame should come soon."""
        return super().moving or self.corner.held

    @property
    def due(self) -> bool:
        """Whether there is something to do though nobody does anything."""
        waits = self.context.notices.due or self.session.due or self.audio.due
        return self.front.due or self._idle.over or waits

    @property
    def frames(self) -> int:
        """How many frames a second are enough just now."""
        busy = self.front.drawing_area.moving or self.front.bars.moving or self.dialogs
        return FRAMES if busy and not self.front.attract.active else FEW_FRAMES

    def update(self, seconds: float) -> list[pygame.Rect]:
        """Go on by so many seconds; returns the parts of the window that must be drawn again."""
        self._window_closes = False
        self._follow_network()
        self.session.update()
        self._forget_yesterday()
        self.context.notices.update()
        if self._idle.over:
            self._wait_for_visitors()
        self.front.concern = self._concern
        self.over = self.over or self.corner.done
        damage = self.update_screens(seconds) + self.corner.update()
        self.audio.update(self.screen)
        return damage

    def settle(self) -> None:
        """End all motion at once."""
        self.catch_up()
        self.front.bars.settle()

    @property
    def _offers_to_forget(self) -> bool:
        offers = (notice.offer for notice in self.context.notices.items)
        return any(offer is not None and offer.command is Command.FORGET for offer in offers)

    def _forget_last(self) -> None:
        self.context.notices.dismiss()
        self.session.at_once.forget_last()

    def _forget_yesterday(self) -> None:
        """What was learnt from visitors lasts for a day."""
        if self._now().date() != self._day:
            self._day = self._now().date()
            if self.session.at_once.can_forget:
                self.session.at_once.forget_all()

    def _follow_network(self) -> None:
        """Read with what the organiser's session reads with; it may come a moment after the first frame."""
        self.organiser.at_once.follow_network()
        self.session.reader.follow(self.organiser.reader)

    @property
    def _concern(self) -> str:
        """What the organiser should know, who may stand far from a keyboard; visitors may well overlook it."""
        if not self.session.reader.ready and not self.organiser.reader.waiting_for_network:
            return self.context.messages("notice.no_network")
        problem = self.guestbook.problem
        return self.context.messages("notice.event_not_written", reason=problem) if problem else ""

    def recover(self, *, again: bool) -> None:
        """Come back to the first screen after a fault; when that did not help, all is as for the next visitor."""
        self.session.reader.suspended = False
        super().recover(again=again)
        self.front.visit.resume()
        if again:
            self.front.attract.stop()
            self.front.visit.clear()

    def _wait_for_visitors(self) -> None:
        """Nobody is there any more: all as for the first, and something to look at."""
        self._idle.stop()
        self.pointers = PointerReader()  # a finger whose lifting was never reported would keep all others away
        self.close_dialogs()
        self.front.leave()
        self.front.visit.clear()
        if self.context.language != self.organiser.context.language:
            self.session.choose_language(self.organiser.context.language)
        self.front.attract.begin()

    def resize(self, size: tuple[int, int]) -> None:
        """Lay everything out for another size, or another way up, of the display."""
        super().resize(size)
        self.corner.rect = self.front.layout.corner

    def draw(self, surface: pygame.Surface, damage: list[pygame.Rect]) -> None:
        """Draw the damaged parts, and over them the ring of the held corner."""
        super().draw(surface, damage)
        self.corner.draw(self._painter(surface))
