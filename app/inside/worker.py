"""Worker of "look inside": finds out what goes on in the network beside the loop, so that no frame waits for it."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Hashable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from app.canvas.ink import Page
from app.inside.topic import Topic
from app.session.session import Session
from app.store import networks
from model.constants import SIDE
from model.data.datasets import BUNDLED
from model.data.keras_npz import first_images
from model.explanation.introspection import Introspection
from model.explanation.network_input import NetworkInput, input_of_drawing, input_of_picture
from model.pictures.drawing import Drawing, Stroke
from model.reading.reader import Reader, Reading

if TYPE_CHECKING:
    from app.store.networks import LoadedNetwork
    from model.explanation.counterfactual import Counterfactual, Examples
    from model.explanation.feature_map import FeatureMap, FeatureMapMaker, Neighbour
    from model.explanation.learning_step import LearningStep

GAP = 1 / 30  # seconds from one answer to the next query, at least
REST = 1.5  # and this many times what the last answer took, so that drawing keeps most of the time
LONGEST_GAP = 0.15  # but no longer than this
EACH = 400  # examples of every digit for "what would make it a 1?"
TIMES_KEPT = 15  # of each network, for the median
MAPPED = 1000  # digits on the map
MAPS_KEPT = 3  # of the networks that were looked into last; each takes up to 8 MB, that of the usual network 1.3 MB
AT_ONCE = 0.03  # seconds that a map is worked on before what is drawn has its turn again
ALIKE = 8  # pictures that are shown as most like the drawing


@dataclass(frozen=True)
class Query:
    """What somebody looks at.

    digit: in "why" the one that is asked about, None for the one that was read; of pixels the one that they are to
    become; on the tour the one that the drawing is to have been, None for the second likeliest.
    pixels: a picture in the place of the drawing's, 28 x 28 bytes row by row, ink 255.
    """

    about: Topic = Topic.WAY
    digit: int | None = None
    pixels: bytes = b""

    @property
    def question(self) -> tuple[Topic, int | None]:
        """The query but for the picture."""
        return self.about, self.digit


@dataclass(frozen=True, eq=False)
class NetworkRow:
    """A network, the size of its file, what it makes of the drawing and the median of its last reading times here."""

    loaded: LoadedNetwork
    kilobytes: int
    reading: Reading | None
    milliseconds: float | None


@dataclass(frozen=True, eq=False)
class Finding:
    """The answer to a query about one state of the paper; without ink there is no network input.

    values: of each step, as `Introspection.activations` gives them. attribution: (28, 28) float32, what every pixel
    added to the log odds of what was read. change: None also where none was found. rows: what each network reads.
    landscape: the digits on the map, None until it is made; made: how much of it is, 0..1. place: where the drawing
    lies on it, neighbours: the digits that the network finds most like it. scores: (10,) float32, the logits as the
    reader weighs them, so that their softmax is what it reads of one view. learning: a step of training.
    """

    query: Query
    revision: int
    network_input: NetworkInput | None = None
    inside: Introspection | None = None
    values: tuple[np.ndarray, ...] = ()
    reading: Reading | None = None
    attribution: np.ndarray | None = None
    change: Counterfactual | None = None
    rows: tuple[NetworkRow, ...] = ()
    landscape: FeatureMap | None = None
    made: float = 1.0
    place: tuple[float, float] | None = None
    neighbours: tuple[Neighbour, ...] = ()
    scores: np.ndarray | None = None
    learning: LearningStep | None = None


class InsideWorker:
    """Asks one query at a time, the newest; `finding` is the newest answer."""

    def __init__(self, session: Session) -> None:
        self.finding: Finding | None = None
        self._session = session
        self._pool = ThreadPoolExecutor(1, "look inside")
        self._pending: Future[Finding] | None = None
        self._query: Query | None = None
        self._asked: Hashable = None
        self._next = 0.0
        self._finder = _Finder()

    def forget(self) -> None:
        """Ask nothing for now; what is being found out ends by itself."""
        self.finding = self._pending = self._query = self._asked = None

    def prepare(self) -> None:
        """Find out something of everything beforehand, so that who looks inside first waits no longer than others."""
        self._pool.submit(self._finder.prepare, self._session.reader.current, self._session.reader.network)

    def follow(self, query: Query) -> bool:
        """Ask again where paper, network or query are others than before; whether there is a new finding."""
        fresh = False
        if self._pending is not None and self._pending.done():
            self.finding, self._pending, fresh = self._pending.result(), None, True
            if self.finding.made < 1:
                self._asked = None  # ask again, for the rest
        # Another query is answered at once, and the rest of a map; a drawing that goes on not so often that the pen
        # suffers.
        rest = self.finding is not None and self.finding.made < 1 and not self._session.ink.busy
        other = self._query is None or query.question != self._query.question
        due = other or rest or time.perf_counter() >= self._next
        if due and self._pending is None and self._wanted(query) != self._asked:
            self._ask(query)
        return fresh

    def behind(self, query: Query) -> bool:
        """Whether an answer is still to come."""
        return self._pending is not None or self._wanted(query) != self._asked

    def _wanted(self, query: Query) -> Hashable:
        return query, self._session.ink.revision, self._session.reader.current

    def _ask(self, query: Query) -> None:
        session = self._session
        self._query, self._asked = query, self._wanted(query)
        page, drawing = session.ink.page, session.ink.to_drawing()
        arguments = query, session.ink.revision, page, drawing, session.reader.current, session.reader.network
        self._pending = self._pool.submit(self._timed, *arguments)

    def _timed(self, *arguments: object) -> Finding:
        began = time.perf_counter()
        finding = self._finder.find(*arguments)  # type: ignore[arg-type]
        now = time.perf_counter()
        self._next = now + min(max(GAP, REST * (now - began)), LONGEST_GAP)
        return finding


class _Finder:
    """Answers queries, in the worker's thread; keeps what is slow to make."""

    def __init__(self) -> None:
        self._inside: tuple[Reader, Introspection] | None = None
        self._examples: Examples | None = None
        self._networks: dict[tuple[Path, float], _TimedNetwork] = {}
        self._makers: list[tuple[Reader, FeatureMapMaker]] = []  # the newest last

    def prepare(self, reader: Reader | None, loaded: LoadedNetwork | None) -> None:
        """Read all networks and examples, and answer each query once, of an upright line."""
        line = Drawing((Stroke(np.array([[128, 40], [128, 220]], np.float32)),))
        topics = Topic.WAY, Topic.WHY, Topic.MAP, Topic.PIXELS, Topic.NETWORKS, Topic.TOUR
        for query in (*map(Query, topics), Query(Topic.WHY, 7)):
            self.find(query, 0, Page(), line, reader, loaded)

    def find(
        self,
        query: Query,
        revision: int,
        page: Page,
        drawing: Drawing,
        reader: Reader | None,
        loaded: LoadedNetwork | None,
    ) -> Finding:
        """The answer to a query about a page and what of it is read."""
        network_input = _input_of(query, page, drawing)
        rows = self._read_all(network_input, loaded) if query.about is Topic.NETWORKS else ()
        if reader is None:
            return Finding(query, revision, network_input=network_input, rows=rows)
        inside = self._inside_of(reader)
        maker = self._maker(reader, inside) if query.about is Topic.MAP else None
        landscape, made = (maker.map, maker.fraction) if maker is not None else (None, 1.0)
        if network_input is None:
            return Finding(query, revision, inside=inside, rows=rows, landscape=landscape, made=made)
        values = tuple(inside.activations(network_input.image))
        reading = reader.read_images(network_input.image[None])[0]
        attribution, change = None, None
        if query.about is Topic.WHY or (query.about is Topic.PIXELS and query.digit is not None):
            attribution, change = self._why(inside, reader, reading, network_input, query.digit)
        learning = _learn(inside, reader, network_input, query.digit) if query.about is Topic.TOUR else None
        place: tuple[float, float] | None = None
        neighbours: tuple[Neighbour, ...] = ()
        if landscape is not None:
            features = values[inside.last_hidden].ravel()
            place, neighbours = landscape.place_of(features), tuple(landscape.nearest(features, ALIKE))
        return Finding(
            query,
            revision,
            network_input=network_input,
            inside=inside,
            values=values,
            reading=reading,
            attribution=attribution,
            change=change,
            rows=rows,
            landscape=landscape,
            made=made,
            place=place,
            neighbours=neighbours,
            scores=values[-1] / np.float32(reader.temperature),
            learning=learning,
        )

    def _inside_of(self, reader: Reader) -> Introspection:
        if self._inside is None or self._inside[0] is not reader:
            self._inside = reader, Introspection(reader.network)
        return self._inside[1]

    def _why(
        self, inside: Introspection, reader: Reader, reading: Reading, network_input: NetworkInput, digit: int | None
    ) -> tuple[np.ndarray | None, Counterfactual | None]:
        from model.explanation.attribution import blurred, integrated_gradients
        from model.explanation.counterfactual import find_counterfactual

        if digit is None or digit == reading.digit:
            assert reading.digit is not None
            return blurred(integrated_gradients(inside, network_input.image, reading.digit)), None
        try:
            examples = self._known_examples()
        except (ValueError, OSError):  # there are no pictures to compare with
            return None, None
        return None, find_counterfactual(inside, network_input.image, digit, examples, temperature=reader.temperature)

    def _maker(self, reader: Reader, inside: Introspection) -> FeatureMapMaker | None:
        """The map of this network, a little further than before; None where there are no pictures for it."""
        from model.explanation.feature_map import FeatureMapMaker

        known = next((pair for pair in self._makers if pair[0] is reader), None)
        if known is None:
            try:
                known = reader, FeatureMapMaker(inside, first_images(BUNDLED, MAPPED))
            except (ValueError, OSError):
                return None
        self._makers = [*(pair for pair in self._makers if pair is not known), known][-MAPS_KEPT:]
        until = time.monotonic() + AT_ONCE
        while known[1].fraction < 1 and time.monotonic() < until:
            known[1].go_on()
        return known[1]

    def _known_examples(self) -> Examples:
        from model.explanation.counterfactual import Examples

        if self._examples is None:
            self._examples = Examples(first_images(BUNDLED, 12 * EACH), EACH)
        return self._examples

    def _read_all(self, network_input: NetworkInput | None, loaded: LoadedNetwork | None) -> tuple[NetworkRow, ...]:
        paths = networks.available()
        if loaded is not None and loaded.path not in paths:
            paths.append(loaded.path)
        known = [known for path in paths if (known := self._network(path)) is not None]
        return tuple(network.row(network_input) for network in known)

    def _network(self, path: Path) -> _TimedNetwork | None:
        """The network of a file, read once as long as the file stays the same; None where it cannot be used."""
        try:
            status = path.stat()
            key = path, status.st_mtime
            if key not in self._networks:
                self._networks[key] = _TimedNetwork(networks.read(path), status.st_size)
            return self._networks[key]
        except (ValueError, OSError):
            return None


