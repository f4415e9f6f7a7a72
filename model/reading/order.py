"""Order: marks on paper are read line by line from the top, in a line from left to right."""

from __future__ import annotations

from collections.abc import Sequence

from model.reading.grouping import Box

TALL = 0.4  # of the tallest mark: those at least so tall say where lines are
APART = 0.15  # of the lower mark's height: a free strip this high lies between two lines


def lines_of(boxes: Sequence[Box]) -> list[list[int]]:
    """Indices of the boxes, line by line, top to bottom; each is in one line. Small marks go to the nearest line."""
    if not boxes:
        return []
    tallest = max(box[3] for box in boxes)
    tall = [i for i, box in enumerate(boxes) if box[3] >= TALL * tallest]
    lines: list[list[int]] = []
    bottom = 0.0
    for i in sorted(tall, key=lambda i: boxes[i][1]):
        top, height = boxes[i][1], boxes[i][3]
        if lines and top < bottom + APART * height:
            lines[-1].append(i)
            bottom = max(bottom, top + height)
        else:
            lines.append([i])
            bottom = top + height
    spans = [(min(boxes[i][1] for i in line), max(boxes[i][1] + boxes[i][3] for i in line)) for line in lines]
    for i in sorted(set(range(len(boxes))) - set(tall)):
        middle = boxes[i][1] + boxes[i][3] / 2
        gaps = [max(top - middle, middle - bottom, 0.0) for top, bottom in spans]
        lines[gaps.index(min(gaps))].append(i)
    return lines
