"""The card of a network as text: what is known of it."""

from pathlib import Path

from app.command_line.arguments import find_network
from model.training.card import Card, card_of

WORDS = {
    "mnist": "MNIST",
    "data": "another data set",
    "drawings": "drawings",
    "pen_digits": "people's digits",
    "pen_non_digits": "people's letters and signs",
    "handwriting": "digits of the pen model",
    "non_digits": "pictures of no digit",
}
UNKNOWN = "not known"


def card_text(name: str) -> str:
    """Lines for a terminal on a network, given by its name or file. Raises a ValueError for people."""
    path = find_network(name)
    card = card_of(path)
    rows = {
        "parameters": f"{card.parameters:,}",
        "learned from": _sources(card),
        "by": card.command or UNKNOWN,
        "trained": _training(card),
        "reads right": _accuracies(card),
        "digit by digit": _digits(card, path),
        "most confused": ", ".join(f"{truth} as {answer} ({count})" for truth, answer, count in card.confusions),
    }
    width = max(map(len, rows))
    lines = [f"{label:<{width}}  {text}" for label, text in rows.items() if text]
    return "\n".join([path.stem, *lines])


def _sources(card: Card) -> str:
    texts = [WORDS[kind] if count is None else f"{WORDS[kind]} ({count:,})" for kind, count in card.sources]
    start = "another network, then " if card.continued else ""
    return start + ", ".join(texts) if texts else UNKNOWN


def _training(card: Card) -> str:
    parts = [card.trained]
    if card.epochs is not None:
        parts.append(f"{card.epochs} {'epoch' if card.epochs == 1 else 'epochs'}")
    if card.seconds is not None:
        parts.append(f"{card.seconds:,.0f} s")
    return ", ".join(part for part in parts if part) or UNKNOWN


def _accuracies(card: Card) -> str:
    known = (("validation", card.validation_accuracy), ("test", card.test_accuracy))
    parts = [f"{100 * share:.2f} % of the {part} pictures" for part, share in known if share is not None]
    return ", ".join(parts) or UNKNOWN


def _digits(card: Card, path: Path) -> str:
    if card.counts is None:
        return f"{UNKNOWN}; find out with: python train.py --evaluate {path} --card"
    return ", ".join(f"{digit}: {100 * share:.1f} %" for digit, share in enumerate(card.per_digit) if share is not None)
