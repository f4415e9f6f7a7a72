"""The context: texts as notices, errors in words, and what has changed."""

import errno

import pytest

from app.messages import Messages, UserError, error_text
from app.ui.context import Context
from app.ui.notices import Notices


def test_what_is_said_and_warned_of_comes_up_in_the_language_of_the_screen() -> None:
    context = Context(Messages("de"), Notices())
    context.say("notice.saved", path="a.png")
    context.warn("notice.no_network")
    said, warned = context.notices.items
    assert (said.text, said.kind) == ("Gesichert als a.png", "info")
    assert (warned.text, warned.kind) == (Messages("de")("notice.no_network"), "warning")
    assert context.language == "de"


def test_an_error_is_reported_as_a_warning_with_its_reason() -> None:
    context = Context(Messages())
    context.report("notice.not_saved", OSError(errno.ENOSPC, "No space left on device", "a.png"))
    (notice,) = context.notices.items
    assert (notice.text, notice.kind) == ("The drawing was not saved: No space left on device.", "warning")


@pytest.mark.parametrize(
    ("error", "text"),
    [
        (OSError(13, "Permission denied", "a.png"), "Permission denied"),
        (OSError("a.png does not exist."), "a.png does not exist"),
        (ValueError("It is empty."), "It is empty"),
        (UserError("wrong.name_taken", name="cnn"), Messages("de")("wrong.name_taken", name="cnn")),
    ],
)
def test_an_error_says_its_reason_without_number_file_and_full_stop(error: Exception, text: str) -> None:
    assert error_text(error, Messages("de")) == text


def test_every_change_can_be_told_from_the_last() -> None:
    context = Context(Messages())
    seen = {context.changes}
    for _ in range(3):
        context.note_change()
        assert context.changes not in seen
        seen.add(context.changes)
