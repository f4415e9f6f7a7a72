"""Inside view: what the ways of looking inside have in common."""

from __future__ import annotations

from abc import abstractmethod

from app.commands import DIGITS, Command
from app.inside.worker import Finding, Query
from app.session.session import Session
from app.tabs.layout import TabLayout
from app.tabs.view import TabView
from app.ui.controls import Control, Controls
from app.ui.theme import Theme


class InsideView(TabView):
    """Shows a finding on the cards beside the paper, and something over the paper."""

    def __init__(self, session: Session, controls: Controls) -> None:
        super().__init__(session.context, controls)
        self.session = session
        self.finding: Finding | None = None

    @property
    def theme(self) -> Theme:
        """The colours as they are set now."""
        return self.context.theme

    @property
    @abstractmethod
    def query(self) -> Query:
        """What is to be found out."""

    def place(self, layout: TabLayout) -> None:
        """Lay out within the screen's layout."""
        self.layout = layout
        self.redraw()

    def show(self, finding: Finding | None) -> None:
        """Take a new finding."""
        self.finding = finding
        self.redraw()

    def redraw(self) -> None:
        """Have the cards drawn, and what lies over the paper."""
        self.damage.add(self.layout.paper, self.layout.detail, self.layout.main)

    def advance(self, seconds: float) -> None:
        """Go on by so many seconds."""

    @property
    def moving(self) -> bool:
        """Whether it moves by itself."""
        return False

    def take_command(self, command: Command) -> bool:
        """Take a digit's key."""
        if command in DIGITS:
            self.choose(DIGITS.index(command))
        return command in DIGITS

    def choose(self, digit: int) -> None:
        """A digit's key was pressed."""

    def label_of(self, control: Control) -> str:
        """What a control on the cards is called; a digit's by its number."""
        return str(control.value) if isinstance(control.value, int) else ""
