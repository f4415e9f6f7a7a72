"""The parts of a network to and from one npz file, checked on the way in.

The file holds `header`, JSON text with the format version, the architecture and the info (how it was trained, what was
measured), and one array for each parameter and state by name ("3.weight"). In a file of 8 bits the weights are int8,
and "3.weight.steps" has what one is worth, for each output channel. Nothing is ever unpickled.
"""

import io
import json
import math
import types
import zipfile
import zlib
from collections.abc import Callable
from dataclasses import fields
from pathlib import Path
from typing import Any, Literal, NamedTuple, TypeVar, Union, get_args, get_origin

import numpy as np

from model.errors import InputError, quoted, reason_of
from model.files import replacing
from model.network.eight_bits import from_eight_bits, to_eight_bits
from model.network.layers import LAYERS, Layer, plan_layers
from model.network.workspace import Shape

FORMAT = 2  # 1 had other names for some settings
EIGHT_BITS = 3  # as 2, but for weights
_FORMER_NAMES = {"start": "initializer", "share": "rate"}
_MOST_HEADER_BYTES = 1_000_000
_MOST_NPY_HEADER_BYTES = 1_024

_STEPS = ".steps"

Bits = Literal[8, 32]  # of each weight in a file
Stored = dict[str, tuple[Shape, np.dtype]]  # the shape and dtype of each array in a file
_Read = TypeVar("_Read")


class Parts(NamedTuple):
    """What a network is made of. arrays: parameters and state by name, as `Network.arrays` gives them, float32."""

    layers: list[Layer]
    input_shape: Shape
    info: dict[str, Any]
    arrays: dict[str, np.ndarray]


class Description(NamedTuple):
    """What a network's file says before its arrays are read; info as in `Network.info`."""

    parameters: int
    info: dict[str, Any]


class NetworkFileError(InputError):
    """A network file that cannot be used; the text is one sentence for the person at the screen."""


def save(parts: Parts, path: Path, *, bits: Bits = 32) -> None:
    """Write a network; a file that was there is replaced only once the new one is whole. Raises OSError."""
    arrays = dict(parts.arrays)
    if bits == 8:
        for name in filter(_is_weight, parts.arrays):
            arrays[name], arrays[name + _STEPS] = to_eight_bits(parts.arrays[name])
    header = {
        "format": FORMAT if bits == 32 else EIGHT_BITS,
        "input_shape": parts.input_shape,
        "layers": [{"layer": type(layer).__name__, **layer.settings()} for layer in parts.layers],
        "info": parts.info,
    }
    with replacing(path) as part, part.open("wb") as file:
        np.savez_compressed(file, **{"header": np.array(json.dumps(header)), **arrays})  # type: ignore[arg-type]


def load(path: Path) -> Parts:
    """Read a network's parts. Raises NetworkFileError if the file is missing, is no network or is not sound."""
    return _from_archive(path, _read)


def describe(path: Path) -> Description:
    """Read only what the file says of its network: a fraction of a millisecond. Raises NetworkFileError as load."""
    return _from_archive(path, _describe)


def checksum(path: Path) -> str:
    """Of the arrays in a network's file, without reading them: equal for the same weights. Raises NetworkFileError."""
    return _from_archive(path, _checksum)


def _checksum(archive: zipfile.ZipFile, _: Path) -> str:
    entries = sorted((entry.filename, entry.CRC) for entry in archive.infolist() if entry.filename != "header.npy")
    return f"{zlib.crc32(repr(entries).encode()):08x}"


def _from_archive(path: Path, read: Callable[[zipfile.ZipFile, Path], _Read]) -> _Read:
    """What `read` finds in the file, whose every fault becomes a NetworkFileError of one sentence."""
    try:
        with zipfile.ZipFile(path) as archive:
            return read(archive, path)
    except NetworkFileError:
        raise
    except FileNotFoundError:
        raise NetworkFileError(f"There is no file {path}; choose a network file that ends in .npz.") from None
    except OSError as error:
        raise NetworkFileError(f"{path} cannot be read ({reason_of(error)}).") from None
    except Exception as error:  # a broken archive can fail in many ways inside zipfile and numpy
        raise NetworkFileError(f"{path} is no sound network file ({quoted(error)}); choose another one.") from error


def _read(archive: zipfile.ZipFile, path: Path) -> Parts:
    header = _header(archive, path)
    layers, shape = _layers(header, path), _input_shape(header, path)
    shapes = {
        f"{i}.{name}": array
        for i, plan in enumerate(plan_layers(layers, shape))
        for name, array in (*plan.parameters.items(), *plan.state.items())
    }
    stored = _stored(shapes, eight_bits=header["format"] == EIGHT_BITS)
    _check_sizes(archive, stored, path)
    arrays = {name: _array(archive, name, *kind, path) for name, kind in stored.items()}
    for name in shapes:
        if name + _STEPS in arrays:
            arrays[name] = from_eight_bits(arrays[name], arrays.pop(name + _STEPS))
    return Parts(layers, shape, _info(header), arrays)


