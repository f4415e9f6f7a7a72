"""Figure: the charts of a training in one picture file: accuracy, loss, and what was taken for what."""

from pathlib import Path

from model.charts.confusion_matrix import ConfusionMatrix, Counts, matrix_layout
from model.charts.curves import LearningCurves, accuracy_chart, loss_chart
from model.charts.pen import Box
from model.charts.pillow_pen import PillowPen
from model.files import replacing

WIDTH, CHARTS, MATRIX, MARGIN = 900, 360, 520, 24  # pixels: of the picture, heights of both parts, around everything


def draw_figure(curves: LearningCurves | None, path: Path, counts: Counts | None = None) -> None:
    """Write a PNG of the curves, where there are any, above the confusion matrix (10, 10), likewise. Raises OSError."""
    charts, matrix = CHARTS if curves is not None else 0, MATRIX if counts is not None else 0
    pen = PillowPen(WIDTH, max(charts + matrix, 2 * MARGIN))
    if curves is not None:
        half = WIDTH / 2
        for number, chart in enumerate((accuracy_chart([curves]), loss_chart([curves]))):
            chart.draw(pen, Box(number * half, 0, half, charts).inner(MARGIN))
    if counts is not None:
        layout = matrix_layout(pen, Box(0, charts, WIDTH, matrix).inner(MARGIN))
        ConfusionMatrix(counts).draw(pen, layout)
    with replacing(path) as part:
        pen.picture().save(part, "PNG")
