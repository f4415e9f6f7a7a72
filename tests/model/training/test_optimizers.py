"""Optimizers and schedules against the formulas of their papers, written out for single numbers."""

import math
from typing import Any

import numpy as np
import pytest

from model.training.optimizers import OPTIMIZERS, SCHEDULES, Momentum, optimizer

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
    cosine, one_cycle = SCHEDULES["cosine"], SCHEDULES["one_cycle"]
    assert (cosine(0), cosine(0.5), cosine(1)) == pytest.approx((1, 0.5, 0))
    assert one_cycle(0) < 0.1 < one_cycle(0.1) < one_cycle(0.2) == pytest.approx(1)
    assert one_cycle(0.2) > one_cycle(0.6) > one_cycle(1)
    assert one_cycle(1) < 0.001


def test_momentum_is_usually_nine_tenths_and_adam_s_beta1_too() -> None:
    for name in ("momentum", "nesterov", "adam"):
        assert moved(name) == moved(name, momentum=0.9) != moved(name, momentum=0.5)
    assert Momentum().momentum == 0.9 and not Momentum().nesterov


def test_the_remembered_vectors_are_as_many_as_are_used() -> None:
    counts = {name: optimizer(name).moments for name in OPTIMIZERS}
    assert counts == {"sgd": 0, "momentum": 1, "nesterov": 1, "adam": 2}


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
