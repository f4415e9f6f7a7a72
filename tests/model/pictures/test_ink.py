"""Ink on paper under light and shadow, on lines and squares, beside a table, and with grain."""

import numpy as np
import pytest

from model.pictures.ink import ink_of, ink_on, ink_steps

HEIGHT, WIDTH = 240, 320
INK = np.zeros((HEIGHT, WIDTH), bool)
INK[60:180, 150:164] = INK[60:74, 110:210] = True


def photo(paper: float = 0.93, ink: float = 0.15, on: np.ndarray | None = None) -> np.ndarray:
    """A T on paper, (H, W, 3); on: the paper as it is without it."""
    sheet = np.full((HEIGHT, WIDTH), paper) if on is None else on
    return np.repeat(np.where(INK, ink, sheet)[..., None], 3, axis=2).astype(np.float32)


def assert_ink(colours: np.ndarray, share: float = 0.985) -> None:
    ink = ink_of(colours)
    assert (INK & (ink > 0.3)).sum() >= share * INK.sum()
    assert (~INK & (ink > 0.3)).sum() <= (1 - share) * INK.sum()


@pytest.mark.parametrize("columns", [slice(0, 140), slice(200, WIDTH), slice(0, 157)])
def test_a_sharp_shadow_is_no_ink(columns: slice) -> None:
    colours = photo()
    colours[:, columns] *= 0.55
    assert_ink(colours)


def test_chalk_on_a_dark_board_in_fading_light() -> None:
    fading = np.linspace(1, 0.4, HEIGHT, dtype=np.float32)[:, None, None]
    assert_ink(photo(paper=0.2, ink=0.9) * fading)


def test_the_negative_of_a_photograph_in_fading_light() -> None:
    sheet = np.linspace(0.0, 1.3, WIDTH)[None].clip(0.35, 0.95)
    assert_ink(1 - photo(ink=0.08, on=sheet))


def test_a_small_figure_on_a_large_sheet_in_fading_light(rng: np.random.Generator) -> None:
    """Its few pixels are less than what the light makes of the corners, and the gaps in it as narrow as its strokes."""
    sheet = 0.9 * np.linspace(1, 0.5, 1000)[None] * np.ones((750, 1))
    figure = np.zeros(sheet.shape, bool)
    for row in (400, 412, 424):
        figure[row : row + 2, 500:514] = True
    figure[400:426, 512:514] = True
    colours = np.where(figure, 0.15, sheet) + rng.normal(0, 0.008, sheet.shape)
    ink = ink_of(np.repeat(colours.clip(0, 1)[..., None], 3, axis=2).astype(np.float32))
    assert (ink[figure] > 0.3).mean() > 0.95
    assert (ink[~figure] > 0.3).sum() < 0.2 * figure.sum()


@pytest.mark.parametrize("shade", [0.6, 0.75])
def test_lines_and_squares_are_no_ink(shade: float) -> None:
    sheet = np.full((HEIGHT, WIDTH), 0.93)
    sheet[7::24] = sheet[8::24] = sheet[:, 5::24] = shade
    assert_ink(photo(on=sheet))


def test_a_table_beside_the_paper_hides_nothing() -> None:
    colours = photo()
    colours[:30] = colours[:, :40] = (0.3, 0.2, 0.15)
    ink = ink_of(colours)
    assert (ink[INK] > 0.3).mean() > 0.98


def test_grain_is_no_ink(rng: np.random.Generator) -> None:
    assert_ink((photo() + rng.normal(0, 0.08, (HEIGHT, WIDTH, 3))).clip(0, 1).astype(np.float32), 0.9)


def test_empty_paper_under_a_shadow_has_no_strong_ink_far_from_its_edge() -> None:
    colours = np.full((HEIGHT, WIDTH, 3), 0.9, np.float32)
    colours[:, :100] *= 0.6
    ink = ink_of(colours)
    assert ink[:, :90].max() == ink[:, 110:].max() == 0


def test_a_table_with_a_strong_grain_does_not_hide_the_ink_of_the_sheet_on_it() -> None:
    table = 0.45 + 0.09 * np.sin(np.arange(HEIGHT) * 0.5)[:, None] * np.ones(WIDTH)
    sheet = photo(paper=0.95, ink=0.12)
    colours = np.repeat(table[..., None], 3, axis=2).astype(np.float32)
    colours[35:205, 60:260] = sheet[35:205, 60:260]
    ink = ink_of(colours)
    assert (ink[INK] > 0.3).mean() > 0.95


def test_the_light_inside_the_loop_of_a_thick_pen_is_no_chalk() -> None:
    """On a note that is darker than the table; the loop is narrower than the stroke is wide."""
    ring = np.hypot(*np.mgrid[-45:45, -45:45])
    colours = np.full((HEIGHT, WIDTH, 3), 0.9, np.float32)
    colours[20:220, 60:260] = np.linspace(0.7, 0.5, 200, dtype=np.float32)[:, None, None]
    colours[70:160, 110:200][(ring > 14) & (ring < 34)] = 0.1
    ink = ink_of(colours)[70:160, 110:200]
    assert ink[(ring > 16) & (ring < 32)].min() > 0.3
    assert ink[ring < 12].max() < 0.3


