"""A visitor of an event: hands at the event mode, and time that passes when a test says so."""

from app.event.kiosk import Kiosk
from tests.app.hands import Hands, Point


class Clock:
    """Seconds that only grow by hand."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


class Visitor(Hands):
    """Hands whose paper is the event screen's."""

    view: Kiosk  # type: ignore[assignment]

    def __init__(self, kiosk: Kiosk, clock: Clock) -> None:
        super().__init__(kiosk, [])  # type: ignore[arg-type]
        self.clock = clock

    def on_paper(self, x: float, y: float) -> Point:
        paper = self.view.front.layout.paper
        return paper.left + x * paper.width / 256, paper.top + y * paper.width / 256

    def wait(self, seconds: float, step: float | None = None) -> None:
        """Let time pass: all at once, or with a frame after every `step`."""
        end = self.clock.now + seconds
        while step is not None and self.clock.now + step < end:
            self.clock.now += step
            self.frame(step)
        self.clock.now = end
        self.frame()

    def seven(self) -> None:
        self.draw((60, 60), (190, 60), (110, 220))

    @property
    def names(self) -> set[str]:
        """Of all that can be pressed on the screen that is up."""
        return {item.name for item in self.view.screen.controls.items if item.enabled}
