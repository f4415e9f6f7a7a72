"""Gallery: "My drawings": what the person labelled, as a grid of pictures to look through, mend and take elsewhere."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import pygame

from app import paths
from app.canvas.thumbnails import Thumbnails
from app.dialogs.gallery_view import GalleryLayout, draw_gallery, gallery_layout
from app.dialogs.import_browser import ImportBrowser
from app.input import Key, Pointer
from app.ui.context import Context
from app.ui.controls import Control
from app.ui.dialog import Dialog
from app.ui.painter import Painter
from app.ui.screen import Action
from app.ui.scroller import Scroller

if TYPE_CHECKING:
    from app.store.collection import Collection, Entry

T = TypeVar("T")

DRAG = 8  # units that a press may wander before it scrolls
MISREAD = "misread"
ALL = "all"


class Gallery(Dialog):
    """Pictures of the collection, the newest first; `shown` are those that the filter lets through."""

    width, height = 1040.0, 680.0
    title = "gallery.title"

    def __init__(self, context: Context, collection: Collection | None) -> None:
        """collection: None where it cannot be read."""
        super().__init__(context)
        self.collection = collection
        self.filter = ALL
        self.chosen: Entry | None = None
        self.shown: list[Entry] = []
        self.grid: GalleryLayout
        self.scroller = Scroller()
        self.thumbnails = Thumbnails()
        self._revision = -1
        self._pressed_at: tuple[float, float] | None = None

    def refresh(self) -> None:
        """List the entries anew."""
        collection = self.collection
        self._revision = collection.revision if collection is not None else 0
        digit = int(self.filter) if self.filter.isdigit() else None
        self.shown = collection.chosen(digit, misread=self.filter == MISREAD) if collection is not None else []
        if not any(entry is self.chosen for entry in self.shown):
            self.chosen = None
        self.grid = gallery_layout(self.layout, len(self.shown))
        self.scroller.limit(self.grid.height - self.grid.area.height)
        super().refresh()

    def controls_now(self) -> list[Control]:
        """Filters, then the buttons at the foot; the pictures have the arrow keys and the pointer."""
        layout, collection = self.grid, self.collection
        items = [Control(f"filter {name}", rect) for name, rect in layout.filters.items()]
        filled = bool(self.shown)
        if self.chosen is not None:
            items += [Control(f"digit {digit}", rect) for digit, rect in enumerate(layout.digits)]
            items.append(Control("delete", layout.delete))
        else:
            items.append(Control("import", layout.tools["import"]))
            items.append(Control("export", layout.tools["export"], None, filled))
            items.append(Control("pictures", layout.tools["pictures"], None, filled))
        can_undo = collection is not None and collection.can_undo
        items.append(Control("undo", layout.undo, None, can_undo))
        return items

    # -- what hands do ------------------------------------------------------------------------------------

    def handle(self, signal: Pointer | Key) -> Action:
        """Scroll, choose a picture, or press a control."""
        if isinstance(signal, Key):
            return self._handle_key(signal)
        area = self.grid.area
        if signal.kind == "wheel":
            self.scroller.by(-signal.steps * self.grid.cell[1] * 0.75)
            return None
        if signal.kind == "down" and area.collidepoint(signal.place):
            self._pressed_at = signal.place
            self.scroller.hold(signal.place[1])
            self.controls.shows_focus = False
        elif signal.kind == "move" and self._pressed_at is not None:
            if abs(signal.place[1] - self._pressed_at[1]) > DRAG * self.layout.unit:
                self._pressed_at = (-1e6, -1e6)  # it is a drag: the press chooses nothing any more
            if self._pressed_at[0] < 0:
                self.scroller.drag(signal.place[1])
                self.changed = True
        elif signal.kind in ("up", "cancel") and self._pressed_at is not None:
            began, self._pressed_at = self._pressed_at, None
            self.scroller.let_go()
            if signal.kind == "up" and began[0] >= 0:
                index = self.grid.at(signal.place, self.scroller.place)
                self._choose(index if index is not None and index < len(self.shown) else None, toggle=True)
            return None
        return super().handle(signal)

    def _handle_key(self, key: Key) -> Action:
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
            return None
        if key.text.isdecimal() and key.text.isascii() and self.chosen is not None:
            self._relabel(int(key.text))
            return None
        acts = {
            pygame.K_DELETE: "delete",
            pygame.K_BACKSPACE: "delete",
            pygame.K_u: "undo",
            pygame.K_z: "undo",
            pygame.K_i: "import",
            pygame.K_x: "export",
            pygame.K_p: "pictures",
        }
        if key.code in acts:
            return self._act(acts[key.code])
        return super().handle(key)

    def _move(self, by: int) -> None:
        if not self.shown:
            return
        at = next((i for i, entry in enumerate(self.shown) if entry is self.chosen), None)
        if at is None:  # all the way goes to an end, and any shorter way begins at the first picture
            at = 0 if abs(by) >= len(self.shown) else -by
        self._choose(min(max(at + by, 0), len(self.shown) - 1))

    def _choose(self, index: int | None, toggle: bool = False) -> None:
        entry = None if index is None else self.shown[index]
        self.chosen = None if toggle and entry is self.chosen else entry
        if index is not None:
            top = index // self.grid.columns * self.grid.cell[1]
            self.scroller.show(top, top + self.grid.cell[1], self.grid.area.height)
        self.refresh()

    def press(self, control: Control | None) -> Action:
        """A filter, a digit, or a button at the foot."""
        if control is None or control.command is not None:
            return super().press(control)
        kind, _, value = control.name.partition(" ")
        if kind == "filter":
            self.filter = value
            self.scroller.to(0)
            self.refresh()
            return None
        if kind == "digit":
            self._relabel(int(value))
            return None
        return self._act(control.name)

    def _act(self, name: str) -> Action:
        if name == "delete" and self.chosen is not None:
            self._delete(self.chosen)
        elif name == "undo":
            self._try(lambda collection: collection.undo())
        elif name == "import":
            return ImportBrowser(self.context, self._import)
        elif name in ("export", "pictures") and self.shown:
            self._export(name == "pictures")
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
        at = next(i for i, other in enumerate(self.shown) if other is entry)
        self._try(lambda collection: collection.delete([entry]))
        if any(other is entry for other in self.shown):
            return  # it could not be done, and a notice says why
        self.context.say("notice.deleted")
        if self.shown:
            self._choose(min(at, len(self.shown) - 1))

    def _export(self, pictures: bool) -> None:
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
        from app.store.collection import CollectionError

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
        from app.store.collection import CollectionError

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

    # -- what it shows ------------------------------------------------------------------------------------

    @property
    def moving(self) -> bool:
        """While it scrolls or pictures are still to be made."""
        return self.scroller.moving or self.thumbnails.missing

    def update(self, seconds: float) -> list[pygame.Rect]:
        """Scroll on; the whole dialog, or the pictures alone."""
        collection = self.collection
        if collection is not None and collection.revision != self._revision:
            self.refresh()
        scrolled = self.scroller.update(seconds)
        damage = super().update(seconds)
        if not damage and (scrolled or self.thumbnails.missing):
            damage = [self.grid.area.inflate(round(16 * self.layout.unit), 0)]
        return damage

    def draw_content(self, painter: Painter) -> None:
        """Filters, pictures, buttons."""
        draw_gallery(painter, self)
