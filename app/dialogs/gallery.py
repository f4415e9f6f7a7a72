"""Gallery: "My drawings": what the person labelled, as a grid of pictures to look through, mend and take elsewhere."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import pygame

from app import paths
from app.canvas.thumbnails import Thumbnails
from app.dialogs.browser import ImportBrowser
from app.dialogs.gallery_view import (
    ALL,
    MISREAD,
    Filter,
    GalleryContent,
    GalleryLayout,
    GalleryTool,
    GalleryView,
    entry_text,
    gallery_layout,
)
from app.input import Key, Pointer
from app.ui.context import Context
from app.ui.controls import Control
from app.ui.dialog import Dialog
from app.ui.heard import Heard, sentences
from app.ui.painter import Painter
from app.ui.screen import Action

if TYPE_CHECKING:
    from app.store.collection import Collection
    from app.store.entry import Entry

WHEEL = 0.75  # of a row of pictures: what a notch of the wheel moves

T = TypeVar("T")

KEYS = {
    pygame.K_DELETE: GalleryTool.DELETE,
    pygame.K_BACKSPACE: GalleryTool.DELETE,
    pygame.K_u: GalleryTool.UNDO,
    pygame.K_z: GalleryTool.UNDO,
    pygame.K_i: GalleryTool.IMPORT,
    pygame.K_x: GalleryTool.EXPORT,
    pygame.K_p: GalleryTool.PICTURES,
}


@dataclass(frozen=True)
class Relabel:
    """The value of a digit's control at the foot."""

    digit: int


@dataclass(frozen=True)
class ShowOnly:
    """The value of a filter's control."""

    filter: Filter


