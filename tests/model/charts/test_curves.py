"""Curves are written down small and read again; anything else is none."""

import json

import pytest

from model.charts.curves import CURVES, MOST_KEPT, LearningCurves

RUN = LearningCurves(loss=[(1.0, 0.123456789)], validation_accuracy=[(float(x), 0.5) for x in range(5000)])


def test_curves_come_back_thinned_and_rounded() -> None:
    again = LearningCurves.from_json(json.loads(json.dumps(RUN.as_json())), name="A")
    assert again is not None
    assert again.name == "A"
    assert list(again.loss) == [(1.0, 0.12346)]
    assert len(again.validation_accuracy) == MOST_KEPT
    assert again.validation_accuracy[-1] == (4999.0, 0.5)


@pytest.mark.parametrize(
    "value",
    [
        None,
        7,
        {},
        {name: [] for name in CURVES},
        {"loss": 3},
        {"loss": [[1]]},
        {"loss": [["a", 2]]},
        {"loss": [[1, float("nan")]]},
        {"loss": [[1, 1e99]]},
        {"loss": [[0, 1]] * 20_000},
        {"loss": [[True, 1]]},
    ],
    ids=lambda value: str(value)[:30],
)
def test_what_is_no_curves_gives_none(value: object) -> None:
    assert LearningCurves.from_json(value) is None
