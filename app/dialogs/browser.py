"""Browser: opening or importing a file from a folder, without the system's own dialog, which pygame cannot call."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pygame

from app import paths
from app.canvas import page_files as files
from app.canvas.page_files import FolderEntry
from app.commands import Command
from app.input import Key
from app.ui.context import Context
from app.ui.list_dialog import ListDialog, Row
from app.ui.screen import Action

UP = ".."  # the name of the row for the folder above


class Browser(ListDialog[FolderEntry]):
    """The folders and files of one folder; starts among the saved drawings, or at home where there are none."""

    title = "browser.title"
    width = 720.0
    kinds: tuple[str, ...] = files.DRAWINGS + files.PICTURES

    def __init__(self, context: Context, take: Callable[[Path], bool]) -> None:
        """take: does what the browser is for with a file; False, with a notice, when that fails."""
        super().__init__(context)
        self._take = take
        saved = paths.drawings_folder()
        self.folder = saved if saved.is_dir() else Path.home()

    def list_rows(self) -> list[Row[FolderEntry]]:
        """The folder above, the saved drawings, folders, files."""
        messages = self.context.messages
        self.note = str(self.folder)
        try:
            entries = files.entries(self.folder, self.kinds)
        except files.FileError as error:
            self.context.report("notice.error", error)
            entries = []
        saved, above = paths.drawings_folder(), self.folder.parent
        rows = []
        if above != self.folder:
            rows.append(Row(UP, f"←  {messages('browser.up')}", FolderEntry(above, is_folder=True), above.name))
        if saved.is_dir() and saved != self.folder and saved not in [entry.path for entry in entries]:
            label = f"→  {messages('browser.saved')}"
            rows.append(Row(str(saved), label, FolderEntry(saved, is_folder=True), messages("browser.folder")))
        rows += [self._row(entry) for entry in entries]
        if not entries:
            nothing = FolderEntry(self.folder, is_folder=True)
            rows.append(Row("nothing", messages("browser.nothing"), nothing, enabled=False, quiet=True))
        return rows

    def _row(self, entry: FolderEntry) -> Row[FolderEntry]:
        name = entry.path.name
        if entry.is_folder:
            kind, label = "folder", f"→  {name}"
        else:
            kind, label = "drawing" if entry.path.suffix.lower() in files.DRAWINGS else "picture", name
        return Row(str(entry.path), label, entry, self.context.messages(f"browser.{kind}"))

    def choose(self, value: FolderEntry) -> Action:
        """Go into a folder, or open a file and close. Where the file is gone a notice says so, and the list is new."""
        if value.is_folder:
            self._enter(value.path)
        elif self._take(value.path):
            return Command.BACK
        elif not value.path.exists():
            self.refresh()
        return None

    def _enter(self, folder: Path) -> None:
        before, self.folder = self.folder, folder
        self.scroller.jump(0)
        self.refresh()
        names = [row.name for row in self.rows if row.enabled]
        self.controls.focused = str(before) if str(before) in names else (names[0] if names else None)
        self.follow_focus()

    def accepts(self, command: Command) -> bool:
        """Letters are no commands among the names of files."""
        return command in (Command.BACK, Command.FULL_SCREEN, Command.QUIT)

    def handle_key(self, key: Key) -> Action:
        """Backspace goes up, other keys do what they do in every list."""
        if key.code != pygame.K_BACKSPACE:
            return super().handle_key(key)
        if key.down and self.folder.parent != self.folder:
            self._enter(self.folder.parent)
        return None


class ImportBrowser(Browser):
    """The same for drawings alone, which go to the collection."""

    title = "import.title"
    kinds = files.DRAWINGS