def _is_weight(name: str) -> bool:
    return name.endswith(".weight")


def _stored(shapes: dict[str, Shape], *, eight_bits: bool) -> Stored:
    """What a file holds of a network whose arrays have these shapes."""
    stored: Stored = {name: (shape, np.dtype(np.float32)) for name, shape in shapes.items()}
    if eight_bits:
        for name in filter(_is_weight, shapes):
            stored[name] = shapes[name], np.dtype(np.int8)
            stored[name + _STEPS] = shapes[name][-1:], np.dtype(np.float32)
    return stored


def _check_sizes(archive: zipfile.ZipFile, stored: Stored, path: Path) -> None:
    """Raise unless the file holds what its architecture says, at its size, before memory is taken for either."""
    found = {e.filename.removesuffix(".npy"): e.file_size for e in archive.infolist() if e.filename != "header.npy"}
    sizes = {name: math.prod(shape) * dtype.itemsize for name, (shape, dtype) in stored.items()}
    for name in sorted(found.keys() | sizes.keys()):
        if name not in found or name not in sizes or not 0 <= found[name] - sizes[name] <= _MOST_NPY_HEADER_BYTES:
            raise NetworkFileError(
                f"{path} does not hold the arrays of its architecture (see '{quoted(name)}'); choose another."
            )


def _describe(archive: zipfile.ZipFile, path: Path) -> Description:
    header = _header(archive, path)
    plans = plan_layers(_layers(header, path), _input_shape(header, path))
    return Description(sum(plan.parameter_count for plan in plans), _info(header))


def _info(header: dict[str, Any]) -> dict[str, Any]:
    info = header.get("info")
    return info if isinstance(info, dict) else {}


def _header(archive: zipfile.ZipFile, path: Path) -> dict[str, Any]:
    if "header.npy" not in archive.namelist():
        raise NetworkFileError(f"{path} is an npz file but not a network of this program; choose another file.")
    if archive.getinfo("header.npy").file_size > _MOST_HEADER_BYTES:
        raise NetworkFileError(f"{path} has too large a header; choose another file.")
    text = np.lib.format.read_array(io.BytesIO(archive.read("header.npy")), allow_pickle=False)
    header = json.loads(str(text))
    if not isinstance(header, dict) or not isinstance(header.get("layers"), list):
        raise NetworkFileError(f"{path} does not say what its layers are; choose another file.")
    if header.get("format") not in (1, FORMAT, EIGHT_BITS):
        found = quoted(header.get("format"))
        raise NetworkFileError(f"{path} has format {found}; this program reads formats 1 to {EIGHT_BITS}.")
    return header


def _layers(header: dict[str, Any], path: Path) -> list[Layer]:
    return [_layer(entry, path, former_names=header["format"] == 1) for entry in header["layers"]]


def _layer(entry: object, path: Path, *, former_names: bool) -> Layer:
    kind = LAYERS.get(str(entry.get("layer"))) if isinstance(entry, dict) else None
    if kind is None or not isinstance(entry, dict):
        raise NetworkFileError(f"{path} has a layer that this program does not know: {quoted(entry)}.")
    settings = {name: value for name, value in entry.items() if name != "layer"}
    if former_names:
        settings = {_FORMER_NAMES.get(name, name): value for name, value in settings.items()}
    types = {f.name: f.type for f in fields(kind) if f.init}
    for name, value in settings.items():
        if name not in types or not _fits(value, types[name]):
            raise NetworkFileError(f"{path} has a {kind.__name__} layer with an odd '{quoted(name)}'; choose another.")
    return kind(**settings)


def _fits(value: object, annotation: Any) -> bool:
    """Whether a value of the header is one that a layer's setting of this type may have."""
    if get_origin(annotation) is Literal:
        return type(value) is str and value in get_args(annotation)
    if get_origin(annotation) in (Union, types.UnionType):
        return any(_fits(value, alternative) for alternative in get_args(annotation))
    return type(value) is annotation or (annotation is float and type(value) is int)


def _input_shape(header: dict[str, Any], path: Path) -> Shape:
    shape = header.get("input_shape")
    if isinstance(shape, list) and 1 <= len(shape) <= 3 and all(type(n) is int and 1 <= n <= 4096 for n in shape):
        return tuple(shape)
    raise NetworkFileError(f"{path} does not say what pictures it takes; choose another file.")


def _array(archive: zipfile.ZipFile, name: str, shape: Shape, dtype: np.dtype, path: Path) -> np.ndarray:
    array = np.lib.format.read_array(io.BytesIO(archive.read(f"{name}.npy")), allow_pickle=False)
    if array.shape != shape or array.dtype != dtype:
        raise NetworkFileError(f"{path}: the array {name!r} is {array.dtype} {array.shape}, not {dtype} {shape}.")
    if not np.isfinite(array).all():
        raise NetworkFileError(f"{path}: the array {name!r} holds values that are not finite; choose another file.")
    return array
