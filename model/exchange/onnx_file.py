"""ONNX: a network as a file that other programs run. Needs the package onnx, of the extra of that name.

The graph takes `pictures`, float32 (N, 28, 28, 1) as `Network.as_input` gives them, and gives `logits` and
`probabilities`, (N, 10): those of one look, with the network's temperature. Operators are those of set 13 (ONNX 1.8,
2020), which every runtime knows. ONNX keeps the channel before height and width, so pictures are turned on their way.
"""

from pathlib import Path
from typing import Any

import numpy as np
from onnx import ModelProto, NodeProto, TensorProto, checker, helper, numpy_helper, save_model

from model.files import replacing
from model.network.activations import LEAK
from model.network.layers import AveragePool2D, BatchNorm, Conv2D, Dense, Flatten, Layer, MaxPool2D
from model.network.network import Network
from model.network.workspace import Shape
from model.reading.reader import Reader
from model.version import version

OPERATORS = 13
FORMAT = 8  # of the file, that of ONNX 1.10
ACTIVATIONS: dict[str, tuple[str, dict[str, Any]]] = {
    "relu": ("Relu", {}),
    "leaky_relu": ("LeakyRelu", {"alpha": LEAK}),
    "tanh": ("Tanh", {}),
    "sigmoid": ("Sigmoid", {}),
}


def write_onnx(network: Network, path: Path) -> None:
    """Write a network that reads digits. Raises ValueError for another one, OSError."""
    model = model_of(network)
    with replacing(path) as part:
        save_model(model, str(part), format="protobuf")


def model_of(network: Network) -> ModelProto:
    """A network that reads digits as an ONNX model; what makes a reading sure stands in its metadata."""
    reader = Reader(network)
    graph = _Graph()
    folded = network.folded()
    for layer, before in zip(folded.layers, [folded.input_shape, *(p.output for p in folded.plans)], strict=False):
        graph.add_layer(layer, before)
    graph.add("Identity", output="logits")
    graph.add("Div", np.float32(reader.temperature))
    graph.add("Softmax", axis=1, output="probabilities")
    inputs = [helper.make_tensor_value_info("pictures", TensorProto.FLOAT, ["N", *folded.input_shape])]
    outputs = [
        helper.make_tensor_value_info(name, TensorProto.FLOAT, ["N", *folded.output_shape])
        for name in ("logits", "probabilities")
    ]
    model: ModelProto = helper.make_model(
        helper.make_graph(graph.nodes, "digitpad", inputs, outputs, graph.arrays),
        opset_imports=[helper.make_opsetid("", OPERATORS)],
        ir_version=FORMAT,
        producer_name="digitpad",
        producer_version=version(),
    )
    limits = {"temperature": reader.temperature, "sure_at": reader.sure_at, "digit_at": reader.digit_at}
    helper.set_model_props(model, {name: repr(value) for name, value in limits.items()})
    checker.check_model(model, full_check=True)
    return model


class _Graph:
    """A chain of nodes that grows at its end; channels_first: whether pictures are turned as ONNX has them."""

    def __init__(self) -> None:
        self.nodes: list[NodeProto] = []
        self.arrays: list[TensorProto] = []
        self.end = "pictures"
        self.channels_first = False

    def add(self, operator: str, *arrays: np.ndarray | np.float32, output: str | None = None, **settings: Any) -> None:
        """Add a node that takes the end of the chain and arrays, float32."""
        names = []
        for array in arrays:
            names.append(f"array_{len(self.arrays)}")
            self.arrays.append(numpy_helper.from_array(np.asarray(array, np.float32), names[-1]))
        output = output or f"{operator.lower()}_{len(self.nodes)}"
        self.nodes.append(helper.make_node(operator, [self.end, *names], [output], **settings))
        self.end = output

    def turn(self, *, channels_first: bool) -> None:
        """Bring pictures into that order of their axes."""
        if self.channels_first != channels_first:
            self.add("Transpose", perm=(0, 3, 1, 2) if channels_first else (0, 2, 3, 1))
            self.channels_first = channels_first

    def add_layer(self, layer: Layer, before: Shape) -> None:
        """Add a layer of a folded network, which has no Dropout, for inputs of that shape."""
        is_picture = len(before) == 3
        self.turn(channels_first=is_picture and not isinstance(layer, Flatten))
        match layer:
            case Conv2D():
                (top, bottom), (left, right) = layer.pads(before[0]), layer.pads(before[1])
                arrays = [layer.parameters["weight"].transpose(3, 2, 0, 1)]
                arrays += [layer.parameters["bias"]] if layer.bias else []
                self.add("Conv", *arrays, pads=[top, left, bottom, right], strides=[layer.stride] * 2)
            case Dense():
                self.add("Gemm", layer.parameters["weight"], layer.parameters["bias"])
            case BatchNorm():
                for operator, array in zip(("Mul", "Add"), layer.affine(), strict=True):
                    self.add(operator, array.reshape(-1, 1, 1) if is_picture else array)
            case MaxPool2D() | AveragePool2D():
                operator = "MaxPool" if isinstance(layer, MaxPool2D) else "AveragePool"
                self.add(operator, kernel_shape=[layer.size] * 2, strides=[layer.size] * 2)
            case Flatten():
                self.add("Flatten", axis=1)
                self.channels_first = False
            case _:
                raise ValueError(f"ONNX files know no layer {type(layer).__name__}.")
        operator, settings = ACTIVATIONS.get(getattr(layer, "activation", "linear"), ("", {}))
        if operator:
            self.add(operator, **settings)