def _input_of(query: Query, page: Page, drawing: Drawing) -> NetworkInput | None:
    """What the network is given: pixels that were painted by hand, else the drawing or the opened picture."""
    if query.pixels:
        image = np.frombuffer(query.pixels, np.uint8).reshape(SIDE, SIDE) / np.float32(255)
        return NetworkInput(image, None) if image.any() else None
    return input_of_drawing(drawing) if page.picture is None else input_of_picture(page.picture)


def _learn(inside: Introspection, reader: Reader, network_input: NetworkInput, digit: int | None) -> LearningStep:
    """One step of training on a copy of the network; the network itself stays as it is."""
    from model.explanation.learning_step import learning_step

    return learning_step(inside, network_input.image, digit, temperature=reader.temperature)


class _TimedNetwork:
    """A network that reads along, with its last reading times."""

    def __init__(self, loaded: LoadedNetwork, size: int) -> None:
        self._loaded = loaded
        self._kilobytes = -(-size // 1000)
        self._reader = Reader(loaded.network)
        self._times: deque[float] = deque(maxlen=TIMES_KEPT)

    def row(self, network_input: NetworkInput | None) -> NetworkRow:
        """Read along, and what is known of the network then; without ink only what is known."""
        reading = None
        if network_input is not None:
            began = time.perf_counter()
            reading = self._reader.read_images(network_input.image[None])[0]
            self._times.append(1000 * (time.perf_counter() - began))
        milliseconds = float(np.median(self._times)) if self._times else None
        return NetworkRow(self._loaded, self._kilobytes, reading, milliseconds)
