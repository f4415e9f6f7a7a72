"""Layout: nothing overlaps, nothing is cut off, all text fits, at every size."""

import dataclasses
from collections.abc import Iterator

import pygame
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from app.pad.layout import FILE_TOOLS, RESULT_TOOLS, TRAINING_TOOLS, PadLayout, pad_layout
from app.ui.layout import at_least, dialog_layout, list_dialog_layout

SIZES = [
    (560, 420), (560, 800), (640, 480),
    (800, 600), (1024, 600), (1024, 768), (1180, 720), (1280, 720), (1366, 768), (1600, 900), (1920, 1080),
    (2560, 1440), (3440, 1440), (3840, 2160), (800, 1180), (1080, 1920), (900, 900), (2160, 3840),
]  # fmt: skip
sizes = st.tuples(st.integers(560, 3840), st.integers(420, 3840))


def parts(layout: PadLayout) -> dict[str, pygame.Rect]:
    """All that must not overlap: buttons, cards, and what stands in a card beside each other."""
    tools = dict(layout.tools)
    cards = {"answer": layout.answer, "card": layout.card, "training": layout.training}
    cards = {name: rect for name, rect in cards.items() if rect.height}
    return {"brand": layout.brand, "canvas": layout.canvas, **cards, **tools}


def check(size: tuple[int, int], lower: dict[str, float] = FILE_TOOLS, *, left_handed: bool = False) -> None:
    layout = pad_layout(size, lower, left_handed=left_handed)
    window = pygame.Rect((0, 0), size)
    for name, rect in parts(layout).items():
        assert window.contains(rect), (size, name, rect)
        assert rect.width > 0 and rect.height > 0, (size, name)
    for a, b in _pairs(parts(layout)):
        assert not a[1].colliderect(b[1]), (size, a, b)
    inside_answer = {"glyph": layout.glyph, "words": layout.words, "preview": layout.preview}
    answer_foot = {"verdict": layout.verdict, "caption": layout.caption, "glyph": layout.glyph, "words": layout.words}
    inside_card = {"heading": layout.heading, "live": layout.live, **{str(i): r for i, r in enumerate(layout.bars)}}
    if not layout.card.height:
        inside_card = {}
    for card, content in ((layout.answer, inside_answer | answer_foot), (layout.card, inside_card)):
        for name, rect in content.items():
            assert card.contains(rect), (size, name, rect, card)
    for a, b in (*_pairs(inside_answer), *_pairs(answer_foot), *_pairs(inside_card)):
        assert not a[1].colliderect(b[1]), (size, a, b)
    assert layout.canvas.width == layout.canvas.height
    assert min(rect.height for rect in layout.bars) >= 12 or not layout.card.height
    assert layout.card.height or layout.training.height


def _pairs(rects: dict[str, pygame.Rect]) -> Iterator[tuple]:
    items = list(rects.items())
    return ((a, b) for i, a in enumerate(items) for b in items[i + 1 :])


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("lower", [FILE_TOOLS, TRAINING_TOOLS, RESULT_TOOLS])
def test_nothing_overlaps_or_leaves_the_window(lower: dict[str, float], size: tuple[int, int]) -> None:
    check(size, lower)


@settings(deadline=None)
@given(sizes, st.sampled_from([FILE_TOOLS, TRAINING_TOOLS, RESULT_TOOLS]))
def test_nothing_overlaps_at_any_size(size: tuple[int, int], lower: dict[str, float]) -> None:
    check(size, lower)


@settings(deadline=None)
@given(sizes, st.integers(300, 1100), st.integers(300, 700))
def test_an_overlay_stays_in_the_window(size: tuple[int, int], width: int, height: int) -> None:
    layout = dialog_layout(size, width, height)
    assert pygame.Rect((0, 0), size).contains(layout.dialog)
    for rect in (layout.title, layout.close, layout.body, layout.foot):
        assert layout.dialog.contains(rect)
    assert not layout.body.colliderect(layout.foot) and not layout.title.colliderect(layout.body)


@pytest.mark.parametrize("size", SIZES)
def test_the_paper_is_the_largest_thing(size: tuple[int, int]) -> None:
    layout = pad_layout(size)
    assert layout.canvas.width >= 0.36 * min(size)
    assert layout.canvas.width >= layout.words.width


@pytest.mark.parametrize("size", [(200, 200), (320, 900), (8192, 200)])
def test_odd_sizes_lay_out_without_an_error(size: tuple[int, int]) -> None:
    layout = pad_layout(size)
    assert all(isinstance(getattr(layout, field.name), object) for field in dataclasses.fields(layout))
    assert layout.canvas.width > 0


@settings(deadline=None)
@given(sizes, st.integers(0, 200), st.booleans())
def test_a_sheet_stays_in_the_window(size: tuple[int, int], rows: int, foot: bool) -> None:
    layout = list_dialog_layout(size, rows, width=720, note=foot)
    assert pygame.Rect((0, 0), size).contains(layout.dialog)
    for rect in (layout.title, layout.close, layout.body, layout.foot):
        assert layout.dialog.contains(rect)
    assert not layout.title.colliderect(layout.close)


@pytest.mark.parametrize(("size", "rows"), [((800, 600), 2), ((1180, 720), 1), ((1920, 1080), 1)])
def test_the_tools_stand_in_one_row_where_there_is_room(size: tuple[int, int], rows: int) -> None:
    tools = pad_layout(size).tools
    assert len({tools[name].top for name in ("read", "undo", "redo", "clear", "eraser", "brush")}) == rows


@pytest.mark.parametrize("size", [(1180, 720), (800, 420), (480, 320), (320, 480), (480, 800), (3840, 2160)])
@pytest.mark.parametrize("lower", [FILE_TOOLS, TRAINING_TOOLS, RESULT_TOOLS])
def test_for_a_left_hand_the_panel_is_at_the_left(size: tuple[int, int], lower: dict[str, float]) -> None:
    right, left = pad_layout(size, lower), pad_layout(size, lower, left_handed=True)
    assert left.canvas.size == right.canvas.size
    if size[0] >= size[1]:
        assert right.canvas.right < right.answer.left
        assert left.answer.right < left.canvas.left
    else:
        assert right.canvas.right < right.tools["read"].left
        assert left.tools["read"].right < left.canvas.left
    for name, rect in parts(left).items():
        assert pygame.Rect((0, 0), size).contains(rect), name
    for a, b in _pairs(parts(left)):
        assert not a[1].colliderect(b[1]), (a, b)


@settings(deadline=None)
@given(
    st.tuples(st.integers(320, 4000), st.integers(320, 4000)).map(at_least),
    st.sampled_from([FILE_TOOLS, TRAINING_TOOLS, RESULT_TOOLS]),
    st.booleans(),
)
@example((560, 659), TRAINING_TOOLS, False)
@example((567, 671), FILE_TOOLS, False)
@example((656, 775), RESULT_TOOLS, True)
def test_one_can_draw_and_press_everything_at_any_size(
    size: tuple[int, int], lower: dict[str, float], left_handed: bool
) -> None:
    layout = pad_layout(size, lower, left_handed=left_handed)
    assert layout.canvas.width >= 0.36 * min(size)
    seen = {name: rect for name, rect in parts(layout).items() if name != "brand"}
    for name, rect in seen.items():
        assert pygame.Rect((0, 0), size).contains(rect), (name, rect)
        assert rect.width > 0 and rect.height > 0, (name, rect)
    for a, b in _pairs(seen):
        assert not a[1].colliderect(b[1]), (a, b)