def fading(dark: float = 0.4) -> np.ndarray:
    """Light that fades across a page, (H, W, 1)."""
    return np.linspace(1, dark, WIDTH, dtype=np.float32)[None, :, None] * np.ones((HEIGHT, 1, 1), np.float32)


def test_a_small_thin_figure_in_fading_light_is_ink() -> None:
    colours = np.full((HEIGHT * 3, WIDTH * 3, 3), 0.9, np.float32)
    colours[500:540, 800:803] = colours[518:521, 790:815] = 0.15
    small = colours[..., 0] < 0.5
    ink = ink_of(colours * fading().repeat(3, axis=0).repeat(3, axis=1))
    assert (ink[small] > 0.3).mean() > 0.95
    assert (ink[~small] > 0.3).sum() < small.sum()


def test_a_stroke_goes_on_where_the_pen_runs_dry() -> None:
    dry = np.where((np.arange(HEIGHT) // 20 % 2 == 0)[:, None], 0.45, 0.12)
    colours = (photo() * fading(0.7)).copy()
    colours[INK] = np.broadcast_to(dry, INK.shape)[INK][:, None]
    assert (ink_of(colours)[INK] > 0.1).mean() > 0.95


@pytest.mark.parametrize("light", [True, False])
def test_the_table_in_the_tears_of_a_sheet_is_no_ink(light: bool, rng: np.random.Generator) -> None:
    colours = photo() * fading(0.7)
    tears = 22 + np.abs(rng.normal(0, 6, HEIGHT).cumsum() % 24 - 12).astype(int)
    for row, left in enumerate(tears):
        colours[row, :left] = colours[row, WIDTH - left :] = (0.25, 0.18, 0.12)
    colours[:20] = colours[-20:] = (0.25, 0.18, 0.12)
    assert_ink(colours.astype(np.float32) if light else 1 - colours.astype(np.float32), 0.95)


def test_the_grain_of_a_wooden_table_does_not_make_ink_of_the_squares_on_a_sheet() -> None:
    rings = 1 + 0.25 * np.sin(np.arange(HEIGHT) * 0.5)[:, None, None]
    colours = np.array((0.6, 0.41, 0.27)) * rings * np.ones((HEIGHT, WIDTH, 1))
    sheet = np.full((HEIGHT, WIDTH), 0.93)
    sheet[7::24] = sheet[:, 5::24] = 0.8
    colours[35:205, 60:260] = photo(on=sheet)[35:205, 60:260]
    assert_ink(colours.astype(np.float32))


def test_ink_that_is_equally_dark_but_for_the_last_bits() -> None:
    paper = np.full((HEIGHT, WIDTH, 3), 0.9, np.float32) + np.linspace(0, 2e-6, WIDTH, dtype=np.float32)[:, None]
    ink, _ = ink_on(np.where(INK[..., None], np.float32(0.2), paper), paper, light=True)
    np.testing.assert_array_equal(ink > 0.3, INK)


@pytest.mark.parametrize("brown", [1.0, 0.7])
def test_a_light_head_on_a_dark_stamp_is_no_light_ink(brown: float) -> None:
    """However dark the envelope is beside it."""
    colours = np.repeat(brown * np.linspace(0.9, 0.6, 1000)[None, :, None] * np.ones((600, 1, 3)), 1, axis=2)
    y, x = np.mgrid[:600, :1000]
    stamp = (abs(x - 800) < 55) & (abs(y - 120) < 65)
    colours[stamp] = 0.25
    colours[((x - 800) / 25) ** 2 + ((y - 110) / 32) ** 2 < 1] = 0.85
    figure = (abs(x - 200) < 4) & (abs(y - 450) < 40)
    colours[figure] = 0.15
    ink = ink_of(colours.astype(np.float32))
    assert (ink[figure] > 0.3).mean() > 0.95


def test_bold_figures_in_a_narrow_strip_are_no_sheets_of_paper() -> None:
    strip = np.zeros((80, 480), bool)
    for left in range(20, 480, 120):  # a square as thick as a sheet is where two strokes meet
        strip[10:70, left : left + 14] = strip[10:24, left : left + 45] = strip[10:32, left : left + 22] = True
    ink = ink_of(np.repeat(strip[..., None], 3, axis=2).astype(np.float32))
    np.testing.assert_array_equal(ink > 0.3, strip)


def test_faint_ink_is_no_ink_but_leaves_traces() -> None:
    colours = photo() * np.linspace(1, 0.8, WIDTH, dtype=np.float32)[:, None]
    faint = slice(60, 180), slice(250, 262)
    colours[faint] *= 0.8
    steps = ink_steps(colours)
    assert not (steps.ink[faint] > 0.3).any()
    assert (steps.traces[faint] > 0.15).mean() > 0.95
    assert not (steps.traces[:, :100] > 0.15).any()
