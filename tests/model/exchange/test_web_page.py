"""The web page, its script run in a JavaScript engine: it says of every drawing what Python says."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from py_mini_racer import MiniRacer

from app.messages import Messages, languages
from model.exchange.web_page import PARTS, TEXTS, described, write_page
from model.handwriting.digits import write_digit
from model.network.layers import (
    AveragePool2D,
    BatchNorm,
    Conv2D,
    Dense,
    Dropout,
    Flatten,
    Layer,
    MaxPool2D,
)
from model.network.network import Network
from model.pictures.drawing import Drawing, Stroke
from model.pictures.normalize import normalize
from model.pictures.pen import picture_of
from model.reading.reader import Reader

ROOT = Path(__file__).resolve().parents[3]
CANVAS = 256


@pytest.fixture(scope="module")
def browser() -> Iterator[MiniRacer]:
    """An engine with the script that reads, as it stands on the page."""
    engine = MiniRacer()
    engine.eval((PARTS / "reader.js").read_text(encoding="utf-8"))
    yield engine
    engine.close()  # else the interpreter waits for it for ever


def strokes_of(drawing: Drawing) -> list[list[list[float]]]:
    return [stroke.points.tolist() for stroke in drawing.strokes]


def drawing_of(*strokes: list[tuple[float, float]]) -> Drawing:
    return Drawing(tuple(Stroke(np.array(points, np.float32)) for points in strokes))


def readings(browser: MiniRacer, network: Network, drawings: list[Drawing]) -> list[dict[str, Any]]:
    browser.eval(f"network = loadNetwork({json.dumps(described(network, 'own'))}); 0")
    calls = f"{json.dumps([strokes_of(d) for d in drawings])}.map(strokes => readStrokes(network, strokes, {CANVAS}))"
    return list(json.loads(str(browser.eval(f"JSON.stringify({calls})"))))


@pytest.mark.parametrize("name", ["cnn", "mlp"])
def test_the_page_reads_as_the_program_does(browser: MiniRacer, name: str, rng: np.random.Generator) -> None:
    network = Network.load(ROOT / "weights" / f"{name}.npz")
    drawings = [write_digit(number % 10, rng) for number in range(100)]
    for here, there in zip(Reader(network).read_drawings(drawings), readings(browser, network, drawings), strict=True):
        np.testing.assert_allclose(there["probabilities"], here.probabilities, atol=1e-3)
        assert there["digit"] == here.digit
        assert there["runnerUp"] != there["digit"]
        second = [here.probabilities[runner_up] for runner_up in (there["runnerUp"], here.runner_up)]
        assert second[0] == pytest.approx(second[1], abs=1e-3)  # two may be as improbable as each other


@pytest.mark.parametrize(
    "layers",
    [
        [Flatten(), Dense(7, activation="tanh"), Dense(10, activation="leaky_relu")],
        [Conv2D(3, 5, stride=2, activation="sigmoid"), AveragePool2D(3), Flatten(), Dense(10)],
        [Conv2D(4, 4, bias=False), MaxPool2D(), BatchNorm(activation="relu"), Flatten(), Dropout(0.5), Dense(10)],
        [Conv2D(4, 3, padding="valid"), BatchNorm(), Conv2D(2, 3, padding=1), Flatten(), BatchNorm(), Dense(10)],
    ],
    ids=str,
)
def test_every_kind_of_layer_says_the_same(browser: MiniRacer, layers: list[Layer], rng: np.random.Generator) -> None:
    network = Network(layers, rng=rng, info={"temperature": 1.7, "sure_at": 0.15, "digit_at": 0.12})
    network.vector += rng.normal(0, 0.05, network.vector.shape).astype(np.float32)
    for layer in network.layers:
        for name, array in layer.state.items():
            array[...] = rng.uniform(0.5, 1.5, array.shape) if name == "variance" else rng.normal(0, 0.1, array.shape)
    drawings = [write_digit(number, rng) for number in range(10)]
    for here, there in zip(Reader(network).read_drawings(drawings), readings(browser, network, drawings), strict=True):
        np.testing.assert_allclose(there["probabilities"], here.probabilities, atol=1e-3)
        assert (there["sure"], there["isDigit"]) == (here.sure, here.is_digit)


@pytest.mark.parametrize(
    "drawing",
    [
        drawing_of([(90, 40), (95, 200)]),
        drawing_of([(128, 128)]),
        drawing_of([(20, 20), (24, 23)]),
        drawing_of([(50, 50), (200, 52), (110, 210)], [(20, 240), (22, 242)]),  # a speck far from the rest
        drawing_of([(50, 50), (200, 52), (110, 210)], [(118, 215), (120, 216)]),  # a dot near it
        drawing_of([(-30, 10.5), (300.25, 10.5), (300.25, 260), (-30, 260), (-30, 10.5)]),
        drawing_of([(10, 120), (150, 129), (240, 128)]),
    ],
    ids=["line", "tap", "tremor", "speck", "dot", "beyond the paper", "flat"],
)
def test_the_picture_is_the_programs_own_to_the_pixel(browser: MiniRacer, drawing: Drawing) -> None:
    picture = picture_of(drawing)
    assert picture is not None
    strokes = json.dumps(strokes_of(drawing))
    there = json.loads(str(browser.eval(f"JSON.stringify(pictureOf({strokes}, {CANVAS}))")))
    data = np.array([there["data"][str(i)] for i in range(len(there["data"]))])
    np.testing.assert_array_equal(data.reshape(there["height"], there["width"]), picture)
    seen = json.loads(str(browser.eval(f"JSON.stringify([...normalize(pictureOf({strokes}, {CANVAS}))])")))
    image = normalize(picture)
    assert image is not None
    np.testing.assert_allclose(np.reshape(seen, (28, 28)), image, atol=1e-6)


@pytest.mark.parametrize("strokes", ["[]", "[[]]"])
def test_nothing_drawn_is_no_reading(browser: MiniRacer, strokes: str) -> None:
    assert browser.eval(f"readStrokes({{}}, {strokes}, {CANVAS}) === null")


def test_large_weights_are_not_lost(browser: MiniRacer, rng: np.random.Generator) -> None:
    network = Network([Flatten(), Dense(10)], rng=rng)
    network.vector *= 1e6
    drawings = [write_digit(3, rng)]
    (here,), (there,) = Reader(network).read_drawings(drawings), readings(browser, network, drawings)
    np.testing.assert_allclose(there["probabilities"], here.probabilities, atol=1e-3)


def test_the_page_is_one_file_that_asks_for_nothing(tmp_path: Path, rng: np.random.Generator) -> None:
    path = tmp_path / "page.html"
    network = Network([Flatten(), Dense(10)], rng=rng)
    write_page(network, "</script><b>", {language: Messages(language).texts for language in languages()}, path)
    page = path.read_text(encoding="utf-8")
    without_numbers = re.sub(r'"base64":"[^"]*"', "", page)  # in which two slashes say nothing
    assert re.findall(r"""https?:|//\w|src=|href=|url\(|@import|fetch\(|XMLHttp|import\(""", without_numbers) == []
    assert "{{" not in page.split('id="network"')[0]
    assert "</script><b>" not in page
    (held,) = re.findall(r'id="network">(.*?)</script>', page)
    assert json.loads(held)["name"] == "</script><b>"
    (held,) = re.findall(r'id="texts">(.*?)</script>', page)
    assert list(json.loads(held)) == languages()


def test_the_pages_script_has_every_text_it_asks_for() -> None:
    parts = "".join((PARTS / name).read_text(encoding="utf-8") for name in ("pad.js", "page.html"))
    asked = set(re.findall(r'\btext\("([\w.]+)"|data-text="([\w.]+)"', parts))
    asked_for = {one or other for one, other in asked}
    asked_for |= {
        f"{stem}.{rest}" for stem in ("answer", "guess") for rest in re.findall(r"\$\{stem\}\.([\w.]+)`", parts)
    }
    assert asked_for == set(TEXTS)


def test_halves_are_rounded_to_the_even_number_as_python_does(browser: MiniRacer) -> None:
    values = [0.5, 1.5, 2.5, 3.5, -0.5, 2.4, 2.6]
    assert json.loads(str(browser.eval(f"JSON.stringify({values}.map(rounded))"))) == [round(v) for v in values]
