"""Layout: how large all is in windows and text sizes."""

import pytest

from app.ui.layout import LEAST_ACROSS, LEAST_UPRIGHT, ZOOMS, unit_of, zoom_to

SIZES = [(480, 320), (800, 600), (1024, 600), (1180, 720), (1920, 1080), (1080, 1920), (720, 1180)]


@pytest.mark.parametrize("size", SIZES)
def test_a_larger_text_size_is_never_smaller_and_never_leaves_too_little_room(size: tuple[int, int]) -> None:
    usual = unit_of(size)
    units = [usual]
    for text_size in list(ZOOMS)[1:]:
        zoom_to(text_size)
        units.append(unit_of(size))
    assert units == sorted(units)
    least = LEAST_UPRIGHT if size[1] > size[0] else LEAST_ACROSS
    room = min(max(size) / least[0], min(size) / least[1])
    assert units[-1] <= max(usual, room) + 1e-9


def test_where_there_is_room_texts_grow_as_they_should() -> None:
    usual = unit_of((3840, 2400))
    for text_size, factor in ZOOMS.items():
        zoom_to(text_size)
        assert unit_of((3840, 2400)) == pytest.approx(usual * factor)
