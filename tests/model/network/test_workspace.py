"""The memory that one thread uses again and again."""

import numpy as np

from model.network.workspace import Workspace

FLOAT = np.dtype(np.float32)


def test_after_a_reset_the_same_memory_comes_in_the_same_order() -> None:
    work = Workspace()
    first, second = work.empty((4, 5), FLOAT), work.empty((6,), FLOAT)
    assert first.shape == (4, 5)
    assert second.dtype == FLOAT
    assert not np.shares_memory(first, second)
    work.reset()
    again, other = work.empty((2, 5), FLOAT), work.empty((6,), FLOAT)
    assert np.shares_memory(again, first)
    assert np.shares_memory(other, second)
    assert not np.shares_memory(work.empty((6,), FLOAT), second)


def test_a_larger_request_gets_room_and_keeps_it() -> None:
    work = Workspace()
    small = work.empty((2,), FLOAT)
    work.reset()
    large = work.empty((200,), FLOAT)
    large[...] = 1
    assert not np.shares_memory(small, large)
    work.reset()
    assert np.shares_memory(work.empty((200,), FLOAT), large)
    assert work.empty((3,), np.dtype(np.float64)).nbytes == 24


def test_without_a_reset_all_memory_is_fresh() -> None:
    work = Workspace()
    arrays = [work.empty((3,), FLOAT) for _ in range(5)]
    assert not any(np.shares_memory(a, b) for i, a in enumerate(arrays) for b in arrays[:i])


def test_scratch_is_one_piece_of_memory_that_grows() -> None:
    work = Workspace()
    first = work.scratch((4,), FLOAT)
    assert np.shares_memory(work.scratch((2, 2), FLOAT), first)
    grown = work.scratch((50,), FLOAT)
    assert grown.shape == (50,)
    assert np.shares_memory(work.scratch((4,), FLOAT), grown)
    assert not np.shares_memory(work.empty((4,), FLOAT), grown)


def test_a_frame_is_zero_at_first_and_kept_for_its_purpose() -> None:
    work = Workspace()
    frame = work.frame((3, 3), FLOAT, "border")
    assert not frame.any()
    frame[1, 1] = 5
    work.reset()
    assert work.frame((3, 3), FLOAT, "border") is frame
    for other in (
        work.frame((3, 3), FLOAT, "gaps"),
        work.frame((3, 4), FLOAT, "border"),
        work.frame((3, 3), np.dtype(np.float64), "border"),
    ):
        assert not other.any()


def test_randomness_follows_the_generator_of_the_last_reset() -> None:
    work = Workspace(np.random.default_rng(3))
    assert work.rng.random() == np.random.default_rng(3).random()
    work.reset()
    assert work.rng.random() == np.random.default_rng(3).random(2)[1]
    work.reset(np.random.default_rng(4))
    assert work.rng.random() == np.random.default_rng(4).random()
    assert Workspace().rng.random() == np.random.default_rng(0).random()


def test_it_shows_what_it_holds() -> None:
    work = Workspace()
    work.empty((2,), FLOAT), work.scratch((3,), FLOAT), work.frame((4,), FLOAT, "border")
    assert repr(work) == "Workspace(1 arrays, 36 bytes)"
