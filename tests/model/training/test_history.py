"""The history of a training as curves."""

from model.training.history import Epoch, curves_of


def test_curves_leave_out_what_was_not_measured() -> None:
    history = [Epoch(1, 2.0, 0.4, None, None, 0.1, 3.0), Epoch(2, 1.0, 0.7, 0.9, 0.75, 0.1, 6.0)]
    curves = curves_of(history)
    assert list(curves.loss) == [(1.0, 2.0), (2.0, 1.0)]
    assert list(curves.accuracy) == [(1.0, 0.4), (2.0, 0.7)]
    assert list(curves.validation_loss) == [(2.0, 0.9)]
    assert list(curves.validation_accuracy) == [(2.0, 0.75)]
