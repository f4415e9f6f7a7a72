"""What a map or a value of a network is, in words."""

from __future__ import annotations

from math import prod
from typing import NamedTuple

from app.inside.worker import Finding
from app.messages import Messages
from app.session.answer import percent
from app.ui.paragraphs import Paragraph
from model.explanation.introspection import CONVOLUTION, DENSE, NORM, OUTPUT, PICTURE, POOLING, Introspection
from model.network.convolution import Conv2D
from model.network.pooling import AveragePool2D, MaxPool2D


class ChosenUnit(NamedTuple):
    """What is pointed at: a map or value of a step, and a place on the map."""

    step: int
    unit: int
    row: int = 0
    column: int = 0


def paragraphs(
    inside: Introspection, chosen: ChosenUnit, finding: Finding | None, messages: Messages
) -> list[Paragraph]:
    """A title, one sentence, and the value that it has now."""
    step = inside.steps[chosen.step]
    names = {"number": chosen.unit + 1, "count": step.units}
    if step.kind == OUTPUT:
        title = messages("inside.unit.output", digit=chosen.unit)
    elif step.kind == PICTURE:
        title = messages("inside.step.picture")
    else:
        title = messages("inside.unit.map" if len(step.shape) == 3 else "inside.unit.value", **names)
    shown = [(title, 20, "strong", False), (_sentence(inside, chosen, messages), 17, "regular", False)]
    now = _now(chosen, finding, messages)
    return [*shown, (now, 16, "regular", True)] if now else shown


def _sentence(inside: Introspection, chosen: ChosenUnit, messages: Messages) -> str:
    step, before = inside.steps[chosen.step], inside.steps[max(chosen.step - 1, 0)]
    field = inside.field(chosen.step, chosen.row, chosen.column)
    seen = {"width": field.right - field.left, "height": field.bottom - field.top}
    layer = step.layer
    if step.kind == CONVOLUTION and isinstance(layer, Conv2D):
        if before.kind == PICTURE:
            return messages("inside.about.first_convolution", kernel=layer.kernel)
        return messages("inside.about.convolution", kernel=layer.kernel, maps=before.units, **seen)
    if step.kind == POOLING and isinstance(layer, MaxPool2D | AveragePool2D):
        key = "inside.about.max_pooling" if isinstance(layer, MaxPool2D) else "inside.about.average_pooling"
        return messages(key, size=layer.size, number=chosen.unit + 1, **seen)
    if step.kind in (DENSE, OUTPUT):
        values = int(before.units * seen["width"] * seen["height"]) if before.kind == PICTURE else prod(before.shape)
        if step.kind == OUTPUT:
            return messages("inside.about.output", values=values, digit=chosen.unit)
        return messages("inside.about.dense", values=values)
    return messages("inside.about.norm" if step.kind == NORM else "inside.about.picture")


def _now(chosen: ChosenUnit, finding: Finding | None, messages: Messages) -> str:
    """The value at this place, for this drawing."""
    if finding is None or not finding.values or chosen.step >= len(finding.values):
        return ""
    values = finding.values[chosen.step]
    value = float(values[chosen.row, chosen.column, chosen.unit] if values.ndim == 3 else values[chosen.unit])
    sign = "−" if value <= -0.005 else "+" if value >= 0.005 else ""
    text = sign + messages.number(abs(value), 2)
    if chosen.step == len(finding.values) - 1 and finding.reading is not None:
        share = percent(float(finding.reading.probabilities[chosen.unit]), messages)
        return messages("inside.now.output", value=text, share=share)
    return messages("inside.now", value=text)
