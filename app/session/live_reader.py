"""Live reader: ink in, reading out: with which network the page is read, when, and what came of it."""

from __future__ import annotations

import time
from pathlib import Path
from typing import TYPE_CHECKING

from app.canvas.ink import Ink
from app.store import networks
from app.store.networks import LoadedNetwork
from app.store.settings import Settings
from app.ui.context import Context
from model.pictures.pen import GrowingPicture
from model.reading.reader import Reader, Reading

if TYPE_CHECKING:
    from model.pictures.drawing import Drawing
    from model.pictures.patches import Box
    from model.reading.number import Figure, Number

LIVE_GAP = 1 / 30  # seconds from one live reading to the next, at least
LIVE_SHARE = 4  # and this many times what a reading takes, so that drawing keeps most of the time


class LiveReader:
    """Reads the ink on request, and along with the pen where the settings say so.

    reading: the newest, which may be of an older state of the ink; see `shown_reading`.
    number: where a page may hold several digits, all of them; `reading` is of the one at the place `chosen`.
    network: the one in use, with its name and file; None before the first is loaded, and where none can be.
    current: what reads: `network`, or while a training runs its newest weights.
    suspended: whether reading along rests, because a screen reads the page beside the loop.
    live_gap: seconds from one live reading to the next, at least.
    """

    def __init__(self, ink: Ink, settings: Settings, context: Context, *, reads_numbers: bool = False) -> None:
        """reads_numbers: whether a page may hold several digits; else all of it is taken for one."""
        self.reads_numbers = reads_numbers
        self.network: LoadedNetwork | None = None
        self.waiting_for_network = True
        self.current: Reader | None = None
        self.reading: Reading | None = None
        self.number: Number | None = None
        self.chosen = 0
        self.suspended = False
        self.live_gap = LIVE_GAP
        self._ink = ink
        self._settings = settings
        self._context = context
        self._picture = GrowingPicture()
        self._read_at = -1  # the ink's revision that `reading` is of
        self._glanced = False  # whether `reading` came of one look, at a drawing that grew
        self._answered_at = -1  # the revision that was read on request
        self._next_live = 0.0
        self._fault: Exception | None = None
        self._followed: Reader | None = None  # what another live reader read with when this one last took it over

    def __repr__(self) -> str:
        name = self.network.name if self.network is not None else None
        return f"LiveReader(network={name}, answered={self.answered})"

    # -- what a screen shows ------------------------------------------------------------------------------

    @property
    def ready(self) -> bool:
        """Whether there is a network to read with."""
        return self.current is not None

    @property
    def answered(self) -> bool:
        """Whether the page as it is now was read on request."""
        return self._answered_at == self._ink.revision and self.reading is not None

    @property
    def shown_reading(self) -> Reading | None:
        """The reading to show: of this page, or while live of a moment ago; None when there is none."""
        if self._ink.empty or self.reading is None:
            return None
        return self.reading if self._settings.live or self.answered else None

    @property
    def figures(self) -> tuple[Figure, ...]:
        """The figures of the number to show, two at least; none where one digit is shown, or nothing."""
        if self.shown_reading is None or self.number is None or len(self.number.figures) < 2:
            return ()
        return self.number.figures

    @property
    def unread_boxes(self) -> tuple[Box, ...]:
        """The boxes of ink that the reading to show says nothing of: what was left out, or too many marks together."""
        if self.shown_reading is None or self.number is None:
            return ()
        if self.number.too_many:
            return tuple(figure.box for figure in self.number.figures)
        return self.number.left_out

    @property
    def chosen_drawing(self) -> Drawing:
        """The strokes that `reading` is of: all, or where numbers are read those of the chosen digit, no ring."""
        is_drawn = self._ink.page.picture is None
        if is_drawn and self.answered and self.number is not None and self.number.figures:
            return self._ink.to_drawing(self.number.figures[self.chosen].marks)
        return self._ink.to_drawing()

    @property
    def behind(self) -> bool:
        """Whether a live reading is still to come."""
        unread = self._read_at != self._ink.revision or (self._glanced and not self._ink.pen_down)
        return self.ready and unread and self._settings.live and not self.suspended

    # -- reading ------------------------------------------------------------------------------------------

    def read(self) -> None:
        """Answer what the page shows; a notice says why where that cannot be: no ink, or no network."""
        if self._ink.empty:
            self._context.say("notice.nothing_to_read")
            return
        if self.current is None:
            if not self.waiting_for_network:
                self._context.warn("notice.no_network")
            return
        self._ink.end()
        unread = self._read_at != self._ink.revision or self._glanced
        if unread or self.reading is None:  # else live reading has done it
            self._read_page(self.current)
        self._answered_at = self._ink.revision

    def update(self) -> None:
        """Read along with the pen, if that is on; never so often that drawing suffers."""
        if not self.behind:
            return
        now = time.perf_counter()
        if self._ink.empty:
            self._read_at, self._glanced, self.reading = self._ink.revision, False, None
        elif self.current is not None and now >= self._next_live:
            try:
                self._read_page(self.current.glance if self._ink.pen_down else self.current)
            except Exception as error:  # noqa: BLE001  whatever it is, the ink must go on appearing under the pen
                self._fault = error
                self._read_at, self._glanced, self.reading, self.number = self._ink.revision, False, None, None
            self._next_live = now + max(self.live_gap, LIVE_SHARE * (time.perf_counter() - now))

    def take_fault(self) -> Exception | None:
        """What reading along broke off with since this was last asked; drawing goes on meanwhile."""
        fault, self._fault = self._fault, None
        return fault

    def choose_figure(self, place: int) -> None:
        """Look at this digit of the number, counted from 0; signs cannot be chosen."""
        if self.number is not None and place < len(self.number.figures) and not self.number.figures[place].sign:
            self.chosen = place
            self.reading = self.number.figures[place].reading

    def _read_page(self, reader: Reader) -> None:
        page = self._ink.page
        if self.reads_numbers:
            self._read_number(reader)
        elif page.picture is not None:
            self.reading = reader.read_picture(page.picture)
        else:
            self.reading = reader.read_drawing(self._ink.to_drawing(), self._picture.of)
        self._read_at, self._glanced = self._ink.revision, reader is not self.current

    def _read_number(self, reader: Reader) -> None:
        from model.reading.number_reader import read_number, read_numbers

        picture, before = self._ink.page.picture, self.number
        if picture is not None:
            self.number = read_number(reader, picture)
        else:
            (self.number,) = read_numbers(reader, [self._ink.to_drawing()])
        figures = self.number.figures
        same = before is not None and len(before.figures) == len(figures)
        if not same or self.chosen >= len(figures) or figures[self.chosen].sign:  # bars are of digits, not of signs
            self.chosen = self.number.largest
        self.reading = self.number.reading
        self.choose_figure(self.chosen)

    # -- the network --------------------------------------------------------------------------------------

    def use_network(self, wanted: str | Path) -> None:
        """Load a network by name or path and read with it; where it cannot be used, with a shipped one, and a notice
        says so."""
        loaded, problems = networks.load(wanted)
        self.waiting_for_network = False
        if loaded is None:
            self._context.warn("notice.no_network")
            return
        if problems:
            first = problems[0]
            self._context.warn("notice.other_network", name=first.name, reason=first.reason, other=loaded.name)
        self.adopt(loaded, Reader(loaded.network))

    def adopt(self, network: LoadedNetwork, reader: Reader) -> None:
        """Read with this network from now on, the page that is answered already at once."""
        self.waiting_for_network = False
        self.network = network
        self.current = reader
        self._read_at = -1
        if self.answered:
            self.read()
        self._context.note_change()

    def follow(self, other: LiveReader) -> None:
        """Read with what another one reads with, once it has a network."""
        if other.network is not None and other.current is not None and other.current is not self._followed:
            self._followed = other.current
            self.adopt(other.network, other.current)

    def read_with(self, reader: Reader) -> None:
        """Read with the newest weights of a network that is trained; `network` stays the one from before."""
        self.current = reader
        if self.answered:
            self._read_page(reader)
        else:
            self._read_at = -1
