"""Barred: whether the stem of a seven that somebody wrote is crossed by a bar, told by its strokes."""

import numpy as np

LEVEL = 1.3  # a bar is this many times wider than high, at least
LONG = 0.15  # of the drawing's longer side: what is shorter is a slip of the pen
MIDDLE = 0.3, 0.8  # of the drawing's height, from the top, between which a bar's middle lies


def is_barred(drawing: list[np.ndarray]) -> bool:
    """Whether one of a seven's strokes, each (P, 2), y down, lies level across its middle."""
    points = np.concatenate(drawing)
    top, (width, height) = points[:, 1].min(), np.ptp(points, axis=0)
    least = LONG * max(width, height)
    for stroke in drawing:
        wide, high = np.ptp(stroke, axis=0)
        middle = (stroke[:, 1].mean() - top) / max(float(height), 1e-6)
        if wide >= least and wide > LEVEL * high and MIDDLE[0] < middle < MIDDLE[1]:
            return True
    return False


def is_plain(drawing: list[np.ndarray]) -> bool:
    """Whether a seven is of one stroke, so that nothing can cross its stem unseen by `is_barred`."""
    return len(drawing) == 1 and not is_barred(drawing)
