"""Program: the window and its loop."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from functools import partial

import numpy as np
import pygame

from app import paths
from app.commands import Command
from app.event.kiosk import Kiosk
from app.fault_log import FaultLog
from app.main_view import MainView
from app.memory import give_back_holes, give_back_large_blocks, share_one_heap
from app.messages import Messages, languages, system_language
from app.options import Options
from app.service_manager import ServiceManager
from app.session.session import Session
from app.stop_signals import StopSignals
from app.store import settings as settings_file
from app.ui.context import Context
from app.ui.layout import SMALLEST, USUAL, at_least, zoom_to
from app.ui.theme import theme_of

NAPS_IN_TRAINING = 3  # before looking for what the training reports
FRAMES = 60  # a second
# ms from one look for events to the next while nothing moves: at first, and after a second without any.
# pygame.event.wait looks a thousand times a second, which on X11 takes several percent of a core.
NAP, LONG_NAP = 10, 25
SWITCH = 0.001  # seconds that a thread beside the loop keeps the interpreter for; the usual 5 are a third of a frame
TIDY_AFTER = 10.0  # seconds at least from one tidying of the memory to the next
FAULT_NAP, LONGEST_FAULT_NAP = 10, 250  # ms to wait after a fault, times the number of faults in a row; at most
LONGEST_STEP = 0.05  # seconds that motion goes on by in one frame at most, after a sleep too
BESIDES = 60  # pixels of a display's height that a desktop's bar and the window's frame take
NO_POINTER = pygame.cursors.Cursor((8, 8), (0, 0), (0,) * 8, (0,) * 8)
UNSEEN = ("offscreen", "dummy")  # SDL's drivers that show nothing; it takes one by itself where it finds no display


def run(options: Options) -> int:
    """Open the window and stay until it is closed. Returns the exit status.

    Raises pygame.error without a display, and KeyboardInterrupt when Ctrl+C in the terminal has closed it.
    """
    with StopSignals() as signals, window_system():
        check_display()
        program = Program(options)
        signals.stop = program.stop
        if not signals.came:
            program.run()
    if signals.interrupted:
        raise KeyboardInterrupt
    return 0


@contextmanager
def window_system() -> Iterator[None]:
    """What has to be there for a window, from before it opens until after it is closed."""
    # Before SDL starts: real pixels on Windows screens of high density, and fingers only as fingers.
    os.environ.setdefault("SDL_WINDOWS_DPI_AWARENESS", "permonitorv2")
    os.environ.setdefault("SDL_TOUCH_MOUSE_EVENTS", "0")
    # Where SDL looks for Wayland in vain, libwayland would complain on stderr that this is not there.
    os.environ.setdefault("XDG_RUNTIME_DIR", os.devnull)
    # Only the parts that are needed: a joystick that SDL watches would keep the idle loop awake.
    pygame.display.init()
    pygame.font.init()
    sys.setswitchinterval(SWITCH)
    give_back_large_blocks()
    share_one_heap()
    try:
        yield
    finally:
        pygame.quit()


def check_display() -> None:
    """Raise pygame.error where SDL draws for nobody, unless SDL_VIDEODRIVER asks for that."""
    if pygame.display.get_driver() in UNSEEN and not os.environ.get("SDL_VIDEODRIVER"):
        raise pygame.error("no display was found")


class Program:
    """Owns the window: hands events to the view that is shown, and puts on the screen what that draws."""

    def __init__(
        self,
        options: Options,
        clock: Callable[[], float] = time.monotonic,
        now: Callable[[], datetime] = datetime.now,
    ) -> None:
        """clock, now: the seconds and the time of day of the event mode."""
        self.options = options
        self._clock = clock
        self._now = now
        settings, broken = settings_file.load(paths.config_folder())
        if options.theme:
            settings.theme = options.theme
        if options.language:
            settings.language = options.language
        messages = Messages(settings.language or system_language(languages()))
        theme = theme_of(settings.theme, high_contrast=settings.high_contrast)
        zoom_to(settings.text_size)
        self.session = Session(
            settings, Context(messages, theme=theme, calm=settings.reduced_motion), reads_numbers=True
        )
        self.session.context.warn_of_language()
        if broken is not None:
            self.session.context.warn("notice.settings_broken", path=broken)
        self.rate = FRAMES  # frames a second
        self._beat = pygame.time.Clock()
        self._tidied = clock()
        self._passed = 0.0  # seconds that the last frame was shown
        self.stopped = False  # whether it is to end at once, whatever goes on
        self._pointer_shown = True
        # An event fills the screen from the first frame on: without a window manager a window grows where it is.
        self.full_screen = self._filled_for_event = options.event and options.size is None
        self._saver_before = False
        self._screens = pygame.display.get_desktop_sizes()  # the sizes of all displays, as they were last seen
        self._windowed = options.size or self._window_size()
        self.window = self._open_window()
        self.faults = FaultLog(paths.log_file())
        self._service = ServiceManager()
        self._faults_in_a_row = 0
        self._event_failed = False  # whether there was a fault while visitors were there, of which the organiser hears
        self.main_view = MainView(self.session, self.window.get_size(), self.toggle_full_screen)
        self.event: Kiosk | None = None

    @property
    def shown(self) -> MainView | Kiosk:
        """What is in the window."""
        return self.event or self.main_view

    def run(self) -> None:
        """The loop. The first frame comes before the network is loaded."""
        if self.options.event:
            self.begin_event()
        self._guard(self.frame)
        self._guard(self.prepare)
        try:
            while not (self.stopped or self.shown.quitting):
                self.step()
        finally:
            self._service.stopping()
            self._guard(self.end_event)
            self._guard(partial(self.main_view.close, keeps_result=self.stopped))
            self.faults.close()
            self._service.close()
        self._keep_size()

    def stop(self) -> None:
        """End at the next turn of the loop, without a question: nobody may be there to answer it."""
        self.stopped = True

    def prepare(self) -> None:
        """Load what the first frame did not wait for: the network, and the drawing to open."""
        self.session.reader.use_network(self.options.network or self.session.settings.network)
        if self.event is not None:
            self.event.prepare()
        if self.options.drawing is not None:
            self.session.open(self.options.drawing)
        if self.options.class_mode:
            self.main_view.perform(Command.CLASS)

    def step(self) -> None:
        """One turn of the loop: events, a frame, and where it was asked for the change to the event mode or back."""
        if self._guard(self._turn):
            self._faults_in_a_row = 0

    def _turn(self) -> None:
        self.take_events()
        self.frame()
        self._note_live_fault()
        if self.main_view.event_wanted:
            self.begin_event()
        elif self.event is not None and self.event.over:
            self.end_event()

    # -- faults -------------------------------------------------------------------------------------------

    def _guard(self, act: Callable[[], None]) -> bool:
        """Do something; whether it went well. After a fault the program goes on."""
        try:
            act()
        except Exception as error:  # noqa: BLE001  whatever it is, the person's drawing must not be lost
            self.recover(error)
            return False
        return True

    def _note_live_fault(self) -> None:
        """Note what reading along broke off with; the screen stays, as there may be a pen on it."""
        fault = self.shown.session.reader.take_fault()
        if fault is not None and self.faults.write(fault):
            self.shown.context.warn("notice.fault", path=self.faults.path)

    def recover(self, error: Exception) -> None:
        """Note a fault in the log, say so, and go back to the first screen; ink, collection and settings stay.

        A fault that comes again with every frame slows the loop down, so that events are still taken and the
        processor is left alone.
        """
        self.faults.write(error)
        self._faults_in_a_row += 1
        self._event_failed = self._event_failed or self.event is not None
        self.window.set_clip(None)
        try:
            self.shown.context.warn("notice.fault", path=self.faults.path)
            self.shown.recover(again=self._faults_in_a_row > 1)
            self._show(self.shown.update_screens(0))
        except Exception as another:  # noqa: BLE001  the first screen itself cannot be drawn: at least say so
            self.faults.write(another)
            self.window.set_clip(None)
            self.shown.draw_notices(self.window)
            pygame.display.update()
        pygame.time.wait(min(FAULT_NAP * self._faults_in_a_row, LONGEST_FAULT_NAP))

    # -- a turn of the loop -------------------------------------------------------------------------------

    def take_events(self) -> None:
        """Hand on what hands and the system did; while nothing moves, wait until something happens."""
        events = pygame.event.get()
        if not events and not self.shown.moving:
            events = self.sleep()
        for event in events:
            if event.type in (pygame.WINDOWSIZECHANGED, pygame.VIDEORESIZE):
                self.follow_size()
            elif event.type == pygame.WINDOWEXPOSED:
                pygame.display.update()
            else:
                self._guard(partial(self.shown.take, event))

    @property
    def due(self) -> bool:
        """Whether there is something to do without any event."""
        return self.stopped or self.shown.due

    def sleep(self) -> list[pygame.event.Event]:
        """Wait until something happens, something is due or a training may have news; returns the events."""
        self._tidy()
        naps = 0
        training = self.main_view.training
        trains = training is not None and training.busy
        while not (events := pygame.event.get()) and not self.due:
            if self._faults_in_a_row < 2:  # else the first screen fails too: a new start may help
                self._service.loop_turned()
            if trains and naps == NAPS_IN_TRAINING:
                break
            pygame.time.wait(NAP if naps < 100 else LONG_NAP)
            naps += 1
        return events

    def _tidy(self) -> None:
        """Give free memory back, now that nothing moves; not in each short pause of a hand."""
        if self._clock() >= self._tidied + TIDY_AFTER:
            self._tidied = self._clock()
            give_back_holes()

    def frame(self) -> None:
        """Draw, then wait for the beat, then show: so pictures follow each other evenly, however long each one took."""
        shown = self.shown
        self.rate = FRAMES if self.event is None else self.event.frames
        self._follow_screens()
        if self.event is not None:
            self._show_pointer(shown=self.event.shows_pointer)
        damage = shown.update(self._passed)
        if damage:
            shown.draw(self.window, damage)
        self._passed = min(self._beat.tick(self.rate) / 1000, LONGEST_STEP)
        if damage:
            pygame.display.update(damage)
        self._service.loop_turned()

    def _show(self, damage: list[pygame.Rect]) -> None:
        self.shown.draw(self.window, damage)
        pygame.display.update(damage)

    def follow_size(self) -> None:
        """Lay everything out for the size that the window has now."""
        window = pygame.display.get_surface()
        if window is not None and window.get_size() != self.shown.size:
            self.window = window
            self.shown.resize(window.get_size())

    # -- the event mode -----------------------------------------------------------------------------------

    def begin_event(self) -> None:
        """Fill the screen for visitors, unless a size was asked for; the screen saver stays away."""
        self.main_view.event_wanted = False
        self.main_view.audio.close()
        if not self.full_screen and self.options.size is None:
            self.toggle_full_screen()
            self._filled_for_event = True
        self._saver_before = pygame.display.get_allow_screensaver()
        pygame.display.set_allow_screensaver(False)
        self.event = Kiosk(self.session, self.window.get_size(), np.random.default_rng(), self._clock, self._now)
        self.event.prepare()

    def _show_pointer(self, *, shown: bool) -> None:
        """Show the mouse's pointer, or one that is empty: hidden outright, it takes the touch along on some systems."""
        if shown != self._pointer_shown:
            self._pointer_shown = shown
            with suppress(pygame.error):  # a system without pointers
                pygame.mouse.set_cursor(pygame.SYSTEM_CURSOR_ARROW if shown else NO_POINTER)

    def _follow_screens(self) -> None:
        """Fit the display again when it was turned, or another one is there; nobody may be near to do it by hand."""
        screens = pygame.display.get_desktop_sizes()
        if not screens or screens == self._screens:
            return
        self._screens = screens
        size = self.window.get_size()
        if self.full_screen:
            self.window = pygame.display.set_mode((0, 0), pygame.FULLSCREEN)
        elif self.options.size is None and _fitted(size, screens) != size:
            self.window = pygame.display.set_mode(_fitted(size, screens), pygame.RESIZABLE)
        self.shown.resize(self.window.get_size())

    def end_event(self) -> None:
        """Back to the organiser's own window."""
        if self.event is None:
            return
        self.event.close()
        quitting = self.stopped or self.event.quitting
        self.event = None
        pygame.display.set_allow_screensaver(self._saver_before)
        self._show_pointer(shown=True)
        if self._filled_for_event and not quitting:
            self.toggle_full_screen()
        self._filled_for_event = False
        self.main_view.resize(self.window.get_size())
        if self._event_failed:
            self._event_failed = False
            self.session.context.warn("notice.fault", path=self.faults.path)

    def toggle_full_screen(self) -> None:
        """Fill the screen, or be a window of the size from before again."""
        self.full_screen = not self.full_screen
        if self.full_screen:
            self._windowed = self.window.get_size()
            self.window = pygame.display.set_mode((0, 0), pygame.FULLSCREEN)
        else:
            self.window = pygame.display.set_mode(self._windowed, pygame.RESIZABLE)
            if self.window.get_size() != self._windowed:
                # X11 first only leaves the full screen, and takes the size when it is asked again.
                self.window = pygame.display.set_mode(self._windowed, pygame.RESIZABLE)
        self.main_view.resize(self.window.get_size())

    def _open_window(self) -> pygame.Surface:
        if pygame.display.get_driver() == "x11":
            # SDL would pass each frame through OpenGL; without a graphics card that takes ten times as long.
            os.environ.setdefault("SDL_FRAMEBUFFER_ACCELERATION", "0")
        pygame.display.set_caption(self.session.context.messages("program"))
        pygame.display.set_icon(pygame.image.load(paths.ASSETS / "icons" / "digitpad.png"))
        pygame.key.set_repeat()
        if self.full_screen:
            return pygame.display.set_mode((0, 0), pygame.FULLSCREEN)
        return pygame.display.set_mode(self._windowed, pygame.RESIZABLE)

    def _window_size(self) -> tuple[int, int]:
        """The size from last time, or on a first start a comfortable one; with its frame no larger than the display."""
        width, height = size = self.session.settings.width, self.session.settings.height
        screens = pygame.display.get_desktop_sizes()
        if size == USUAL and screens and screens[0][1] >= 1400:
            times = screens[0][1] / 1400 * 1.25
            width, height = round(USUAL[0] * times), round(USUAL[1] * times)
        return _fitted((width, height), screens)

    def _keep_size(self) -> None:
        if not self.full_screen and self.options.size is None:
            size = self.window.get_size()
            settings = self.session.settings
            settings.width, settings.height = max(size[0], SMALLEST), max(size[1], SMALLEST)
            self.session.keep_settings()


def _fitted(size: tuple[int, int], screens: list[tuple[int, int]]) -> tuple[int, int]:
    """The size of a window, in pixels, that with its frame is no larger than the first display, if there is any."""
    if not screens:
        return size
    width, height = max(min(size[0], screens[0][0]), SMALLEST), min(size[1], screens[0][1] - BESIDES)
    return width, max(height, at_least((width, height))[1])
