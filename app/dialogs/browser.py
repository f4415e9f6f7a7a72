"""Browser: opening a picture or a drawing from a folder, without the system's own dialog, which pygame cannot call."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pygame

from app import paths
from app.canvas import page_files as files
from app.commands import Command
from app.input import Key, Pointer
from app.ui.context import Context
from app.ui.list_dialog import ListDialog, Row


class Browser(ListDialog):
    """The folders and files of one folder; starts among the saved drawings, or at home where there are none."""

    title = "browser.title"
    width = 720
    kinds: tuple[str, ...] = files.DRAWINGS + files.PICTURES

    def __init__(self, context: Context, take: Callable[[Path], bool]) -> None:
        """take: does what the browser is for with a file; False, with a notice, when that fails."""
        super().__init__(context)
        self._take = take
        saved = paths.drawings_folder()
        self.folder = saved if saved.is_dir() else Path.home()
        self._entries: dict[str, files.Entry] = {}

    def list_rows(self) -> list[Row]:
        """The way up, the saved drawings, folders, files."""
        messages = self.context.messages
        self.foot = str(self.folder)
        try:
            entries = files.entries(self.folder, self.kinds)
        except files.FileError as error:
            self.context.report("notice.error", error)
            entries = []
        saved = paths.drawings_folder()
        self._entries = {str(entry.path): entry for entry in entries}
        rows = []
        if self.folder.parent != self.folder:
            self._entries[".."] = files.Entry(self.folder.parent, True)
            rows.append(Row("..", f"←  {messages('browser.up')}", self.folder.parent.name))
        if saved.is_dir() and saved != self.folder and str(saved) not in self._entries:
            self._entries[str(saved)] = files.Entry(saved, True)
            rows.append(Row(str(saved), f"→  {messages('browser.saved')}", messages("browser.folder")))
        for entry in entries:
            detail = messages("browser.folder") if entry.is_folder else messages(_kind(entry.path))
            label = f"→  {entry.path.name}" if entry.is_folder else entry.path.name
            rows.append(Row(str(entry.path), label, detail))
        if not entries:
            rows.append(Row("nothing", messages("browser.nothing"), enabled=False, quiet=True))
        return rows

    def choose(self, row: Row) -> Command | None:
        """Go into a folder, or open a file and close."""
        entry = self._entries.get(row.name)
        if entry is None:
            return None
        if not entry.is_folder:
            return Command.BACK if self._take(entry.path) else None
        before, self.folder = self.folder, entry.path
        self._scroll = 0.0
        self.refresh()
        shown = self.controls.shows_focus
        names = [r.name for r in self.rows if r.enabled]
        self.controls.focused = str(before) if str(before) in names else (names[0] if names else None)
        self.controls.shows_focus = shown
        self._follow_focus()
        return None

    def handle(self, signal: Pointer | Key) -> Command | None:
        """As every dialog; Backspace goes up."""
        if isinstance(signal, Key) and signal.down and signal.code == pygame.K_BACKSPACE:
            up = next((row for row in self.rows if row.name == ".."), None)
            return self.choose(up) if up else None
        return super().handle(signal)

    def accepts(self, command: Command) -> bool:
        """Letters are no wishes here."""
        return command in (Command.BACK, Command.FULL_SCREEN, Command.QUIT)


def _kind(path: Path) -> str:
    return "browser.drawing" if path.suffix.lower() in files.DRAWINGS else "browser.picture"
