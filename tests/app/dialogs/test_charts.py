"""The charts of a training: opened from its result, looked through by mouse, finger and keys."""

from collections.abc import Callable
from dataclasses import replace

import pygame
import pytest

from app.dialogs.cell import CellDialog
from app.dialogs.charts import ChartsDialog, ChartTab
from app.retraining.curves import curves_over_epochs
from app.retraining.options import RetrainOptions
from app.retraining.reports import Measured
from app.retraining.result import ResultDialog
from tests.app.classroom import FakeProcess, advance, comparison
from tests.app.hands import Hands


@pytest.fixture
def result(make_hands: Callable[..., Hands], processes: list[FakeProcess]) -> Hands:
    hands = make_hands((1024, 600))
    hands.view.start_training(RetrainOptions(start="nothing", built="mlp-800"))
    processes[-1].train()
    processes[-1].end(comparison(0, 0, changed=0))
    hands.settle()
    assert isinstance(hands.view.screen, ResultDialog)
    return hands


def charts(hands: Hands) -> ChartsDialog:
    screen = hands.view.screen
    assert isinstance(screen, ChartsDialog)
    return screen


def cell_place(hands: Hands, truth: int, answer: int) -> tuple[float, float]:
    layout = charts(hands)._matrix
    assert layout is not None
    return layout.box((truth, answer)).centre


@pytest.mark.parametrize("way", ["key", "click", "tap"])
def test_the_result_opens_the_charts_and_is_there_again_after_them(result: Hands, way: str) -> None:
    if way == "key":
        result.key(pygame.K_c, "c")
    else:
        getattr(result, way)("charts")
    assert charts(result).tab is ChartTab.CURVES
    result.key(pygame.K_ESCAPE)
    assert isinstance(result.view.screen, ResultDialog)


def test_a_c_in_the_name_is_a_letter(result: Hands) -> None:
    result.click("name")
    result.key(pygame.K_c, "c")
    assert isinstance(result.view.screen, ResultDialog)
    assert result.view.screen.name.text.endswith("c")


def test_a_click_on_a_cell_shows_its_pictures(result: Hands) -> None:
    result.key(pygame.K_c, "c")
    result.click("matrix")
    place = cell_place(result, 1, 7)
    result.down(place)
    result.up(place)
    dialog = result.view.screen
    assert isinstance(dialog, CellDialog)
    assert "1 read as 7: 70 pictures" in dialog.heard.texts["cell"]
    assert len(dialog.pictures) == 60
    result.key(pygame.K_END)
    result.settle()
    assert dialog.scroller.place > 0
    result.key(pygame.K_ESCAPE)
    assert charts(result).cell == (1, 7)


def test_a_finger_on_a_cell_shows_its_pictures(result: Hands) -> None:
    result.key(pygame.K_c, "c")
    result.tap("matrix")
    result.finger(pygame.FINGERDOWN, cell_place(result, 1, 7))
    result.finger(pygame.FINGERUP, cell_place(result, 1, 7))
    assert isinstance(result.view.screen, CellDialog)


def test_arrows_go_from_cell_to_cell_and_enter_opens(result: Hands) -> None:
    result.key(pygame.K_c, "c")
    result.key(pygame.K_DOWN)
    assert charts(result).tab is ChartTab.MATRIX
    assert charts(result).cell == (0, 0)
    for code in (pygame.K_UP, pygame.K_DOWN, *(pygame.K_RIGHT,) * 12, pygame.K_LEFT, pygame.K_LEFT):
        result.key(code)
    assert charts(result).cell == (1, 7)
    assert charts(result).heard.texts["cell"] == "1 read as 7: 70 pictures"
    result.key(pygame.K_RETURN)
    assert isinstance(result.view.screen, CellDialog)


def test_an_empty_cell_opens_nothing(result: Hands) -> None:
    result.key(pygame.K_c, "c")
    for code in (pygame.K_DOWN, pygame.K_RIGHT, pygame.K_RETURN):
        result.key(code)
    assert charts(result).cell == (0, 1)


def test_a_drag_that_leaves_its_cell_opens_nothing(result: Hands) -> None:
    result.key(pygame.K_c, "c")
    result.key(pygame.K_c, "c")
    result.down(cell_place(result, 1, 7))
    result.up(cell_place(result, 1, 1))
    assert charts(result).tab is ChartTab.MATRIX


def test_curves_run_over_epochs_and_end_with_what_was_measured_on_all_pictures() -> None:
    process = FakeProcess(None)  # type: ignore[arg-type]
    process.advances = [replace(advance(step, 100), epochs=4) for step in range(1, 101)]
    process.advances[24] = replace(process.advances[24], validation_loss=0.4, validation_accuracy=0.9)
    process.measurements = [Measured(10, 1.0, 0.7, None), Measured(25, 2.5, 0.88, None)]
    curves = curves_over_epochs(process)
    assert curves.loss[-1] == (4.0, 2.3 / 100)
    assert curves.validation_accuracy == [(0.4, 0.7), (1.0, 0.9)]
    assert curves.validation_loss == [(1.0, 0.4)]


def test_a_training_that_told_nothing_has_no_curves() -> None:
    assert not curves_over_epochs(FakeProcess(None)).loss  # type: ignore[arg-type]
