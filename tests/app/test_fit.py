"""Every text of every screen in every language, as it is really drawn, at every size that is supported.

None is cut, none is smaller than can be read, none leaves its box or the window, and no two lie on each other.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pygame
import pytest

from app.canvas.thumbnails import Thumbnails
from app.canvas.view import Canvas
from app.commands import Command
from app.inside import flow as inside_way
from app.inside import map as inside_map
from app.inside import networks as inside_networks
from app.inside import tour as inside_tour
from app.inside import why as inside_why
from app.inside.mosaic import Mosaic
from app.messages import FEW, Messages, languages
from app.raising import view as raising_view
from app.ui import screen_stack as layers
from app.ui import shapes, typeface
from app.ui.layout import unit_of, zoom_to
from app.ui.notices import Notice, Offer, place_notices
from app.ui.painter import SMALLEST_TEXT, Painter
from app.ui.paragraphs import draw_paragraphs
from app.ui.screen import Screen
from app.ui.theme import LIGHT
from app.ui.typeface import CAPITALS, Typeface
from tests.app.class_scenes import CLASS_SCENES
from tests.app.classroom import FakeProcess
from tests.app.event_scenes import EVENT_SCENES
from tests.app.inside_scenes import INSIDE_SCENES
from tests.app.raising_scenes import RAISING_SCENES
from tests.app.scenes import SCENES, Play, Scene, open_scene, prepare

SIZES = [
    (480, 320),
    (320, 480),
    (480, 800),
    (800, 600),
    (1920, 1080),
    (800, 1180),
    (1080, 1920),
]
EXHIBITS = [(480, 320), (320, 480), (800, 480), (1024, 600), (1920, 1080), (1080, 1920)]
INSIDE = [(480, 800), (800, 600), (1920, 1080), (1080, 1920)]
RAISING = [(480, 320), (480, 800), (1024, 600), (1080, 1920)]
SMALL = [(480, 320), (320, 480)]
ROOMY = 600  # pixels of a window's shorter side
WIDTHS: dict[tuple[str, str, int], int] = {}  # of texts, which are the same in the windows of all tests

FaultsOf = Callable[[dict[str, Play], tuple[int, int]], list[str]]


class Recorder(Painter):
    """Paints nothing; notes each text and the boxes round it, and finds what does not fit."""

    def __init__(self, surface: pygame.Surface, face: Typeface) -> None:
        surface.set_clip(None)
        super().__init__(surface, LIGHT, face, unit_of(surface.get_size()))
        self.texts: list[tuple[str, pygame.Rect]] = []
        self.boxes: list[pygame.Rect] = []
        self.faults: list[str] = []

    def line(
        self, text: str, place: tuple[float, float], pixels: int, colour: object, weight: str, align: str = "left"
    ) -> int:
        width, height = self.type.width(text, pixels, weight), round(CAPITALS * pixels)
        left = place[0] - {"left": 0, "center": width / 2, "right": width}[align]
        rect = pygame.Rect(round(left), round(place[1] - height / 2), width, height)
        clip = self.surface.get_clip()
        if pixels < SMALLEST_TEXT:
            self.faults.append(f"{text!r} is {pixels} pixels high")
        if rect.width and clip.top <= rect.top and rect.bottom <= clip.bottom:  # else it is scrolled away
            self.texts.append((text, rect))
            if rect.left < clip.left or rect.right > clip.right:
                self.faults.append(f"{text!r} is cut off at the side")
        return width

    def all_faults(self) -> list[str]:
        """What was found so far, and what places tell."""
        if not self.texts:
            return ["there is no text"]
        rects = [rect.inflate(-2, 0) for _, rect in self.texts]
        for i, (text, rect) in enumerate(self.texts):
            for other in rect.collidelistall(rects[i + 1 :]):
                self.faults.append(f"{text!r} lies on {self.texts[i + 1 + other][0]!r}")
            about = pygame.Rect(rect.center, (1, 1)).collidelistall(self.boxes)
            around = [self.boxes[j] for j in about if self.boxes[j].height >= rect.height]
            box = min(around, key=lambda box: box.width * box.height, default=self.surface.get_rect())
            if not box.contains(rect):
                self.faults.append(f"{text!r} at {tuple(rect)} leaves its box {tuple(box)}")
        return self.faults


@pytest.fixture
def face(monkeypatch: pytest.MonkeyPatch) -> Typeface:
    """One typeface for all windows of a test, so that its fonts are loaded once. Only text is drawn."""
    face = Typeface()
    monkeypatch.setattr(typeface, "KEPT_WIDTHS", 10**6)
    face._widths = WIDTHS
    monkeypatch.setattr(layers, "Typeface", lambda: face)
    monkeypatch.setattr(Canvas, "show", lambda *_, **__: None)
    monkeypatch.setattr(Thumbnails, "of", lambda *_: None)
    monkeypatch.setattr(inside_map, "tinted", lambda _, side, __: pygame.Surface((side, side)))
    return face


def out_of_reach(screen: Screen, size: tuple[int, int]) -> list[str]:
    """The controls that a pointer cannot reach; those that are scrolled away have no area."""
    window = pygame.Rect((0, 0), size)
    reachable = [not (c.rect.width and c.rect.height) or window.contains(c.rect) for c in screen.controls.items]
    return [c.name for c, reached in zip(screen.controls.items, reachable, strict=True) if not reached]


def record(scene: Scene, surface: pygame.Surface, face: Typeface, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The faults of what is up: a dialog alone, for what lies behind it is veiled. surface: of the window's size."""
    main_view = scene.shown or scene.view
    scene.session.context.notices.dismiss()
    for _ in range(3):
        main_view.update(1.0)
    scene.session.context.notices.dismiss()
    assert main_view.size == surface.get_size()
    recorder = Recorder(surface, face)
    recorder.faults += [f"{name} is out of reach" for name in out_of_reach(main_view.screen, main_view.size)]

    def noted(surface: object, rect: pygame.Rect, *_: object) -> None:
        recorder.boxes.append(pygame.Rect(rect).clip(recorder.surface.get_clip()))

    def noted_shorten(text: str, pixels: int, weight: str, room: int, *, keep_end: bool = False) -> str:
        short = Typeface.shorten(face, text, pixels, weight, room, keep_end=keep_end)
        if short != text and not keep_end:  # paths and what a person types may be of any length
            recorder.faults.append(f"{text!r} is cut to {short!r}")
        return short

    def noted_paragraphs(painter: Painter, area: pygame.Rect, paragraphs: list[tuple[str, int, str, bool]]) -> int:
        end = draw_paragraphs(painter, area, paragraphs)
        if end > area.bottom:
            recorder.faults.append(f"{paragraphs[0][0]!r} and what follows it end {end - area.bottom} pixels too low")
        return end

    with monkeypatch.context() as patch:
        for view in (inside_map, inside_networks, inside_tour, inside_way, inside_why, raising_view):
            patch.setattr(view, "draw_paragraphs", noted_paragraphs)
        for name in ("disc", "ring", "line", "round_off", "arc"):
            patch.setattr(shapes, name, lambda *_: None)
        patch.setattr(shapes, "box", noted)
        patch.setattr(shapes, "outline", noted)
        patch.setattr(face, "shorten", noted_shorten)
        main_view.screen.draw(recorder)
    return recorder.all_faults()


