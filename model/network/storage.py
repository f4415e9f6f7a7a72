"""A network to and from one npz file, checked on the way in.

The file holds `header`, JSON text with the format version, the architecture and the info (how it was trained, what was
measured), and one array for each parameter and state by name ("3.weight"). Nothing is ever unpickled.
"""

import io
import json
import zipfile
from collections.abc import Callable
from dataclasses import fields
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

import numpy as np

from model.files import replacing

if TYPE_CHECKING:
    from model.network.layers import Layer
    from model.network.network import Network

FORMAT = 1
_MOST_HEADER_BYTES = 1_000_000


_Read = TypeVar("_Read")


class Description(NamedTuple):
    """What a network's file says before its arrays are read; info as in `Network.info`."""

    parameters: int
    info: dict[str, Any]


class NetworkFileError(ValueError):
    """A network file that cannot be used; the text is one sentence for the person at the screen."""


def save(network: "Network", path: Path) -> None:
    """Write the network; a file that was there is replaced only once the new one is whole. Raises OSError."""
    header = {
        "format": FORMAT,
        "input_shape": network.input_shape,
        "layers": [{"layer": type(layer).__name__, **layer.settings()} for layer in network.layers],
        "info": network.info,
    }
    write_npz(path, {"header": np.array(json.dumps(header)), **network.arrays()})


def write_npz(path: Path, arrays: dict[str, np.ndarray]) -> None:
    """Write arrays to a compressed npz file, beside the path first and then in its place. Raises OSError."""
    with replacing(path) as part, part.open("wb") as file:
        np.savez_compressed(file, **arrays)  # type: ignore[arg-type]


def load(path: Path) -> "Network":
    """Read a network. Raises NetworkFileError if the file is missing, is no network or is not sound."""
    return _from_archive(path, _read)


def describe(path: Path) -> Description:
    """Read only what the file says of its network: a fraction of a millisecond. Raises NetworkFileError as load."""
    return _from_archive(path, _describe)


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
        raise NetworkFileError(f"{path} cannot be read ({error.strerror or error}).") from None
    except Exception as error:  # a broken archive can fail in many ways inside zipfile and numpy
        raise NetworkFileError(f"{path} is no sound network file ({error}); choose another one.") from None


def _read(archive: zipfile.ZipFile, path: Path) -> "Network":
    from model.network.network import Network, plan  # here, because network.py offers load and save itself

    header = _header(archive, path)
    layers, shape = _layers(header, path), _input_shape(header, path)
    sizes = {
        f"{i}.{name}": 4 * int(np.prod(array))
        for i, p in enumerate(plan(layers, shape))
        for name, array in (*p.parameters.items(), *p.state.items())
    }
    # the file must hold what its architecture says, at its size, before memory is taken for either
    found = {e.filename.removesuffix(".npy"): e.file_size for e in archive.infolist() if e.filename != "header.npy"}
    for name in sorted(found.keys() | sizes.keys()):
        if name not in found or name not in sizes or not sizes[name] <= found[name] <= sizes[name] + 1024:
            raise NetworkFileError(
                f"{path} does not hold the arrays of its architecture (see {name!r}); choose another."
            )
    network = Network(layers, input_shape=shape, info=_info(header))
    for name, array in network.arrays().items():
        array[...] = _checked(archive, name, array.shape, path)
    return network


def _describe(archive: zipfile.ZipFile, path: Path) -> Description:
    from model.network.network import count_parameters, plan

    header = _header(archive, path)
    plans = plan(_layers(header, path), _input_shape(header, path))
    return Description(sum(map(count_parameters, plans)), _info(header))


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
    if header.get("format") != FORMAT:
        raise NetworkFileError(f"{path} has format {header.get('format')}; this program reads format {FORMAT}.")
    return header


def _layers(header: dict[str, Any], path: Path) -> list["Layer"]:
    from model.network.network import LAYERS

    layers = []
    for entry in header["layers"]:
        kind = LAYERS.get(str(entry.get("layer"))) if isinstance(entry, dict) else None
        if kind is None:
            raise NetworkFileError(f"{path} has a layer that this program does not know: {entry!r:.60}.")
        settings = {name: value for name, value in entry.items() if name != "layer"}
        types = {f.name: f.type for f in fields(kind) if f.init}
        for name, value in settings.items():
            if name not in types or type(value) not in _allowed(types[name]):
                raise NetworkFileError(f"{path} has a {kind.__name__} layer with an odd {name!r}; choose another file.")
        layers.append(kind(**settings))
    return layers


def _input_shape(header: dict[str, Any], path: Path) -> tuple[int, ...]:
    shape = header.get("input_shape")
    if isinstance(shape, list) and 1 <= len(shape) <= 3 and all(type(n) is int and 1 <= n <= 4096 for n in shape):
        return tuple(shape)
    raise NetworkFileError(f"{path} does not say what pictures it takes; choose another file.")


def _allowed(annotation: Any) -> tuple[type, ...]:
    named: dict[Any, tuple[type, ...]] = {
        int: (int,),
        float: (int, float),
        str: (str,),
        bool: (bool,),
        str | int: (str, int),
    }
    return named[annotation]


def _checked(archive: zipfile.ZipFile, name: str, shape: tuple[int, ...], path: Path) -> np.ndarray:
    array = np.lib.format.read_array(io.BytesIO(archive.read(f"{name}.npy")), allow_pickle=False)
    if array.shape != shape or array.dtype != np.float32:
        raise NetworkFileError(f"{path}: the array {name!r} is {array.dtype} {array.shape}, not float32 {shape}.")
    if not np.isfinite(array).all():
        raise NetworkFileError(f"{path}: the array {name!r} holds values that are not finite; choose another file.")
    return array