class Gallery(Dialog):
    """Pictures of the collection, the newest first; `shown` are those that the filter lets through."""

    width, height = 1040.0, 680.0
    title = "gallery.title"

    def __init__(self, context: Context, collection: Collection | None) -> None:
        """collection: None where it cannot be read."""
        super().__init__(context)
        self.collection = collection
        self.filter: Filter = ALL
        self.chosen: Entry | None = None
        self.shown: list[Entry] = []
        self.grid: GalleryLayout
        self.thumbnails = Thumbnails()
        self._revision = -1

    def enter(self, size: tuple[int, int]) -> None:
        """Come up, with what other windows have done to the collection."""
        from app.store.collection_file import CollectionError

        if self.collection is not None:
            try:
                self.collection.follow()
            except CollectionError as error:
                self.context.report("notice.no_collection", error)
        super().enter(size)

    def refresh(self) -> None:
        """List the entries that the filter lets through."""
        collection = self.collection
        self._revision = collection.revision if collection is not None else 0
        digit = self.filter if isinstance(self.filter, int) else None
        self.shown = collection.chosen(digit, misread=self.filter == MISREAD) if collection is not None else []
        if self._index_of(self.chosen) is None:
            self.chosen = None
        self.grid = gallery_layout(self.layout, len(self.shown))
        self.scroller.fit(self.grid.area, self.grid.height, self.layout.unit, WHEEL * self.grid.cell[1])
        super().refresh()

    def _index_of(self, wanted: Entry | None) -> int | None:
        return next((index for index, entry in enumerate(self.shown) if entry is wanted), None)

    def controls_now(self) -> list[Control]:
        """Filters, then the buttons at the foot; the pictures have the arrow keys and the pointer."""
        layout, collection = self.grid, self.collection
        items = [Control(f"filter {which}", rect, value=ShowOnly(which)) for which, rect in layout.filters.items()]
        if self.chosen is not None:
            items += [Control(f"digit {d}", rect, value=Relabel(d)) for d, rect in enumerate(layout.digits)]
            tools = {GalleryTool.DELETE: True}
        else:
            tools = {
                GalleryTool.IMPORT: True,
                GalleryTool.EXPORT: bool(self.shown),
                GalleryTool.PICTURES: bool(self.shown),
            }
        tools[GalleryTool.UNDO] = collection is not None and collection.can_undo
        items += [Control(tool.value, layout.tools[tool], None, enabled, tool) for tool, enabled in tools.items()]
        return items

    # -- what hands do ------------------------------------------------------------------------------------

    def handle_pointer(self, pointer: Pointer) -> Action:
        """Choose a picture, scroll, or press a control."""
        self._follow_collection()
        scroller = self.scroller
        if pointer.kind == "up" and scroller.held and not scroller.dragging:
            index = self.grid.at(pointer.place, scroller.place)
            self._choose(index if index is not None and index < len(self.shown) else None, toggle=True)
        return super().handle_pointer(pointer)

    def handle_key(self, key: Key) -> Action:
        """Arrows go from picture to picture, a digit relabels the chosen one, letters use the tools."""
        self._follow_collection()
        if not key.down or (key.ctrl and key.code != pygame.K_z):
            return None
        columns = self.grid.columns
        page = max(1, self.grid.area.height // self.grid.cell[1]) * columns
        moves = {
            pygame.K_LEFT: -1,
            pygame.K_RIGHT: 1,
            pygame.K_UP: -columns,
            pygame.K_DOWN: columns,
            pygame.K_PAGEUP: -page,
            pygame.K_PAGEDOWN: page,
            pygame.K_HOME: -len(self.shown),
            pygame.K_END: len(self.shown),
        }
        if key.code in moves:
            self._move(moves[key.code])
        elif key.text.isdecimal() and key.text.isascii() and self.chosen is not None:
            self._relabel(int(key.text))
        elif key.code in KEYS:
            return self._use(KEYS[key.code])
        else:
            return super().handle_key(key)
        return None

    def _move(self, by: int) -> None:
        if not self.shown:
            return
        at = self._index_of(self.chosen)
        if at is None:  # all the way goes to an end, and any shorter way begins at the first picture
            at = 0 if abs(by) >= len(self.shown) else -by
        self._choose(min(max(at + by, 0), len(self.shown) - 1))

    def _choose(self, index: int | None, *, toggle: bool = False) -> None:
        entry = None if index is None else self.shown[index]
        self.chosen = None if toggle and entry is self.chosen else entry
        if index is not None:
            top = index // self.grid.columns * self.grid.cell[1]
            self.scroller.show(top, top + self.grid.cell[1])
        self.refresh()

    def press(self, control: Control | None) -> Action:
        """A filter, a digit, or a tool at the foot."""
        match control.value if control is not None else None:
            case ShowOnly(filter=which):
                self.filter = which
                self.scroller.to(0)
                self.refresh()
            case Relabel(digit=digit):
                self._relabel(digit)
            case GalleryTool() as tool:
                return self._use(tool)
            case _:
                return super().press(control)
        return None

    def _use(self, tool: GalleryTool) -> Action:
        if tool is GalleryTool.DELETE and self.chosen is not None:
            self._delete(self.chosen)
        elif tool is GalleryTool.UNDO:
            self._try(lambda collection: collection.undo())
        elif tool is GalleryTool.IMPORT:
            return ImportBrowser(self.context, self._import)
        elif tool in (GalleryTool.EXPORT, GalleryTool.PICTURES) and self.shown:
            self._export(pictures=tool is GalleryTool.PICTURES)
        return None

    # -- what is done to the collection -------------------------------------------------------------------

    def _relabel(self, digit: int) -> None:
        entry = self.chosen
        if entry is None or entry.digit == digit:
            return
        changed = self._try(lambda collection: collection.relabel([entry], digit))
        if changed:
            self.chosen = changed[0]
            self.refresh()
            self.context.say("notice.relabelled", digit=digit)

    def _delete(self, entry: Entry) -> None:
        at = self._index_of(entry)
        self._try(lambda collection: collection.delete([entry]))
        if self._index_of(entry) is not None:
            return  # it could not be done, and a notice says why
        self.context.say("notice.deleted")
        if self.shown and at is not None:
            self._choose(min(at, len(self.shown) - 1))

    def _export(self, *, pictures: bool) -> None:
        folder = paths.drawings_folder()
        stem = datetime.now().strftime("my-drawings-%Y-%m-%d-%H%M%S")
        path = folder / stem if pictures else folder / f"{stem}.ndjson"
        oldest_first = self.shown[::-1]

        def export(collection: Collection) -> int:
            if pictures:
                return collection.export_pictures(path, oldest_first)
            folder.mkdir(parents=True, exist_ok=True)
            return collection.export(path, oldest_first)

        count = self._try(export)
        if count:
            self.context.say("notice.exported", count=count, path=path)

    def drop(self, path: Path) -> bool:
        """Import a file of drawings."""
        if path.suffix.lower() not in (".ndjson", ".jsonl", ".json"):
            return False
        self._import(path)
        return True

    def _import(self, path: Path) -> bool:
        """Take the labelled drawings of a file into the collection, and say how many. False when that fails."""
        from app.store.collection_file import CollectionError

        if self.collection is None:
            return False
        try:
            taken = self.collection.import_file(path)
        except (CollectionError, OSError) as error:
            self.context.report("notice.not_imported", error)
            return False
        left = taken.there + taken.empty + taken.unlabelled
        key = "notice.imported_none" if not taken.added else "notice.imported_some" if left else "notice.imported"
        self.context.say(key, count=taken.added, left=left, name=path.name)
        self.context.note_change()
        return True

    def _try(self, act: Callable[[Collection], T]) -> T | None:
        """Do something to the collection; None, with a notice that says why, when it fails."""
        from app.store.collection_file import CollectionError

        collection = self.collection
        if collection is None:
            return None
        try:
            return act(collection)
        except (CollectionError, OSError) as error:
            self.context.report("notice.not_kept", error)
            return None
        finally:
            self.refresh()

    # -- what it says and shows ---------------------------------------------------------------------------

    @property
    def heard(self) -> Heard:
        """The picture that is chosen, or how many there are."""
        messages, entry = self.context.messages, self.chosen
        if entry is None:
            text = messages("gallery.all", count=len(self.shown)) if self.shown else messages("gallery.empty")
        else:
            place = messages("spoken.place", place=self.shown.index(entry) + 1, count=len(self.shown))
            text = sentences((entry_text(entry, messages), place))
        return Heard({**super().heard.texts, "picture": text})

    def label_of(self, control: Control) -> str:
        """What stands on a filter, digit or tool."""
        messages = self.context.messages
        match control.value:
            case ShowOnly(filter=int(digit)):
                return str(digit)
            case ShowOnly(filter=which):
                return messages(f"gallery.{which}", count=sum(self._counts))
            case Relabel(digit=digit):
                return f"{messages('gallery.it_is')} {digit}"
            case GalleryTool.UNDO:
                return messages("button.undo")
            case GalleryTool() as tool:
                return messages(f"gallery.{tool.value}")
        return super().label_of(control)

    @property
    def _counts(self) -> list[int]:
        return self.collection.counts() if self.collection is not None else [0] * 10

    @property
    def moving(self) -> bool:
        """While it scrolls or pictures are still to be made."""
        return super().moving or self.thumbnails.missing

    def _follow_collection(self) -> None:
        """Show what the collection holds now, where that has changed: what is not there any more is not chosen."""
        if self.collection is not None and self.collection.revision != self._revision:
            self.refresh()

    def update(self, seconds: float) -> list[pygame.Rect]:
        """Scroll on; the whole dialog, or the pictures alone."""
        self._follow_collection()
        if self.thumbnails.missing:
            self.damage.add(self.scroller.damage)
        return super().update(seconds)

    def draw_content(self, painter: Painter) -> None:
        """Filters, pictures, buttons."""
        content = GalleryContent(self.shown, self.chosen, self.filter, self._counts)
        GalleryView(painter, self.grid, self.controls, self.context.messages).draw(
            content, self.scroller, self.thumbnails
        )
