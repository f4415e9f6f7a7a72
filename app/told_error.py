"""UserError: an error that is told to a person, in the language of the screen."""

from __future__ import annotations

from app.messages import Messages


class UserError(ValueError):
    """Made of a message's key and values. As text it is English, for the command line."""

    def __init__(self, key: str, **values: object) -> None:
        super().__init__(Messages()(key, **values))
        self.key = key
        self.values = values


def told(error: Exception, messages: Messages) -> str:
    """What an error says, without a full stop; one that no message was made for stays as it is."""
    if isinstance(error, UserError):
        return messages(error.key, **error.values)
    return str(error).rstrip(".")
