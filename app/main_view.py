"""Main view: the drawing screen with its dialogs: the way from hands to wishes, and from wishes to acts."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

import pygame

from app.commands import DIGITS, Command, command_of
from app.dialogs.browser import Browser
from app.dialogs.gallery import Gallery
from app.dialogs.help import Help
from app.dialogs.language import LanguageDialog
from app.dialogs.menu import Menu
from app.dialogs.networks import NetworksDialog
from app.event.organiser import OrganiserForm
from app.input import Key, Pointer, PointerReader, read_key
from app.inside.screen import InsideScreen
from app.pad.pad import Pad
from app.retraining.controller import TrainingController, start_training
from app.retraining.form import RetrainForm
from app.retraining.options import RetrainOptions
from app.retraining.quit import QuitDialog
from app.retraining.result import ResultDialog
from app.session.session import Session
from app.ui.screen import Action, Screen
from app.ui.screen_stack import ScreenStack

# The dialogs that a command closes which opens one while none is up.
CLOSED_BY: dict[Command, tuple[type[Screen], ...]] = {
    Command.MENU: (Menu,),
    Command.OPEN: (Browser,),
    Command.COLLECTION: (Gallery,),
    Command.NETWORKS: (NetworksDialog,),
    Command.LANGUAGE: (LanguageDialog,),
    Command.HELP: (Help,),
    Command.INSIDE: (InsideScreen,),
    Command.RETRAIN: (RetrainForm, ResultDialog),
    Command.EVENT: (OrganiserForm,),
}


class MainView(ScreenStack):
    """All that is in the window. Knows no window: events go in, pictures come out."""

    def __init__(self, session: Session, size: tuple[int, int], toggle_full_screen: Callable[[], None]) -> None:
        self._training: TrainingController | None = None
        self.pad = Pad(session, lambda: self.training)
        self.session = session
        super().__init__(session.context, self.pad, size)
        self.quitting = False
        self.event_wanted = False  # whether the organiser has started the event mode
        self._pointers = PointerReader()
        self._acts: dict[Command, Callable[[], None]] = {
            Command.READ: session.reader.read,
            Command.UNDO: session.undo,
            Command.REDO: session.redo,
            Command.CLEAR: session.ink.clear,
            Command.ERASER: session.toggle_eraser,
            Command.THINNER: lambda: session.change_brush(-1),
            Command.THICKER: lambda: session.change_brush(1),
            Command.LIVE: session.toggle_live,
            Command.THEME: session.toggle_theme,
            Command.SAVE: session.save,
            Command.MENU: lambda: self.show(Menu(session)),
            Command.OPEN: lambda: self.show(Browser(self.context, session.open)),
            Command.COLLECTION: lambda: self.show(Gallery(self.context, session.corrections.collection)),
            Command.NETWORKS: lambda: self.show(NetworksDialog(self.context, session.reader, self._choose_network)),
            Command.LANGUAGE: lambda: self.show(LanguageDialog(self.context, session.choose_language)),
            Command.HELP: lambda: self.show(Help(self.context)),
            Command.INSIDE: lambda: self.show(InsideScreen(session, self._choose_network)),
            Command.RETRAIN: self._retrain,
            Command.EVENT: lambda: self.show(OrganiserForm(session, self._start_event)),
            Command.PAUSE: lambda: self._train(TrainingController.toggle_pause),
            Command.STEP: lambda: self._train(TrainingController.step),
            Command.STOP: lambda: self._train(TrainingController.stop),
            Command.RIGHT: session.corrections.confirm,
            Command.FULL_SCREEN: toggle_full_screen,
            Command.BACK: self.back,
            Command.QUIT: self.quit,
        }
        for digit, wish in enumerate(DIGITS):
            self._acts[wish] = partial(session.corrections.tell, digit)

    # -- from hands to wishes -----------------------------------------------------------------------------

    def take(self, event: pygame.event.Event) -> None:
        """Take one of pygame's events."""
        if event.type == pygame.QUIT:
            self.quit()
        elif event.type == pygame.DROPFILE:
            self.drop(Path(event.file))
        elif event.type in (pygame.KEYDOWN, pygame.KEYUP):
            self._take_key(read_key(event))
        else:
            pointer = self._pointers.read(event, self.size)
            if pointer is not None:
                self._take_pointer(pointer)

    def _take_key(self, key: Key) -> None:
        screen = self.screen
        wish = screen.handle(key)
        if wish is None and screen is self.screen and not self._kept_by_focus(key):
            command = command_of(key)
            wish = command if command is not None and screen.accepts(command) else None
        self._follow(wish)

    def _kept_by_focus(self, key: Key) -> bool:
        """Whether Enter belongs to the control with the focus, so that it does not also read."""
        controls = self.screen.controls
        enter = key.code in (pygame.K_RETURN, pygame.K_KP_ENTER)
        return enter and (bool(self.dialogs) or (controls.shows_focus and controls.focused not in (None, "canvas")))

    def _take_pointer(self, pointer: Pointer) -> None:
        if pointer.kind == "down" and self.hits_notice(pointer.place):
            self.context.notices.dismiss()
            return
        self._follow(self.screen.handle(pointer))

    def _follow(self, wish: Action) -> None:
        if isinstance(wish, Screen):
            self.show(wish)
        elif wish is not None:
            self.perform(wish)

    # -- from wishes to acts ------------------------------------------------------------------------------

    def perform(self, wish: Command) -> None:
        """Do what is wished. What a dialog's row wishes closes the dialog, except where one stays to see the change."""
        if self.dialogs and wish is not Command.BACK:
            if isinstance(self.screen, CLOSED_BY.get(wish, ())):
                self.back()
                return
            if wish not in (Command.LIVE, Command.THEME, Command.FULL_SCREEN, Command.QUIT):
                self.close_dialogs()
        self._acts[wish]()

    def drop(self, path: Path) -> None:
        """Open a file that was dropped on the window, unless the screen that is up takes it."""
        if self.screen.drop(path):
            return
        self.close_dialogs()
        self.session.open(path)

    @property
    def training(self) -> TrainingController | None:
        """The training that runs, or whose network waits for a decision."""
        return self._training if self._training is not None and not self._training.closed else None

    def start_training(self, options: RetrainOptions) -> bool:
        """Begin a training, one at a time. False, with a notice, where that cannot be."""
        if self.training is not None:
            self.context.say("notice.busy_learning")
            return False
        self._training = start_training(self.session, options)
        return self._training is not None

    def _choose_network(self, path: Path) -> None:
        """Read with another network. While one is trained there is none to choose."""
        if self.training is not None:
            self.context.say("notice.busy_learning")
        else:
            self.session.choose_network(path)

    def _retrain(self) -> None:
        """Ask what to train, or what to do with what was trained."""
        training = self.training
        if training is None:
            self.show(RetrainForm(self.session, self.start_training))
        elif training.result is not None:
            self.show(ResultDialog(self.context, training, training.result))
        else:
            self.context.say("notice.busy_learning")

    def _train(self, act: Callable[[TrainingController], None]) -> None:
        training = self.training
        if training is not None and training.busy:
            act(training)
        elif training is None:
            self.context.say("notice.nothing_trains")

    def _start_event(self) -> None:
        """Hand the window over to visitors, unless a training would go on behind them."""
        if self.training is not None:
            self.context.say("notice.busy_learning")
        else:
            self.event_wanted = True

    def back(self) -> None:
        """Close the uppermost dialog; without one, open the menu."""
        if self.dialogs:
            super().back()
        else:
            self.perform(Command.MENU)

    def quit(self) -> None:
        """End at the next turn of the loop; while a network learns or waits for a decision, ask first."""
        if self.training is None or isinstance(self.screen, QuitDialog):
            self.quitting = True
        else:
            self.show(QuitDialog(self.context, self.training, self._end))

    def _end(self) -> None:
        self.quitting = True

    def recover(self, *, again: bool) -> None:
        """Come back to the drawing screen after a fault."""
        self._pointers = PointerReader()
        self.session.reader.suspended = False
        super().recover(again=again)

    def close(self) -> None:
        """End what runs besides the window."""
        for dialog in self.dialogs:
            dialog.leave()
        if self.training is not None:
            self.training.close()

    # -- the loop's turn ----------------------------------------------------------------------------------

    @property
    def due(self) -> bool:
        """Whether there is something to do though nobody does anything."""
        return self.context.notices.due

    def update(self, seconds: float) -> list[pygame.Rect]:
        """Go on by so many seconds; returns the parts of the window that must be drawn anew."""
        if self.training is not None:
            self.training.update()
        self.session.reader.update()
        self.context.notices.update()
        self._show_result()
        return self.update_screens(seconds)

    def settle(self) -> None:
        """End all motion at once."""
        self.pad.settle()
        self.catch_up()

    def _show_result(self) -> None:
        """When a training has ended, ask what to do with its network, unless a hand is drawing or a dialog is up."""
        training = self.training
        free = not self.dialogs and not self.session.ink.busy
        if training is not None and training.unseen_result and free:
            training.unseen_result = False
            self._retrain()