def longest(face: Typeface) -> Messages:
    """A language that says everything in the longest way that any language has for it."""
    messages = Messages("en")
    others = [Messages(language).texts for language in languages()]
    for key, text in messages.texts.items():
        forms = [texts[form] for texts in others for form in (key, f"{key}{FEW}") if form in texts]
        if not key.startswith("number."):
            messages.texts[key] = max([text, *forms], key=lambda form: face.width(form, 20))
    return messages


@pytest.fixture
def faults_of(
    face: Typeface, processes: list[FakeProcess], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> FaultsOf:
    """Plays scenes in a window of a size, and says what is wrong with their texts.

    In every language; where there is room, in one that is longer than all of them.
    """
    collection = prepare(tmp_path / "data")

    def play_all(scenes: dict[str, Play], size: tuple[int, int]) -> list[str]:
        faults = []
        surface = pygame.Surface(size, 0, 32)  # one for all, for its memory costs more than what is drawn
        for messages in [longest(face)] if min(size) >= ROOMY else map(Messages, languages()):
            for name, play in scenes.items():
                scene = open_scene(messages, size, collection)
                scene.processes = processes
                play(scene)
                faults += [
                    f"{messages.language}, {name}: {fault}" for fault in record(scene, surface, face, monkeypatch)
                ]
        return faults

    return play_all


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
def test_every_text_fits(size: tuple[int, int], faults_of: FaultsOf) -> None:
    assert not faults_of(SCENES, size)


@pytest.mark.parametrize("size", INSIDE, ids=lambda size: f"{size[0]}x{size[1]}")
def test_every_text_fits_inside(size: tuple[int, int], faults_of: FaultsOf, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Mosaic, "show", lambda *_: None)
    assert not faults_of(INSIDE_SCENES, size)


@pytest.mark.parametrize("size", SMALL, ids=lambda size: f"{size[0]}x{size[1]}")
def test_nothing_inside_is_out_of_reach(
    size: tuple[int, int], processes: list[FakeProcess], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Mosaic, "show", lambda *_: None)
    collection = prepare(tmp_path / "data")
    for name, play in INSIDE_SCENES.items():
        scene = open_scene(Messages("en"), size, collection)
        play(scene)
        scene.view.update(1.0)
        assert not out_of_reach(scene.view.screen, size), name


@pytest.mark.parametrize("size", RAISING, ids=lambda size: f"{size[0]}x{size[1]}")
def test_every_text_of_raising_fits(size: tuple[int, int], faults_of: FaultsOf) -> None:
    assert not faults_of(RAISING_SCENES, size)


@pytest.mark.parametrize("size", RAISING, ids=lambda size: f"{size[0]}x{size[1]}")
def test_every_text_of_the_class_mode_fits(size: tuple[int, int], faults_of: FaultsOf) -> None:
    assert not faults_of(CLASS_SCENES, size)


@pytest.mark.parametrize("size", EXHIBITS, ids=lambda size: f"{size[0]}x{size[1]}")
def test_every_text_of_the_event_mode_fits(size: tuple[int, int], faults_of: FaultsOf) -> None:
    assert not faults_of(EVENT_SCENES, size)


@pytest.mark.parametrize("size", [(1180, 720)], ids=lambda size: f"{size[0]}x{size[1]}")
def test_every_text_fits_at_the_largest_size(
    size: tuple[int, int], faults_of: FaultsOf, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Mosaic, "show", lambda *_: None)
    zoom_to("largest")
    assert not faults_of({**SCENES, **INSIDE_SCENES, **RAISING_SCENES, **CLASS_SCENES, **EVENT_SCENES}, size)


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
def test_every_notice_is_shown_whole(size: tuple[int, int], face: Typeface) -> None:
    values = dict.fromkeys(("count", "left", "share", "seconds", "digit"), "12 345")
    names = dict.fromkeys(("name", "other"), "a-name-that-is-long")
    values |= names | {"path": "/home/someone/.config/digitpad/settings.json", "reason": "No space left on device"}
    painter = Painter(pygame.Surface((1, 1)), LIGHT, face, unit_of(size))
    window = pygame.Rect((0, 0), size)
    for language in languages():
        messages = Messages(language)
        texts = [messages(key, **values) for key in messages.texts if key.startswith("notice.")]
        for i in range(len(texts) - 2):
            offer = Offer(Command.FORGET, messages("button.forget"))
            notices = [Notice(text, "warning", 0.0, offer if i % 2 else None) for text in texts[i : i + 3]]
            for rect, lines, button in place_notices(painter, size, notices):
                assert window.contains(rect)
                right = rect.right if button is None else button.left
                room = right - rect.left - painter.px(72)
                assert all(face.width(line, painter.size(15)) <= room for line in lines), lines
                if button is not None:
                    assert rect.contains(button)
                    assert face.width(offer.label, painter.size(15), "strong") < button.width - painter.px(36)
