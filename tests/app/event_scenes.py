"""Scenes of the event mode, for tests that look at every screen."""

from collections.abc import Callable

import numpy as np
from pygame import Rect

from app.commands import Command
from app.event.challenge import Challenge
from app.event.kiosk import Kiosk
from app.event.languages import LanguageChoice
from app.event.layout import Button
from app.event.organiser import OrganiserForm
from app.ui.controls import Control
from tests.app.scenes import DOUBT, NO_DIGIT, PAGE, SURE, Play, Scene
from tests.app.visitor import Clock

EVENT_SCENES: dict[str, Play] = {}


def event(
    shares: tuple[float, float] = SURE, read: bool = True, after: Callable[[Kiosk, Clock], object] | None = None
) -> Play:
    """A drawing at an event that is read with these shares as a 4 or a 9, and what is done then."""

    def play(scene: Scene) -> None:
        scene.draw(shares)
        scene.session.ink.reset()
        clock = Clock()
        scene.shown = kiosk = Kiosk(scene.session, scene.view.size, np.random.default_rng(0), clock)
        kiosk.session.ink.replace(PAGE)
        if read:
            kiosk.front.visit.lift()
            clock.now += 2
        kiosk.update(0)
        if after is not None:
            after(kiosk, clock)

    return play


def tell(digit: int) -> Callable[[Kiosk, Clock], object]:
    return lambda kiosk, _: kiosk.front.visit.label(digit)


def attract(seconds: float) -> Callable[[Kiosk, Clock], object]:
    """Nobody is there, so many seconds after it began to write."""

    def wait(kiosk: Kiosk, clock: Clock) -> None:
        clock.now += 100
        for _ in range(round(seconds / 0.5)):
            kiosk.update(0.5)
            clock.now += 0.5

    return wait


def challenge(name: str, *shares: float) -> Play:
    """A challenge, before anything is drawn, or with a drawing that was read with these shares."""

    def begin(kiosk: Kiosk, clock: Clock) -> None:
        opened = kiosk.front.press(Control(name, Rect(0, 0, 1, 1), value=Button(name)))
        assert isinstance(opened, Challenge)
        kiosk.show(opened)
        if shares:
            opened.touch()
            opened.session.ink.replace(PAGE)
            opened.lift()
            clock.now += 2
            kiosk.update(0)

    return event(shares[:2] if shares else SURE, after=begin)  # type: ignore[arg-type]


def alarm(kiosk: Kiosk, _: Clock) -> None:
    kiosk.guestbook.tally.problem = "/home/someone/.local/share/digitpad/event/2026-01-01.csv: No space left on device"


EVENT_SCENES |= {
    "fooling, not yet drawn": challenge("fool"),
    "fooling, a digit": challenge("fool", *SURE),
    "fooling, in doubt": challenge("fool", *DOUBT),
    "fooling, no digit": challenge("fool", *NO_DIGIT),
    "guessing, not yet drawn": challenge("guess"),
    "guessing, drawn": challenge("guess", *SURE),
    "an event before anybody draws": event(read=False, after=lambda kiosk, _: kiosk.session.ink.reset()),
    "an event, a guess": event(read=False),
    "an event, a doubtful guess": event(DOUBT, read=False),
    "an event, not a digit yet": event(NO_DIGIT, read=False),
    "an event, an answer": event(),
    "an event, a doubtful answer": event(DOUBT),
    "an event, no digit": event(NO_DIGIT),
    "an event, which digit it was": event(after=lambda kiosk, _: kiosk.front.visit.deny()),
    "an event, it was right": event(after=tell(4)),
    "an event, it was wrong": event(after=tell(1)),
    "an event, it was a digit after all": event(NO_DIGIT, after=tell(1)),
    "an event, the drawing stays": event(after=lambda kiosk, _: kiosk.front.visit.stay()),
    "an event, nothing written yet": event(after=attract(0.5)),
    "an event, a digit is written": event(after=attract(3)),
    "an event, a digit was written": event(after=attract(5)),
    "an event, languages": event(
        after=lambda kiosk, _: kiosk.show(LanguageChoice(kiosk.context, kiosk.session.choose_language))
    ),
    "an event, something for the organiser": event(after=alarm),
}


def _organiser(**settings: object) -> Play:
    def play(scene: Scene) -> None:
        for name, value in settings.items():
            setattr(scene.session.settings, name, value)
        scene.view.perform(Command.EVENT)
        dialog = scene.view.screen
        assert isinstance(dialog, OrganiserForm)
        if settings:
            for name in ("event_read_after", "event_clear_after", "event_attract_after"):
                dialog.answer(name, "?")
            dialog.refresh()
            dialog.scroller.to(dialog.scroller.farthest)
            dialog.refresh()

    return play


EVENT_SCENES |= {"the organiser's sheet": _organiser(), "the organiser's sheet, all wrong": _organiser(event_keep=True)}
