"""Web page: one HTML file with a network in it, on which one draws a digit and has it read, without any network line.

Its parts are files to be read and edited in assets/page/. The page reads as `Reader.read_drawing` does: reader.js
follows the same steps.
"""

import base64
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np

from model.files import replacing
from model.network.layers import AveragePool2D, BatchNorm, Conv2D, Dense, Flatten, Layer, MaxPool2D
from model.network.network import Network
from model.network.workspace import Shape
from model.reading.augmentation import CLEAR, VIEWS
from model.reading.reader import Reader

MOST_HALF = float(np.finfo(np.float16).max)
FEW = 50_000  # numbers of an array that are kept whole: they take little room, and first layers err for all others
PARTS = Path(__file__).resolve().parents[2] / "assets" / "page"
TEXTS = (  # the keys of all texts on the page
    *(f"{stem}.{rest}" for stem in ("answer", "guess") for rest in ("digit", "doubt", "none", "none.detail")),
    *("answer.empty", "answer.empty.detail", "answer.sure", "answer.doubt.detail"),
    *("button.read", "button.undo", "button.clear", "bars.heading", "preview.caption"),
    *("network.line", "number.decimal", "number.percent"),
)


def write_page(network: Network, name: str, texts: Mapping[str, Mapping[str, str]], path: Path) -> None:
    """Write the page of a network. texts: for each language, such as "en", all of TEXTS by key.

    Raises ValueError for a network that reads no digits, OSError.
    """
    page = (PARTS / "page.html").read_text(encoding="utf-8")
    for name_of_part in ("page.css", "reader.js", "pad.js"):
        page = page.replace(f"{{{{{name_of_part}}}}}", (PARTS / name_of_part).read_text(encoding="utf-8").strip())
    chosen = {language: {key: own[key] for key in TEXTS} for language, own in texts.items()}
    page = page.replace("{{texts}}", _as_json(chosen)).replace("{{network}}", _as_json(described(network, name)))
    with replacing(path) as part:
        part.write_text(page, encoding="utf-8", newline="\n")


def described(network: Network, name: str) -> dict[str, Any]:
    """A network as reader.js takes it: layers with settings and packed arrays, and when it is sure or looks again."""
    reader = Reader(network)
    folded = network.folded()
    shapes = [folded.input_shape, *(plan.output for plan in folded.plans)]
    layers = [_layer(layer, *around) for layer, *around in zip(folded.layers, shapes[:-1], shapes[1:], strict=True)]
    return {
        "name": name,
        "accuracy": network.info.get("test_accuracy"),
        "temperature": reader.temperature,
        "sure_at": reader.sure_at,
        "digit_at": reader.digit_at,
        "clear": CLEAR,
        "views": VIEWS,
        "layers": layers,
    }


def _layer(layer: Layer, before: Shape, after: Shape) -> dict[str, Any]:
    """A layer of a folded network, which has no Dropout, from pictures or vectors of one shape to another."""
    described: dict[str, Any] = {"layer": type(layer).__name__}
    match layer:
        case Conv2D():
            settings = {name: getattr(layer, name) for name in ("activation", "kernel", "stride", "filters")}
            (top, _), (left, _) = layer.pads(before[0]), layer.pads(before[1])
            place = {"rows": after[0], "columns": after[1], "top": top, "left": left}
            return described | settings | place | _packed(layer.parameters)
        case Dense():
            return described | {"activation": layer.activation} | _packed(layer.parameters)
        case BatchNorm():
            scale, shift = layer.affine()
            return described | {"activation": layer.activation} | _packed({"scale": scale, "shift": shift})
        case MaxPool2D() | AveragePool2D():
            return described | {"size": layer.size}
        case Flatten():
            return described
    raise ValueError(f"A web page knows no layer {type(layer).__name__}.")


def _packed(arrays: Mapping[str, np.ndarray]) -> dict[str, dict[str, str]]:
    """Arrays in base64, with 16 bits a number, which change no answer; with 32 where they are few or too large."""
    packed = {}
    for name, array in arrays.items():
        fits = array.size > FEW and float(np.abs(array).max(initial=0)) <= MOST_HALF
        kind = "float16" if fits else "float32"
        little_endian = array.astype(np.dtype(kind).newbyteorder("<"))
        packed[name] = {"type": kind, "base64": base64.b64encode(little_endian.tobytes()).decode("ascii")}
    return packed


def _as_json(value: object) -> str:
    """JSON that no browser takes for the end of the script that it stands in."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")
