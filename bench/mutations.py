"""Mutated files: sound pictures, drawings and networks of every form, with bytes and values changed at random."""

import io
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw

Mutation = Callable[[bytes, np.random.Generator], bytes]

SAVED: dict[str, dict[str, object]] = {
    "png": {},
    "jpg": {},
    "gif": {},
    "bmp": {},
    "webp": {},
    "tiff": {"compression": "tiff_lzw"},
    "ppm": {},
    "ico": {},
    "tga": {},
    "pcx": {},
    "jp2": {},
    "avif": {},
}
EXTREMES = (0, 1, 0x7F, 0x80, 0xFF, 0xFFFF, 0x7FFFFFFF, 0xFFFFFFFF)
WORDS = (
    b"NaN",
    b"Infinity",
    b"-1",
    b"1e999",
    b"null",
    b"[]",
    b"{}",
    b'""',
    b"[[[1]]]",
    b"99999999999999999999",
    b"true",
)


def sound_files(network: bytes) -> dict[str, list[bytes]]:
    """A few sound files of each form, by the ending of their names; network: an npz file of a network."""
    pictures = [_picture(side, mode) for side, mode in ((40, "RGB"), (60, "L"))]
    found: dict[str, list[bytes]] = {}
    for ending, options in SAVED.items():
        for picture in pictures:
            body = io.BytesIO()
            try:
                picture.save(body, Image.registered_extensions()[f".{ending}"], **options)
            except (KeyError, OSError):  # Pillow was built without this form
                continue
            found.setdefault(ending, []).append(body.getvalue())
    palette = io.BytesIO()
    pictures[0].convert("RGBA").quantize(16).save(palette, "PNG", transparency=3)
    found["png"].append(palette.getvalue())
    found["ndjson"] = [
        b'{"word": "7", "canvas": [256, 256], "drawing": [[[50, 200, 90], [40, 40, 220]], [[80, 140], [120, 120]]]}\n'
        * 2,
        b'{"key_id": "w1/2/0", "drawing": [[[50.5, 2e2], [40, 220.25], [0, 20]]], "word": "1", "recognized": true}\n',
    ]
    found["npz"] = [network]
    return found


def _picture(side: int, mode: str) -> Image.Image:
    image = Image.new(mode, (side, side + 8), "white")
    ImageDraw.Draw(image).line((8, 10, side - 10, 10, side // 3, side), fill=0, width=4)
    return image


def mutated(files: dict[str, list[bytes]], count: int, seed: int) -> Iterator[tuple[str, bytes]]:
    """So many endings and bodies, form by form in turn; each depends on its place and the seed alone."""
    endings = list(files)
    for index in range(count):
        rng = np.random.default_rng([seed, index])
        ending = endings[index % len(endings)]
        body = files[ending][int(rng.integers(len(files[ending])))]
        if ending == "npz" and rng.random() < 0.7:
            body = _in_archive(body, rng)
        elif ending == "ndjson" and rng.random() < 0.5:
            body = _in_text(body, rng)
        else:
            for _ in range(int(rng.integers(1, 4))):
                body = MUTATIONS[int(rng.integers(len(MUTATIONS)))](body, rng)
            if ending == "png" and rng.random() < 0.7:
                body = _checked(body)
        yield ending, body


def _flipped(body: bytes, rng: np.random.Generator) -> bytes:
    """A few bytes with other values, more often near the start, where sizes and kinds stand."""
    changed = bytearray(body)
    for _ in range(int(rng.integers(1, 12))):
        if changed:
            reach = min(len(changed), 64) if rng.random() < 0.5 else len(changed)
            changed[int(rng.integers(reach))] = int(rng.integers(256))
    return bytes(changed)


def _extreme(body: bytes, rng: np.random.Generator) -> bytes:
    """A number of one, two or four bytes at the limit of what it can be."""
    size = (1, 2, 4)[int(rng.integers(3))]
    place = int(rng.integers(max(1, min(len(body), 200) - size)))
    value = EXTREMES[int(rng.integers(len(EXTREMES)))] & ((1 << 8 * size) - 1)
    return body[:place] + value.to_bytes(size, "big" if rng.random() < 0.5 else "little") + body[place + size :]


def _cut(body: bytes, rng: np.random.Generator) -> bytes:
    return body[: int(rng.integers(len(body) + 1))]


def _without_piece(body: bytes, rng: np.random.Generator) -> bytes:
    start, end = sorted(rng.integers(len(body) + 1, size=2).tolist())
    return body[:start] + body[min(end, start + 64) :]


def _doubled(body: bytes, rng: np.random.Generator) -> bytes:
    start, end = sorted(rng.integers(len(body) + 1, size=2).tolist())
    return body[:end] + body[start:]


def _zeroed(body: bytes, rng: np.random.Generator) -> bytes:
    start = int(rng.integers(len(body) + 1))
    length = min(int(rng.integers(1, 64)), len(body) - start)
    return body[:start] + bytes(length) + body[start + length :]


MUTATIONS: tuple[Mutation, ...] = (_flipped, _flipped, _extreme, _extreme, _cut, _without_piece, _doubled, _zeroed)


def _in_text(body: bytes, rng: np.random.Generator) -> bytes:
    """JSON with one of its values, or of its marks, replaced."""
    numbers = [i for i, byte in enumerate(body) if byte in b'0123456789[]{}":,']
    place = numbers[int(rng.integers(len(numbers)))] if numbers else 0
    return body[:place] + WORDS[int(rng.integers(len(WORDS)))] + body[place + 1 :]


def _in_archive(body: bytes, rng: np.random.Generator) -> bytes:
    """An npz file in which one member is mutated and the archive is sound."""
    with zipfile.ZipFile(io.BytesIO(body)) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    name = list(members)[int(rng.integers(len(members)))]
    change = _in_text if rng.random() < 0.4 else MUTATIONS[int(rng.integers(len(MUTATIONS)))]
    members[name] = change(members[name], rng)
    if rng.random() < 0.1:
        del members[name]
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as archive:
        for member, content in members.items():
            archive.writestr(member, content)
    return written.getvalue()


def _checked(body: bytes) -> bytes:
    """A PNG with the sums of its chunks put right, so that what was changed is looked at."""
    place, parts = 8, [body[:8]]
    while place + 12 <= len(body):
        (length,) = struct.unpack(">I", body[place : place + 4])
        end = place + 8 + length
        if end + 4 > len(body):
            break
        parts.append(body[place:end] + struct.pack(">I", zlib.crc32(body[place + 4 : end])))
        place = end + 4
    return b"".join(parts) + body[place:]


def write(folder: Path, index: int, ending: str, body: bytes) -> Path:
    """The file of one mutated body."""
    path = folder / f"mutated-{index}.{ending}"
    path.write_bytes(body)
    return path
