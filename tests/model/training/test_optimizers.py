"""Optimizers and schedules against the formulas of their papers, written out for single numbers."""

import math
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from model.training.optimizers import OPTIMIZERS, SCHEDULES, Momentum, optimizer, orthogonalized

GRADIENTS = [0.5, -0.2, 0.9, 0.1]


def moved(name: str, rate: float = 0.1, decays: bool = False, **settings: Any) -> float:
    """Where a parameter that starts at 1 ends after GRADIENTS."""
    chosen = optimizer(name, **settings)
    p = np.ones(1)
    moments = [np.zeros(1) for _ in range(chosen.moments)]
    for step, g in enumerate(GRADIENTS, 1):
        chosen.update(p, np.array([g]), moments, np.empty(1), rate=rate, step=step, decays=decays)
    return float(p[0])


def test_sgd() -> None:
    assert moved("sgd") == pytest.approx(1 - 0.1 * sum(GRADIENTS))


@pytest.mark.parametrize("nesterov", [False, True])
def test_momentum(nesterov: bool) -> None:
    p, v = 1.0, 0.0
    for g in GRADIENTS:
        v = 0.8 * v + g
        p -= 0.1 * (g + 0.8 * v if nesterov else v)
    assert moved("nesterov" if nesterov else "momentum", momentum=0.8) == pytest.approx(p)


def test_adam() -> None:
    p, m, v = 1.0, 0.0, 0.0
    for step, g in enumerate(GRADIENTS, 1):
        m = 0.9 * m + 0.1 * g
        v = 0.999 * v + 0.001 * g * g
        p -= 0.1 * (m / (1 - 0.9**step)) / (math.sqrt(v / (1 - 0.999**step)) + 1e-8)
    assert moved("adam") == pytest.approx(p)


@pytest.mark.parametrize("name", OPTIMIZERS)
def test_weight_decay_is_decoupled_and_only_where_asked(name: str) -> None:
    assert moved(name, weight_decay=0.5) == moved(name)
    p, chosen = np.ones(1), optimizer(name, weight_decay=0.5)
    moments = [np.zeros(1) for _ in range(chosen.moments)]
    chosen.update(p, np.zeros(1), moments, np.empty(1), rate=0.1, step=1, decays=True)
    assert p[0] == pytest.approx(0.95)


def test_unknown_optimizers_are_refused() -> None:
    with pytest.raises(ValueError, match="sgd, momentum"):
        optimizer("rmsprop")


@pytest.mark.parametrize("name", SCHEDULES)
def test_schedules_stay_within_0_and_1(name: str) -> None:
    values = [SCHEDULES[name](i / 100) for i in range(101)]
    assert all(0 <= v <= 1 for v in values)
    assert max(values) == pytest.approx(1, abs=1e-6)


def test_the_shapes_of_schedules() -> None:
    cosine, one_cycle, linear = SCHEDULES["cosine"], SCHEDULES["one_cycle"], SCHEDULES["linear"]
    assert (linear(0), linear(0.25), linear(1)) == (1, 0.75, 0)
    assert (cosine(0), cosine(0.5), cosine(1)) == pytest.approx((1, 0.5, 0))
    assert one_cycle(0) < 0.1 < one_cycle(0.1) < one_cycle(0.2) == pytest.approx(1)
    assert one_cycle(0.2) > one_cycle(0.6) > one_cycle(1)
    assert one_cycle(1) < 0.001


def test_momentum_is_usually_nine_tenths_and_adam_s_beta1_too() -> None:
    for name in ("momentum", "nesterov", "adam", "muon"):
        assert moved(name) == moved(name, momentum=0.9) != moved(name, momentum=0.5)
    assert Momentum().momentum == 0.9 and not Momentum().nesterov


def test_the_remembered_vectors_are_as_many_as_are_used() -> None:
    counts = {name: optimizer(name).moments for name in OPTIMIZERS}
    assert counts == {"sgd": 0, "momentum": 1, "nesterov": 1, "adam": 2, "muon": 2}


