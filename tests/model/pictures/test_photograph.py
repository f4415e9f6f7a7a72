"""A digit in an image file comes out as ink on nothing, whatever the file's form; what is no image gets a sentence."""

import io
import os
import struct
import zlib
from contextlib import suppress
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image, ImageDraw

from model.pictures.ink import ink_of
from model.pictures.photograph import SIDE, PictureError, load_photograph, load_picture

BLACK, WHITE = (0, 0, 0), (255, 255, 255)


def draw_seven(ink: tuple[int, ...] = BLACK, paper: tuple[int, ...] = WHITE, side: int = 120) -> Image.Image:
    """A seven: ink at the top and down to the left, none at the bottom right."""
    image = Image.new("RGB" if len(paper) == 3 else "RGBA", (side, side), paper)
    points = [(0.25 * side, 0.2 * side), (0.75 * side, 0.2 * side), (0.4 * side, 0.8 * side)]
    ImageDraw.Draw(image).line(points, fill=ink, width=side // 10, joint="curve")
    return image


def ink_of_seven(side: int) -> np.ndarray:
    return np.asarray(draw_seven(WHITE, BLACK, side).convert("L")) > 127


INK = ink_of_seven(120)


def assert_seven(picture: np.ndarray, ink: np.ndarray = INK) -> None:
    assert picture.dtype == np.float32
    assert picture.min() >= 0
    assert picture.max() <= 1
    assert ((picture > 0.5) == ink).mean() > 0.99


def load(image: Image.Image, path: Path, **options: Any) -> np.ndarray:
    image.save(path, **options)
    return load_picture(path)


@pytest.mark.parametrize(
    ("ink", "paper"),
    [
        (BLACK, WHITE),
        (WHITE, BLACK),
        ((20, 40, 160), (250, 245, 230)),
        ((250, 240, 60), (20, 90, 40)),
        ((255, 230, 0), WHITE),  # as light as the paper, but not of its colour
        ((200, 40, 40), (60, 120, 60)),
    ],
)
def test_any_ink_on_any_paper(tmp_path: Path, ink: tuple[int, ...], paper: tuple[int, ...]) -> None:
    assert_seven(load(draw_seven(ink, paper), tmp_path / "seven.png"))


@pytest.mark.parametrize(
    "name", ["seven.png", "seven.jpg", "seven.gif", "seven.bmp", "seven.tif", "seven.webp", "x.ppm"]
)
def test_formats(tmp_path: Path, name: str) -> None:
    assert_seven(load(draw_seven(), tmp_path / name))


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "CMYK", "I", "F"])
def test_modes(tmp_path: Path, mode: str) -> None:
    assert_seven(load(draw_seven().convert(mode), tmp_path / "seven.tif"))


def test_sixteen_bits_of_which_few_are_used(tmp_path: Path) -> None:
    deep = np.asarray(draw_seven().convert("L")).astype(np.uint16) * 9 + 300
    assert_seven(load(Image.fromarray(deep), tmp_path / "seven.png"))


def test_mnist_pictures_come_out_as_they_are(tmp_path: Path, rng: np.random.Generator) -> None:
    image = np.zeros((28, 28), np.uint8)
    image[4:24, 4:24] = rng.integers(0, 256, (20, 20))
    image[10, 10] = 255
    picture = load(Image.fromarray(image), tmp_path / "mnist.png")
    np.testing.assert_allclose(picture, image / 255, atol=1e-6)


@pytest.mark.parametrize("ink", [BLACK, WHITE, (200, 30, 30)])
def test_ink_on_nothing(tmp_path: Path, ink: tuple[int, ...]) -> None:
    assert_seven(load(draw_seven((*ink, 255), (0, 0, 0, 0)), tmp_path / "seven.png"))


def test_a_card_on_nothing(tmp_path: Path) -> None:
    sheet = Image.new("RGBA", (200, 200), (0, 0, 0, 0))
    sheet.paste(draw_seven(), (40, 40))
    assert_seven(load(sheet, tmp_path / "card.png")[40:160, 40:160])


def test_nothing_at_all_is_no_ink(tmp_path: Path) -> None:
    assert not load(Image.new("RGBA", (30, 20)), tmp_path / "clear.png").any()
    assert not load(Image.new("L", (30, 20), 77), tmp_path / "grey.png").any()
    assert load(Image.new("L", (1, 1)), tmp_path / "tiny.png").shape == (1, 1)


@pytest.mark.parametrize(
    ("tag", "undo"),
    [(3, Image.Transpose.ROTATE_180), (6, Image.Transpose.ROTATE_90), (8, Image.Transpose.ROTATE_270)],
)
def test_orientation_of_a_phone(tmp_path: Path, tag: int, undo: Image.Transpose) -> None:
    exif = Image.Exif()
    exif[0x0112] = tag
    assert_seven(load(draw_seven().transpose(undo), tmp_path / "seven.jpg", exif=exif, quality=95))


def test_first_frame_of_an_animation(tmp_path: Path) -> None:
    path = tmp_path / "seven.gif"
    draw_seven().save(path, save_all=True, append_images=[Image.new("RGB", (120, 120), WHITE)])
    assert_seven(load_picture(path))


def test_a_huge_picture_is_made_small(tmp_path: Path) -> None:
    picture = load(draw_seven(side=2 * SIDE).convert("L"), tmp_path / "seven.png")
    assert max(picture.shape) <= SIDE
    assert_seven(picture, ink_of_seven(2 * SIDE)[1::2, 1::2])


