"""Session: what is going on, apart from any screen: the ink, the network, its reading, the settings, the notices."""

from __future__ import annotations

import time
from pathlib import Path
from typing import TYPE_CHECKING

from app import paths
from app.canvas import page_files as files
from app.canvas.ink import BRUSHES, Ink
from app.messages import Messages
from app.session.corrections import Corrections
from app.store import networks
from app.store import settings as settings_file
from app.store.networks import LoadedNetwork
from app.store.settings import Settings
from app.ui.context import Context
from app.ui.theme import DARK, LIGHT
from model.pictures.pen import GrowingPicture
from model.reading.reader import Reader, Reading

if TYPE_CHECKING:
    from app.retraining.controller import TrainingController
    from app.retraining.options import RetrainOptions
    from model.pictures.drawing import Drawing
    from model.reading.number import Figure, Number

LIVE_GAP = 1 / 30  # seconds from one live reading to the next, at least
MOST_SPEEDS = 40
LIVE_SHARE = 4  # and this many times what a reading takes, so that drawing keeps most of the time


class Session:
    """All screens of a window share one. Nothing in it draws."""

    def __init__(self, settings: Settings, context: Context, *, reads_numbers: bool = False) -> None:
        """reads_numbers: whether a page may hold several digits; else all of it is taken for one."""
        self.settings = settings
        self.context = context
        self.ink = Ink()
        self.corrections = Corrections(self)
        self.erasing = False
        self.rests = False  # while a screen finds out beside the loop what the network says, so that no frame waits
        self.loaded: LoadedNetwork | None = None
        self.waiting_for_network = True
        self.reads_numbers = reads_numbers
        self.number: Number | None = None
        self.chosen = 0  # which of the number's figures `reading` is of
        self.reading: Reading | None = None
        self.training: TrainingController | None = None
        self.reader: Reader | None = None
        self.live_gap = LIVE_GAP
        self._read_at = -1  # the ink's revision that `reading` is of
        self._picture = GrowingPicture()
        self._glanced = False  # whether `reading` came of one look, at a drawing that grew
        self._answered_at = -1  # the revision that was read on request
        self._next_live = 0.0
        self._keeps_settings = True

    # -- what a screen shows ------------------------------------------------------------------------------

    @property
    def answered(self) -> bool:
        """Whether the page as it is now was read on request."""
        return self._answered_at == self.ink.revision and self.reading is not None

    @property
    def shown_reading(self) -> Reading | None:
        """The reading to show: of this page, or while live of a moment ago; None when there is none."""
        if self.ink.empty or self.reading is None:
            return None
        return self.reading if self.settings.live or self.answered else None

    @property
    def figures(self) -> tuple[Figure, ...]:
        """The figures of the number to show, two at least; none where one digit is shown, or nothing."""
        if self.shown_reading is None or self.number is None or len(self.number.figures) < 2:
            return ()
        return self.number.figures

    @property
    def chosen_drawing(self) -> Drawing:
        """The strokes that `reading` is of: all, or of a number those of the chosen digit."""
        if self.answered and self.number is not None and len(self.number.figures) > 1:
            return self.ink.to_drawing(self.number.figures[self.chosen].marks)
        return self.ink.to_drawing()

    # -- wishes -------------------------------------------------------------------------------------------

    def read(self) -> None:
        """Answer what the page shows; an empty page gives an invitation."""
        if self.ink.empty:
            self.context.say("notice.nothing_to_read")
            return
        if self.reader is None:
            if not self.waiting_for_network:
                self.context.warn("notice.no_network")
            return
        self.ink.end()
        if self._read_at != self.ink.revision or self._glanced:  # else live reading has done it
            self._read_page(self.reader)
        self._answered_at = self.ink.revision

    def choose_figure(self, place: int) -> None:
        """Look at this digit of the number, counted from 0."""
        if self.number is not None and place < len(self.number.figures):
            self.chosen = place
            self.reading = self.number.figures[place].reading

    def undo(self) -> None:
        """Take the last change back: what was told of the page, or else the last of the ink."""
        if not self.corrections.take_back() and not self.ink.undo():
            self.context.say("notice.nothing_to_undo")

    def redo(self) -> None:
        """Do again what was undone."""
        if not self.ink.redo():
            self.context.say("notice.nothing_to_redo")

    def clear(self) -> None:
        """Empty the page; undo brings it back."""
        self.ink.clear()

    def toggle_eraser(self) -> None:
        """Take the eraser in hand, or the pen again."""
        self.ink.end()
        self.erasing = not self.erasing
        self.context.note_change()

    def change_brush(self, steps: int) -> None:
        """Take a pen so many steps thicker, or thinner when negative."""
        place = BRUSHES.index(self.settings.brush) + steps
        self.settings.brush = BRUSHES[min(max(place, 0), len(BRUSHES) - 1)]
        self.erasing = False
        self.keep_settings()

    def toggle_live(self) -> None:
        """Turn live reading on or off."""
        self.settings.live = not self.settings.live
        self.keep_settings()

    def toggle_theme(self) -> None:
        """Light or dark."""
        self.context.theme = LIGHT if self.context.theme is DARK else DARK
        self.settings.theme = self.context.theme.name
        self.keep_settings()

    def choose_language(self, language: str) -> None:
        """Speak this language from now on, and the next time."""
        self.context.messages = Messages(language)
        self.settings.language = language
        self.context.notices.dismiss()  # they are in the other language
        self.tell_of_language()
        self.keep_settings()

    def tell_of_language(self) -> None:
        """Say where English stands in for texts of the language."""
        problem = self.context.messages.problem
        if problem is not None:
            key = "notice.language_broken" if problem.reason else "notice.language_partial"
            self.context.warn(key, path=problem.path, reason=problem.reason, count=problem.missing)

    def save(self) -> None:
        """Save the page as files, and say where they are."""
        if self.ink.empty:
            self.context.say("notice.nothing_to_save")
            return
        try:
            path = files.save_page(self.ink, paths.drawings_folder())
        except files.FileError as error:
            self.context.report("notice.not_saved", error)
            return
        self.context.say("notice.saved", path=path)

    def open(self, path: Path) -> bool:
        """Put a file's picture or first drawing on the page and read it. False, with a notice, when that fails."""
        try:
            opened = files.open_page(path)
        except files.FileError as error:
            self.context.report("notice.not_opened", error)
            return False
        self.ink.replace(opened.page)
        self.erasing = False
        if opened.count > 1:
            self.context.say("notice.first_of_many", name=path.name, count=opened.count)
        if self.ink.empty:
            self.context.say("notice.empty_drawing", name=path.name)
        elif self.reader is not None:
            self.read()
        return True

    def start_training(self, wishes: RetrainOptions) -> bool:
        """Train a network as wished, in a process of its own. False, with a notice, where that cannot be."""
        from app.retraining.controller import TrainingController

        if self.training is not None or self.loaded is None:
            self.context.say("notice.no_network" if self.loaded is None else "notice.busy_learning")
            return False
        task = wishes.task(self.loaded, self.corrections.collection)
        present = self.loaded
        if not wishes.from_nothing and wishes.source is not None and wishes.source != present.path:
            present = LoadedNetwork(wishes.source.stem, wishes.source, present.network)
        self.training = TrainingController(self, task, wishes.kind, present)
        self.context.note_change()
        return True

    def note_speed(self, kind: str, images: float) -> None:
        """Remember how many pictures a second this machine trains a kind of network on."""
        known = {name: speed for name, speed in self.settings.speeds.items() if name != kind}
        self.settings.speeds = dict([*known.items(), (kind, round(images, 1))][-MOST_SPEEDS:])
        self.keep_settings()

    def use_network(self, wanted: str | Path) -> None:
        """Read with another network from now on; where it cannot be used, with a shipped one, and a notice says so."""
        loaded, problems = networks.load(wanted)
        self.waiting_for_network = False
        self._tell(loaded, problems)
        if loaded is None:
            return
        self.adopt(loaded, Reader(loaded.network))

    def adopt(self, loaded: LoadedNetwork, reader: Reader) -> None:
        """Read with this network from now on, the page that is answered already at once."""
        self.waiting_for_network = False
        self.loaded = loaded
        self.reader = reader
        self._read_at = -1
        if self.answered:
            self.read()
        self.context.note_change()

    def read_with(self, reader: Reader) -> None:
        """Read with the newest weights of a network that learns; the page is read anew, and nothing else changes."""
        self.reader = reader
        if self.answered:
            self._read_page(reader)
        else:
            self._read_at = -1

    def choose_network(self, path: Path) -> None:
        """Use a network and remember it. While one is trained there is none to choose."""
        if self.training is not None:
            self.context.say("notice.busy_learning")
            return
        self.use_network(path)
        if self.loaded is not None:
            known = networks.find(self.loaded.name) == self.loaded.path
            self.settings.network = self.loaded.name if known else str(self.loaded.path)
            self.keep_settings()

    def update(self) -> None:
        """Follow a training, and read along with the pen, if that is on; never so often that drawing suffers."""
        if self.training is not None:
            self.training.update()
        if not self.is_behind:
            return
        now = time.perf_counter()
        if self.ink.empty:
            self._read_at, self._glanced, self.reading = self.ink.revision, False, None
        elif self.reader is not None and now >= self._next_live:
            self._read_page(self.reader.glance if self.ink.pen_down else self.reader)
            self._next_live = now + max(self.live_gap, LIVE_SHARE * (time.perf_counter() - now))

    @property
    def is_behind(self) -> bool:
        """Whether a live reading is still to come."""
        unread = self._read_at != self.ink.revision or (self._glanced and not self.ink.pen_down)
        return self.reader is not None and unread and self.settings.live and not self.rests

    def keep_settings(self) -> None:
        """Write the settings; a folder that cannot be written to is told once and is no hindrance."""
        self.context.note_change()
        if not self._keeps_settings:
            return
        try:
            settings_file.save(self.settings, paths.config_folder())
        except OSError as error:
            self._keeps_settings = False
            self.context.report("notice.settings_not_kept", error)

    def forget_settings(self) -> None:
        """Change no settings file from now on."""
        self._keeps_settings = False

    def _read_page(self, reader: Reader) -> None:
        page = self.ink.page
        if self.reads_numbers:
            self._read_number(reader)
        elif page.picture is not None:
            self.reading = reader.read_picture(page.picture)
        else:
            self.reading = reader.read_drawing(self.ink.to_drawing(), self._picture.of)
        self._read_at, self._glanced = self.ink.revision, reader is not self.reader

    def _read_number(self, reader: Reader) -> None:
        from model.reading.number_reader import read_number, read_numbers

        picture, before = self.ink.page.picture, self.number
        if picture is not None:
            self.number = read_number(reader, picture)
        else:
            (self.number,) = read_numbers(reader, [self.ink.to_drawing()])
        if before is None or len(before.figures) != len(self.number.figures):
            self.chosen = self.number.largest
        self.reading = self.number.reading
        self.choose_figure(self.chosen)

    def _tell(self, loaded: LoadedNetwork | None, problems: list[networks.Problem]) -> None:
        if loaded is None:
            self.context.warn("notice.no_network")
        elif problems:
            first = problems[0]
            self.context.warn("notice.other_network", name=first.name, reason=first.reason, other=loaded.name)
