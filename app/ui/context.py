"""Context: what all widgets of a window have in common: texts, notices, colours, and what has changed."""

from __future__ import annotations

from app.commands import Command
from app.messages import Messages, error_text
from app.ui.notices import Notice, Notices, Offer
from app.ui.theme import LIGHT, Theme


class Context:
    """The language and the colours of the screen, and the notices over it.

    calm: whether what can stand still does, for people whom motion disturbs.
    changes: a number that grows with every `note_change`. A widget that drew at another number draws again.
    """

    def __init__(
        self, messages: Messages, notices: Notices | None = None, theme: Theme = LIGHT, *, calm: bool = False
    ) -> None:
        self.messages = messages
        self.notices = notices if notices is not None else Notices()
        self.theme = theme
        self.calm = calm
        self.changes = 0

    def __repr__(self) -> str:
        return f"Context({self.language}, {self.theme.name}, changes={self.changes})"

    @property
    def language(self) -> str:
        """The short name of the language of the texts, such as "de"."""
        return self.messages.language

    def choose_language(self, language: str) -> None:
        """Show all texts in another language; notices in the one from before go away."""
        self.messages = Messages(language)
        self.notices.dismiss()
        self.warn_of_language()
        self.note_change()

    def warn_of_language(self) -> None:
        """Say where English stands in for texts of the language."""
        problem = self.messages.problem
        if problem is not None:
            key = "notice.language_broken" if problem.reason else "notice.language_partial"
            self.warn(key, path=problem.path, reason=problem.reason, count=problem.missing)

    def note_change(self) -> None:
        """Ask every widget to lay itself out and draw again: something that several of them show is different."""
        self.changes += 1

    def say(self, key: str, **values: object) -> None:
        """Show the text of a message's key as a notice."""
        self.notices.add(self.messages(key, **values))

    def keep_saying(self, key: str, **values: object) -> Notice:
        """Show the text of a message's key as a notice that stays until it is removed."""
        return self.notices.add(self.messages(key, **values), stays=True)

    def offer(self, command: Command, key: str, **values: object) -> None:
        """Show the text of a message's key as a notice with a button that gives a command."""
        self.notices.add(self.messages(key, **values), offer=Offer(command, self.messages(f"button.{command.value}")))

    def warn(self, key: str, **values: object) -> None:
        """Show the text of a message's key as a warning."""
        self.notices.add(self.messages(key, **values), "warning")

    def report(self, key: str, error: Exception, **values: object) -> None:
        """Warn of an error: a message's key, whose `reason` is what the error says."""
        self.warn(key, reason=error_text(error, self.messages), **values)
