"""Main view: the drawing screen and its dialogs: events become commands, commands become actions.

    event -> Key or Pointer -> the uppermost screen's `handle` -> Command -> `MainView.perform` -> the table of actions

A key that the screen has no use for becomes a command by `app.commands.command_of`.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

import numpy as np
import pygame

from app.class_mode.chart import ClassChart
from app.class_mode.screen import ClassScreen
from app.commands import DIGITS, Command, command_of
from app.dialogs.at_once import AtOnceDialog
from app.dialogs.browser import Browser
from app.dialogs.ease import EaseDialog
from app.dialogs.gallery import Gallery
from app.dialogs.help import Help
from app.dialogs.language import LanguageDialog
from app.dialogs.menu import Menu
from app.dialogs.networks import NetworksDialog
from app.dialogs.trainings import TrainingsDialog
from app.event.organiser import OrganiserForm
from app.input import Key, Pointer
from app.inside.screen import InsideScreen
from app.pad.pad import Pad
from app.raising.screen import RaisingScreen
from app.retraining.controller import TrainingController, start_training
from app.retraining.form import RetrainForm
from app.retraining.options import RetrainOptions
from app.retraining.quit import QuitDialog
from app.retraining.result import ResultDialog
from app.session.session import Session
from app.sound.audio import Audio
from app.ui.screen import Screen
from app.ui.screen_stack import ScreenStack

# The dialogs of each command that opens one. Given while its dialog is up, the command closes it.
DIALOGS: dict[Command, tuple[type[Screen], ...]] = {
    Command.MENU: (Menu,),
    Command.OPEN: (Browser,),
    Command.COLLECTION: (Gallery,),
    Command.CLASS: (ClassScreen,),
    Command.CHART: (ClassChart,),
    Command.AT_ONCE: (AtOnceDialog,),
    Command.NETWORKS: (NetworksDialog,),
    Command.LANGUAGE: (LanguageDialog,),
    Command.EASE: (EaseDialog,),
    Command.HELP: (Help,),
    Command.INSIDE: (InsideScreen,),
    Command.RAISE: (RaisingScreen,),
    Command.RETRAIN: (RetrainForm, ResultDialog),
    Command.TRAININGS: (TrainingsDialog,),
    Command.EVENT: (OrganiserForm,),
}


# Commands that leave a dialog up, so that one sees the change behind it; all others close it first.
KEEPS_DIALOGS = (Command.FORGET, Command.LIVE, Command.THEME, Command.FULL_SCREEN, Command.QUIT)


class MainView(ScreenStack):
    """What the window shows outside the event mode. It knows no window: events go in, pictures come out.

    quitting: whether the program is to end; event_wanted: whether the organiser has started the event mode.
    """

    def __init__(
        self,
        session: Session,
        size: tuple[int, int],
        toggle_full_screen: Callable[[], None],
        audio: Audio | None = None,
    ) -> None:
        """size: width and height of the window in pixels."""
        self._training: TrainingController | None = None
        self.pad = Pad(session, lambda: self.training)
        self.session = session
        self.audio = audio or Audio(session)
        self._class_screen = ClassScreen(session, np.random.default_rng())
        super().__init__(session.context, self.pad, size)
        self.quitting = False
        self.event_wanted = False
        self._toggle_full_screen = toggle_full_screen
        self._actions = (
            self._page_actions() | self._dialog_actions() | self._training_actions() | self._window_actions()
        )

    # -- command -> action --------------------------------------------------------------------------------

    def _page_actions(self) -> dict[Command, Callable[[], None]]:
        session = self.session
        corrections = session.corrections
        return {
            Command.READ: self._read,
            Command.UNDO: session.undo,
            Command.REDO: session.redo,
            Command.CLEAR: session.ink.clear,
            Command.ERASER: session.toggle_eraser,
            Command.THINNER: lambda: session.change_brush(-1),
            Command.THICKER: lambda: session.change_brush(1),
            Command.LIVE: session.toggle_live,
            Command.SAVE: session.save,
            Command.ANIMATE: session.animate,
            Command.RIGHT: corrections.confirm,
            Command.FORGET: session.at_once.forget_last,
            **{command: partial(corrections.label, digit) for digit, command in enumerate(DIGITS)},
        }

    def _dialog_actions(self) -> dict[Command, Callable[[], None]]:
        session, context = self.session, self.context
        return {
            Command.MENU: lambda: self.show(Menu(session)),
            Command.OPEN: lambda: self.show(Browser(context, session.open)),
            Command.COLLECTION: lambda: self.show(Gallery(context, session.corrections.collection)),
            Command.CLASS: lambda: self.show(self._class_screen),
            Command.CHART: lambda: self.show(ClassChart(session)),
            Command.AT_ONCE: lambda: self.show(AtOnceDialog(session)),
            Command.NETWORKS: lambda: self.show(NetworksDialog(context, session.reader, self._choose_network)),
            Command.LANGUAGE: lambda: self.show(LanguageDialog(context, session.choose_language)),
            Command.EASE: lambda: self.show(EaseDialog(session)),
            Command.HELP: lambda: self.show(Help(context)),
            Command.TRAININGS: lambda: self.show(TrainingsDialog(context)),
            Command.INSIDE: lambda: self.show(InsideScreen(session, self._choose_network)),
            Command.RAISE: self._raise,
            Command.EVENT: lambda: self.show(OrganiserForm(session, self._start_event)),
            Command.BACK: self.back,
        }

    def _training_actions(self) -> dict[Command, Callable[[], None]]:
        return {
            Command.RETRAIN: self._retrain,
            Command.PAUSE: lambda: self._control_training(TrainingController.toggle_pause),
            Command.STEP: lambda: self._control_training(TrainingController.step),
            Command.STOP: lambda: self._control_training(TrainingController.stop),
        }

    def _window_actions(self) -> dict[Command, Callable[[], None]]:
        return {
            Command.THEME: self.session.toggle_theme,
            Command.FULL_SCREEN: self._toggle_full_screen,
            Command.QUIT: self.quit,
        }

    def perform(self, command: Command) -> None:
        """Do what a command asks. It closes open dialogs first, but for those of KEEPS_DIALOGS."""
        if self.dialogs and command is not Command.BACK:
            if isinstance(self.screen, DIALOGS.get(command, ())):
                self.back()
                return
            if command not in KEEPS_DIALOGS:
                self.close_dialogs()
        self._actions[command]()

    def _read(self) -> None:
        """Read the page; an answer that stands already is said again."""
        self.session.reader.read()
        self.audio.repeat("answer")

    # -- event -> command ---------------------------------------------------------------------------------

    def take(self, event: pygame.event.Event) -> None:
        """Take one of pygame's events; those that are none of a key, a pointer, a file or the window's end are left."""
        if event.type == pygame.QUIT:
            self.quit()
        elif event.type == pygame.DROPFILE:
            self.drop(Path(event.file))
        else:
            self.take_input(event)

    def take_key(self, key: Key) -> None:
        """Give a key to the screen that is up, or do what it is for everywhere."""
        if key.down:
            self.audio.hush()
        screen = self.screen
        action = screen.handle(key)
        if action is None and screen is self.screen and not self._kept_by_focus(key):
            command = command_of(key)
            action = command if command is not None and screen.accepts(command) else None
        self.follow(action)

    def _kept_by_focus(self, key: Key) -> bool:
        """Whether Enter belongs to the control with the focus, so that it does not also read."""
        controls = self.screen.controls
        enter = key.code in (pygame.K_RETURN, pygame.K_KP_ENTER)
        return enter and (bool(self.dialogs) or (controls.shows_focus and controls.focused not in (None, "canvas")))

    def take_pointer(self, pointer: Pointer) -> None:
        """Give a pointer to the screen that is up; a press on a notice takes all notices away."""
        if pointer.kind == "down" and self.hits_notice(pointer.place):
            offered = self.offered_at(pointer.place)
            self.context.notices.dismiss()
            if offered is not None:
                self.perform(offered)
            return
        self.follow(self.screen.handle(pointer))

    def drop(self, path: Path) -> None:
        """Open a file that was dropped on the window, unless the screen that is up takes it."""
        if self.screen.drop(path):
            return
        self.close_dialogs()
        self.session.open(path)

    # -- training -----------------------------------------------------------------------------------------

    @property
    def training(self) -> TrainingController | None:
        """The training that runs, or whose network waits for a decision."""
        return self._training if self._training is not None and not self._training.closed else None

    def start_training(self, options: RetrainOptions) -> bool:
        """Start a training, one at a time. False, with a notice, while one runs or where there is no network."""
        if self.training is not None:
            self.context.say("notice.busy_learning")
            return False
        self._training = start_training(self.session, options)
        return self._training is not None

    def _choose_network(self, path: Path) -> None:
        """Read with another network; a notice refuses while one is trained."""
        if self.training is not None:
            self.context.say("notice.busy_learning")
        else:
            self.session.choose_network(path)

    def _retrain(self) -> None:
        """Show the retrain form, or the result of the training that has ended."""
        training = self.training
        if training is None:
            self.show(RetrainForm(self.session, self.start_training))
        elif training.result is not None:
            self.show(ResultDialog(self.context, training, training.result))
        else:
            self.context.say("notice.busy_learning")

    def _raise(self) -> None:
        """Let a network be raised from nothing, unless one is trained: both would be slow."""
        if self.training is not None:
            self.context.say("notice.busy_learning")
        else:
            self.show(RaisingScreen(self.session))

    def _control_training(self, control: Callable[[TrainingController], None]) -> None:
        """Pause, step or stop the training that runs; a notice where none does."""
        training = self.training
        if training is not None and training.busy:
            control(training)
        elif training is None:
            self.context.say("notice.nothing_trains")

    def _start_event(self) -> None:
        """Start the event mode, unless a training would go on behind the visitors."""
        if self.training is not None:
            self.context.say("notice.busy_learning")
        else:
            self.event_wanted = True

    # -- the window ---------------------------------------------------------------------------------------

    def back(self) -> None:
        """Close the uppermost dialog; without one, open the menu."""
        if self.dialogs:
            super().back()
        else:
            self.perform(Command.MENU)

    def quit(self) -> None:
        """End at the next turn of the loop; while a network is trained or waits for a decision, ask first."""
        if self.training is None or isinstance(self.screen, QuitDialog):
            self.quitting = True
        else:
            self.show(QuitDialog(self.context, self.training, self._end))

    def _end(self) -> None:
        self.quitting = True

    def recover(self, *, again: bool) -> None:
        """Come back to the drawing screen after a fault."""
        self.session.reader.suspended = False
        super().recover(again=again)

    def close(self, *, keeps_result: bool = False) -> None:
        """End the work of open screens and the training process.

        keeps_result: whether a new network that nobody could decide about is kept beside the others.
        """
        self.audio.close()
        for dialog in self.dialogs:
            dialog.leave()
        self.session.at_once.close()
        if self.training is not None:
            if keeps_result:
                self.training.set_aside()
            self.training.close()

    # -- the loop's turn ----------------------------------------------------------------------------------

    @property
    def due(self) -> bool:
        """Whether there is something to do without any event."""
        return self.context.notices.due or self.session.due or self.audio.due

    def update(self, seconds: float) -> list[pygame.Rect]:
        """Go on by so many seconds; returns the parts of the window, in pixels, that must be drawn again."""
        if self.training is not None:
            self.training.update()
        self.session.at_once.paused = self.training is not None
        self.session.update()
        self.context.notices.update()
        self._show_result()
        damage = self.update_screens(seconds)
        self.audio.update(self.screen, self._advance)
        return damage

    @property
    def _advance(self) -> tuple[int, float] | None:
        """The newest step of the training that runs, and its loss."""
        advances = self.training.process.advances if self.training is not None and self.training.busy else ()
        return (advances[-1].step, advances[-1].loss) if advances else None

    def settle(self) -> None:
        """End all motion at once."""
        self.pad.settle()
        self.catch_up()

    def _show_result(self) -> None:
        """Show the result of a training that has ended, unless a stroke is being drawn or a dialog is up."""
        training = self.training
        free = not self.dialogs and not self.session.ink.busy
        if training is not None and training.unseen_result and free:
            training.unseen_result = False
            self._retrain()
