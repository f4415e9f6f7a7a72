"""Feature map: principal axes as NumPy's own, places that keep their order, neighbours by cosine."""

import numpy as np
import pytest

from model.data.images import Images
from model.explanation import feature_map
from model.explanation.feature_map import FeatureMap, FeatureMapMaker
from model.explanation.introspection import Introspection
from model.handwriting.digits import images
from model.network.architectures import build, build_dense
from model.network.convolution import Conv2D
from model.network.layers import Dense, Flatten
from model.network.network import Network


@pytest.fixture(scope="module")
def written() -> Images:
    return Images(*images(120, np.random.default_rng(5)))


def made(network: Network, pictures: Images) -> FeatureMap:
    maker = FeatureMapMaker(Introspection(network), pictures)
    fractions = []
    while maker.map is None:
        fractions.append(maker.fraction)
        maker.go_on()
    assert fractions == sorted(fractions) and fractions[0] == 0 and fractions[-1] < 1 and maker.fraction == 1
    return maker.map


@pytest.mark.parametrize("name", ["convolution", "dense"])
def test_features_are_what_goes_into_the_last_layer(name: str, written: Images) -> None:
    network = (
        build_dense([30, 8], "tanh", np.random.default_rng(0))
        if name == "dense"
        else Network([Conv2D(3, 5), Flatten(), Dense(10)])
    )
    inside = Introspection(network)
    features, logits = inside.features(written.scaled())
    assert features.shape == (120, int(np.prod(inside.steps[-2].shape)))
    for number in (0, 119):
        values = inside.activations(written.scaled()[number])
        np.testing.assert_allclose(features[number], values[-2].ravel(), rtol=1e-4, atol=1e-5)
        np.testing.assert_allclose(logits[number], values[-1], rtol=1e-4, atol=1e-5)


def test_axes_are_those_along_which_the_features_vary_most(written: Images) -> None:
    landscape = made(build_dense([30, 12], "relu", np.random.default_rng(2)), written)
    centred = landscape.features - landscape.features.mean(axis=0)
    _, _, expected = np.linalg.svd(centred, full_matrices=False)
    axes = feature_map._principal_axes(centred, 2)
    np.testing.assert_allclose(np.abs(expected[:2] @ axes), np.eye(2), atol=0.02)
    for axis in range(2):  # places keep the order of the features along each axis
        order = np.argsort(centred @ axes[:, axis])
        assert (np.diff(landscape.places[order, axis]) >= -1e-5).all()
    assert landscape.places.min() >= 0 and landscape.places.max() <= 1
    assert np.ptp(landscape.places, axis=0).min() > 0.99


def test_a_picture_of_the_map_lies_on_its_own_place_and_is_its_own_first_neighbour(written: Images) -> None:
    network = build("mlp", np.random.default_rng(3))
    landscape = made(network, written)
    features, logits = Introspection(network).features(written.scaled())
    for number in (3, 77):
        np.testing.assert_allclose(landscape.place_of(features[number]), landscape.places[number], atol=1e-4)
        nearest = landscape.nearest(features[number], 8)
        assert nearest[0].number == number and nearest[0].similarity == pytest.approx(1, abs=1e-4)
        lengths = np.linalg.norm(features, axis=1) * np.linalg.norm(features[number])
        cosines = np.sort(features @ features[number] / lengths)[::-1][:8]
        np.testing.assert_allclose([one.similarity for one in nearest], cosines, atol=1e-4)
        assert landscape.answers[number] == logits[number].argmax()


def test_the_central_picture_is_one_of_its_digit(written: Images) -> None:
    landscape = made(build_dense([20], "relu", np.random.default_rng(0)), written[written.labels != 4])
    assert landscape.central(4) is None
    for digit in (0, 7):
        number = landscape.central(digit)
        assert number is not None and landscape.images.labels[number] == digit


@pytest.mark.parametrize("units", [1, 2])
def test_a_layer_of_one_or_two_units_has_a_map_too(units: int, written: Images) -> None:
    landscape = made(build_dense([units], "relu", np.random.default_rng(1)), written)
    assert np.isfinite(landscape.places).all()
    assert len(landscape.nearest(np.zeros(units, np.float32), 8)) == 8


def test_a_network_without_hidden_layers_compares_the_pictures_themselves(written: Images) -> None:
    landscape = made(Network([Flatten(), Dense(10)]), written)
    assert landscape.features.shape == (120, 784)


def test_of_a_wide_layer_fewer_pictures_are_kept(written: Images, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(feature_map, "MOST_BYTES", 50 * 4 * 64)
    monkeypatch.setattr(feature_map, "LEAST", 10)
    assert len(made(build_dense([64], "relu", np.random.default_rng(0)), written).images) == 50
