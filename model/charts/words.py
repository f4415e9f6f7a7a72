"""Words: what is written on charts. The program on the screen has its own, in the person's language."""

from collections.abc import Callable
from dataclasses import dataclass


def _number(value: float, decimals: int) -> str:
    return f"{value:,.{decimals}f}"


def _percent(share: float, decimals: int) -> str:
    return f"{100 * share:.{decimals}f}%"


def _epochs(count: int) -> str:
    return f"{count:,} epoch" if count == 1 else f"{count:,} epochs"


@dataclass(frozen=True)
class ChartWords:
    """number: a value and its decimals -> text; percent: likewise, of a share 0..1; epochs: so many of them."""

    training: str = "training"
    validation: str = "validation"
    loss: str = "Loss"
    loss_curve: str = "loss"
    accuracy: str = "Accuracy"
    accuracy_curve: str = "accuracy"
    truth: str = "rows: true digit"
    answer: str = "columns: read as"
    number: Callable[[float, int], str] = _number
    percent: Callable[[float, int], str] = _percent
    epochs: Callable[[int], str] = _epochs


ENGLISH = ChartWords()
