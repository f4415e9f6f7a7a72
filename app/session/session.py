"""Session: what a person works on, apart from any screen: the ink, what reads it, the settings."""

from __future__ import annotations

from collections.abc import Callable
from copy import deepcopy
from pathlib import Path
from typing import TYPE_CHECKING

from app import paths
from app.canvas import page_files
from app.canvas.ink import BRUSHES, Ink
from app.session.animations import Animations
from app.session.at_once import AtOnce
from app.session.corrections import Corrections
from app.session.live_reader import LiveReader
from app.store import networks
from app.store import settings as settings_file
from app.store.settings import Settings
from app.ui.context import Context
from app.ui.layout import ZOOMS, zoom_to
from app.ui.theme import theme_of

if TYPE_CHECKING:
    from model.training.at_once import Form


class Session:
    """All screens of a window share one. Nothing in it draws."""

    def __init__(
        self,
        settings: Settings,
        context: Context,
        *,
        reads_numbers: bool = False,
        knows: Callable[[], tuple[Form, ...]] | None = None,
    ) -> None:
        """reads_numbers: whether a page may hold several digits; else all of it is taken for one.

        knows: what networks have learnt at once to begin with; None for what is kept on the disk.
        """
        self.settings = settings
        self.context = context
        self.ink = Ink()
        self.reader = LiveReader(self.ink, settings, context, reads_numbers=reads_numbers)
        self.at_once = AtOnce(self.reader, settings, context, first=knows)
        self.corrections = Corrections(self.ink, self.reader, context, self.at_once)
        self.animations = Animations(context)
        self.erasing = False
        self._keeps_settings = True
        self._kept = deepcopy(settings)  # the settings as this window last read or wrote them

    def update(self) -> None:
        """Go on with all that goes on beside the loop: once a frame."""
        self.reader.update()
        if not self.ink.empty:
            self.at_once.prepare()
        self.at_once.update()
        self.animations.update()

    @property
    def due(self) -> bool:
        """Whether `update` has something to do without any event."""
        return self.animations.due or self.at_once.due

    # -- the page -----------------------------------------------------------------------------------------

    def undo(self) -> None:
        """Take the last change back: what was said of the page, or else the last of the ink."""
        if not self.corrections.take_back() and not self.ink.undo():
            self.context.say("notice.nothing_to_undo")

    def redo(self) -> None:
        """Do again what was undone."""
        if not self.ink.redo():
            self.context.say("notice.nothing_to_redo")

    def toggle_eraser(self) -> None:
        """Take the eraser in hand, or the pen again."""
        self.ink.end()
        self.erasing = not self.erasing
        self.context.note_change()

    def save(self) -> None:
        """Save the page as files, and say where they are."""
        if self.ink.empty:
            self.context.say("notice.nothing_to_save")
            return
        try:
            path = page_files.save_page(self.ink, paths.drawings_folder())
        except page_files.FileError as error:
            self.context.report("notice.not_saved", error)
            return
        self.context.say("notice.saved", path=path)

    def animate(self) -> None:
        """Save how the strokes on the page are read, as a moving picture; a notice says where it is."""
        if not self.ink.page.strokes:
            self.context.say("notice.nothing_to_animate")
        elif self.reader.current is None:
            self.context.warn("notice.no_network")
        else:
            self.ink.end()
            self.animations.save(self.reader.current, self.ink.to_drawing(), paths.drawings_folder())

    def open(self, path: Path) -> bool:
        """Put a file's picture or first drawing on the page and read it. False, with a notice, when that fails."""
        try:
            opened = page_files.open_page(path)
        except page_files.FileError as error:
            self.context.report("notice.not_opened", error)
            return False
        self.ink.replace(opened.page)
        self.erasing = False
        if opened.count > 1:
            self.context.say("notice.first_of_many", name=path.name, count=opened.count)
        if self.ink.empty:
            self.context.say("notice.empty_drawing", name=path.name)
        elif self.reader.ready:
            self.reader.read()
        return True

    # -- the settings -------------------------------------------------------------------------------------

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

    def toggle_at_once(self) -> None:
        """Let the network learn from corrections at once, or not; what it has learnt stays."""
        self.settings.learn_at_once = not self.settings.learn_at_once
        self.keep_settings()

    def toggle_theme(self) -> None:
        """Change between the light and the dark colours."""
        self.settings.theme = "light" if self.context.theme.is_dark else "dark"
        self._show_theme()

    def toggle_contrast(self) -> None:
        """Turn high contrast on or off."""
        self.settings.high_contrast = not self.settings.high_contrast
        self._show_theme()

    def _show_theme(self) -> None:
        self.context.theme = theme_of(self.settings.theme, high_contrast=self.settings.high_contrast)
        self.keep_settings()

    def toggle_motion(self) -> None:
        """Let bars and the like move on their way, or not."""
        self.settings.reduced_motion = self.context.calm = not self.settings.reduced_motion
        self.keep_settings()

    def toggle_hand(self) -> None:
        """Put the panel at the left of the paper for a left hand, or at the right again."""
        self.settings.left_handed = not self.settings.left_handed
        self.keep_settings()

    def toggle_sounds(self) -> None:
        """Let loss, certainty and pen be heard as tones, or not."""
        self.settings.sounds = not self.settings.sounds
        self.keep_settings()

    def toggle_voice(self) -> None:
        """Let answers be spoken, or not."""
        self.settings.voice = not self.settings.voice
        self.keep_settings()

    def next_text_size(self) -> None:
        """Show all one size larger; after the largest as usual again."""
        sizes = list(ZOOMS)
        self.settings.text_size = sizes[(sizes.index(self.settings.text_size) + 1) % len(sizes)]
        zoom_to(self.settings.text_size)
        self.keep_settings()

    def choose_language(self, language: str) -> None:
        """Show all texts in this language from now on, and the next time the program starts."""
        self.context.choose_language(language)
        self.settings.language = language
        self.keep_settings()

    def choose_network(self, path: Path) -> None:
        """Read with this network from now on, and the next time the program starts; with a notice where it is gone."""
        if not path.is_file():
            self.context.warn("notice.gone", name=path.name)
            return
        self.reader.use_network(path)
        used = self.reader.network
        if used is not None:
            self.settings.network = used.name if networks.find(used.name) == used.path else str(used.path)
            self.keep_settings()

    def keep_settings(self) -> None:
        """Write the settings. A folder that cannot be written to is reported once, and the program works on."""
        self.context.note_change()
        if not self._keeps_settings:
            return
        try:
            settings_file.save(self.settings, paths.config_folder(), self._kept)
        except OSError as error:
            self._keeps_settings = False
            self.context.report("notice.settings_not_kept", error)
        else:
            self._kept = deepcopy(self.settings)

    def forget_settings(self) -> None:
        """Change no settings file from now on."""
        self._keeps_settings = False
