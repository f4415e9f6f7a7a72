"""Layers: all kinds that there are, by name, and how those of one network fit together."""

from collections.abc import Sequence

from model.network.batch_norm import BatchNorm
from model.network.convolution import Conv2D
from model.network.dense import Dense
from model.network.dropout import Dropout
from model.network.flatten import Flatten
from model.network.layer import Layer, Plan
from model.network.pooling import AveragePool2D, MaxPool2D
from model.network.workspace import Shape

__all__ = ["LAYERS", "AveragePool2D", "BatchNorm", "Conv2D", "Dense", "Dropout", "Flatten", "Layer", "MaxPool2D"]

LAYERS: dict[str, type[Layer]] = {
    kind.__name__: kind for kind in (Dense, Conv2D, MaxPool2D, AveragePool2D, BatchNorm, Dropout, Flatten)
}
MOST_PARAMETERS = 50_000_000  # 200 MB of float32: more than any network for 28x28 pictures has use for


def plan_layers(layers: Sequence[Layer], input_shape: Shape) -> list[Plan]:
    """What each layer makes of the output of the one before. Raises ValueError if they do not fit or are too large."""
    plans: list[Plan] = []
    shape, total = input_shape, 0
    for number, layer in enumerate(layers):
        try:
            plans.append(layer.plan(shape))
        except ValueError as error:
            raise ValueError(f"Layer {number} ({type(layer).__name__}): {error}") from None
        shape = plans[-1].output
        total += plans[-1].parameter_count
        if total > MOST_PARAMETERS:
            raise ValueError(f"The network has more than {MOST_PARAMETERS:,} parameters; make its layers smaller.")
    return plans