def test_uneven_light_and_grain(tmp_path: Path, rng: np.random.Generator) -> None:
    seven = np.asarray(draw_seven((30, 40, 110), (240, 235, 225), side=480), np.float64)
    y, x = np.mgrid[0:480, 0:480] / 480
    light = 0.35 + 0.6 * x * (1 - 0.3 * y)
    photo = (seven * light[..., None] + rng.normal(0, 3, seven.shape)).clip(0, 255).astype(np.uint8)
    assert_seven(load(Image.fromarray(photo), tmp_path / "photo.jpg"), ink_of_seven(480))


def test_a_thick_pen_on_unevenly_lit_paper(tmp_path: Path) -> None:
    drawing = Image.new("L", (480, 480))
    ImageDraw.Draw(drawing).line([(120, 100), (360, 100), (200, 390)], fill=255, width=90, joint="curve")
    ink = np.asarray(drawing) > 127
    light = 80 + 150 * np.mgrid[0:480, 0:480][0] / 480
    picture = load(Image.fromarray(np.where(ink, 0.15 * light, light).astype(np.uint8)), tmp_path / "thick.png")
    assert ((picture > 0.5) == ink).mean() > 0.99


def test_a_stain_on_grainy_paper_is_no_ink(tmp_path: Path, rng: np.random.Generator) -> None:
    stained = draw_seven((40, 40, 40), (230, 230, 230), side=480)
    ImageDraw.Draw(stained).ellipse((320, 320, 420, 420), fill=(195, 195, 195))
    photo = (np.asarray(stained) + rng.normal(0, 3, (480, 480, 1))).clip(0, 255).astype(np.uint8)
    picture = load(Image.fromarray(photo), tmp_path / "stained.png")
    assert_seven(picture, ink_of_seven(480))
    assert picture[330:410, 330:410].max() < 0.1


def refused(path: Path, says: str) -> None:
    with pytest.raises(PictureError, match=says) as caught:
        load_picture(path)
    message = str(caught.value)
    assert "\n" not in message
    assert message.endswith(".")


def test_what_is_no_image_is_refused(tmp_path: Path) -> None:
    refused(tmp_path, "is a folder")
    refused(tmp_path / "nowhere.png", "no file")
    for name, body in (("empty.png", b""), ("text.png", b"seven"), ("page.eps", b"%!PS-Adobe-3.0 EPSF-3.0\n")):
        (tmp_path / name).write_bytes(body)
        refused(tmp_path / name, "no image")


@pytest.mark.parametrize("form", ["PNG", "JPEG", "GIF", "BMP", "TIFF", "WEBP"])
def test_a_file_cut_short_is_refused(tmp_path: Path, form: str) -> None:
    file = io.BytesIO()
    draw_seven().save(file, form)
    path = tmp_path / "cut"
    path.write_bytes(file.getvalue()[: len(file.getvalue()) // 2])
    refused(path, "cut short|no image")


def png_header(width: int, height: int) -> bytes:
    body = b"IHDR" + struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + struct.pack(">I", 13) + body + struct.pack(">I", zlib.crc32(body)) + b"\0\0\1\0IDAT"


@pytest.mark.parametrize("size", [(8_000, 8_000), (60_000, 60_000), (2**31 - 1, 2**31 - 1)])
def test_too_many_pixels_are_refused_before_decoding(tmp_path: Path, size: tuple[int, int]) -> None:
    path = tmp_path / "bomb.png"
    path.write_bytes(png_header(*size))
    refused(path, "too many pixels")


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(place=st.integers(0, 100_000), value=st.integers(0, 255), form=st.sampled_from(["PNG", "JPEG", "GIF", "TIFF"]))
def test_a_damaged_file_is_read_or_refused_but_never_a_crash(tmp_path: Path, place: int, value: int, form: str) -> None:
    file = io.BytesIO()
    draw_seven(side=24).save(file, form)
    body = bytearray(file.getvalue())
    body[place % len(body)] = value
    path = tmp_path / "damaged"
    path.write_bytes(body)
    try:
        picture = load_picture(path)
    except PictureError as error:
        assert "\n" not in str(error)  # noqa: PT017  either is right
    else:
        assert np.isfinite(picture).all()


@settings(max_examples=40, deadline=None)
@given(st.integers(1, 40), st.integers(1, 40), st.integers(0, 2**32 - 1))
def test_ink_is_always_from_0_to_1(height: int, width: int, seed: int) -> None:
    ink = ink_of(np.random.default_rng(seed).random((height, width, 3), np.float32))
    assert ink.shape == (height, width)
    assert ink.min() >= 0
    assert ink.max() <= 1


@pytest.mark.parametrize(
    ("size", "longer"), [((4000, 3000), SIDE), ((3000, 3000), SIDE), ((1600, 160), 1600), ((9000, 600), 2 * SIDE)]
)
def test_a_long_strip_keeps_more_pixels_of_its_longer_side(tmp_path: Path, size: tuple[int, int], longer: int) -> None:
    Image.new("L", size, 255).save(tmp_path / "strip.png")
    Image.new("L", size[::-1], 255).save(tmp_path / "upright.png")
    assert max(load_photograph(tmp_path / "strip.png").colours.shape) == longer
    photograph = load_photograph(tmp_path / "upright.png")
    assert photograph.colours.shape[0] == longer
    assert photograph.scale == max(size) / longer


def test_a_damaged_tiff_leaves_the_terminal_alone(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "cut.tiff"
    draw_seven().save(path, compression="tiff_lzw")
    body = path.read_bytes()
    start = body.index(b"\x80", 8)  # LZW data begin so
    path.write_bytes(body[: start + 20] + bytes(60) + body[start + 80 :])
    with suppress(PictureError):
        load_picture(path)
    os.write(2, b"still there")
    assert capfd.readouterr().err == "still there"