def test_adam_moves_by_the_rate_whatever_the_gradient_s_size() -> None:
    for size in (1e-3, 1.0, 1e3):
        chosen, p = optimizer("adam"), np.zeros(2)
        moments = [np.zeros(2), np.zeros(2)]
        chosen.update(p, np.array([size, -size]), moments, np.empty(2), rate=0.01, step=1, decays=False)
        np.testing.assert_allclose(p, [-0.01, 0.01], rtol=1e-3)


def test_one_cycle_starts_low_peaks_after_a_fifth_and_ends_near_nothing() -> None:
    one_cycle = SCHEDULES["one_cycle"]
    assert one_cycle(0) == pytest.approx(0.04)
    assert one_cycle(0.1) == pytest.approx((1 + 0.04) / 2)
    assert one_cycle(0.2) == pytest.approx(1)
    assert one_cycle(0.6) == pytest.approx((1 + 0.0004) / 2)
    assert one_cycle(1) == pytest.approx(0.0004)
    assert {SCHEDULES["constant"](part) for part in (0, 0.3, 1)} == {1.0}


@given(rows=st.integers(1, 60), columns=st.integers(1, 60), size=st.sampled_from([1e-12, 1.0, 1e12]))
def test_an_orthogonalised_matrix_has_the_same_directions_and_about_equal_lengths(
    rows: int, columns: int, size: float
) -> None:
    rng = np.random.default_rng(rows * 61 + columns)
    side = min(rows, columns)
    u, v = (np.linalg.qr(rng.standard_normal((length, side)))[0] for length in (rows, columns))
    lengths = np.geomspace(1, 0.02, side)
    found = orthogonalized(((u * lengths) @ v.T * size).astype(np.float32))
    assert found.dtype == np.float32
    in_its_directions = u.T @ found @ v
    np.testing.assert_allclose(in_its_directions, np.diag(np.diag(in_its_directions)), atol=0.02)
    assert np.diag(in_its_directions).min() > 0.6 and np.diag(in_its_directions).max() < 1.3


def test_nothing_orthogonalised_is_nothing() -> None:
    assert not orthogonalized(np.zeros((4, 3), np.float32)).any()


def test_muon_changes_matrices_as_much_as_adam_would_and_all_else_as_adam_does(rng: np.random.Generator) -> None:
    muon, adam = optimizer("muon"), optimizer("adam")
    gradient = rng.standard_normal((40, 30)).astype(np.float32)
    changes = {}
    for name, chosen, matrix in (("muon", muon, (40, 30)), ("rest", muon, None), ("adam", adam, None)):
        p, moments = np.zeros(1200, np.float32), [np.zeros(1200, np.float32) for _ in range(2)]
        g = gradient.flatten()
        chosen.update(p, g, moments, np.empty_like(p), rate=0.01, step=1, decays=False, matrix=matrix)
        changes[name] = p
    np.testing.assert_array_equal(changes["rest"], changes["adam"])
    assert np.sqrt((changes["muon"] ** 2).mean()) == pytest.approx(0.2 * 0.01, rel=0.3)
    assert np.vdot(changes["muon"], gradient) < 0


def test_muon_follows_nesterov_s_momentum(rng: np.random.Generator) -> None:
    muon = optimizer("muon", momentum=0.5)
    first, second = rng.standard_normal((2, 8, 6)).astype(np.float32)
    p, moments = np.zeros(48, np.float32), [np.zeros(48, np.float32) for _ in range(2)]
    for step, g in enumerate((first, second), 1):
        before = p.copy()
        g = g.flatten()
        muon.update(p, g, moments, np.empty_like(p), rate=1.0, step=step, decays=False, matrix=(8, 6))
    expected = -0.2 * math.sqrt(8) * orthogonalized(second + 0.5 * (second + 0.5 * first))
    np.testing.assert_allclose((p - before).reshape(8, 6), expected, rtol=1e-4, atol=1e-5)


def test_only_narrow_matrices_are_taken_whole() -> None:
    assert [optimizer("muon").takes_whole(shape) for shape in ((784, 128), (16, 784), (784, 800))] == [
        True,
        True,
        False,
    ]
    assert not any(optimizer(name).takes_whole((8, 8)) for name in OPTIMIZERS if name != "muon")
