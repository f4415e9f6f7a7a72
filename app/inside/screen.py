"""Look inside: the way of the drawing through the network, why it answered so, and what other networks answer."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import ClassVar

import pygame

from app.commands import Command
from app.inside.flow import WayView
from app.inside.map import MapView
from app.inside.networks import NetworksView
from app.inside.pixels import PixelsView
from app.inside.topic import Topic
from app.inside.tour import TourView
from app.inside.view import InsideView
from app.inside.why import WhyView
from app.inside.worker import InsideWorker
from app.session.session import Session
from app.tabs.screen import TabScreen


class InsideScreen(TabScreen[Topic, InsideView]):
    """Each view shows what the worker finds out for it."""

    topic = "inside"
    caps: ClassVar = TabScreen.caps | {"own": "O"}

    def __init__(self, session: Session, choose_network: Callable[[Path], None] | None = None) -> None:
        """choose_network: None for visitors, who choose none and have nobody beside them: they begin with the tour."""
        for_visitors = choose_network is None
        super().__init__(session, Topic.TOUR if for_visitors else Topic.WAY, for_visitors=for_visitors)
        self._choose_network = choose_network
        self.worker = InsideWorker(session)

    def new_views(self) -> dict[Topic, InsideView]:
        """The views, as for the first time."""
        return {
            Topic.TOUR: TourView(self.session, self.controls, shows_keys=not self._for_visitors),
            Topic.WAY: WayView(self.session, self.controls),
            Topic.WHY: WhyView(self.session, self.controls),
            Topic.MAP: MapView(self.session, self.controls),
            Topic.PIXELS: PixelsView(self.session, self.controls),
            Topic.NETWORKS: NetworksView(self.session, self.controls, self._choose_network),
        }

    def leave(self) -> None:
        """Find out nothing any more."""
        self.worker.forget()
        super().leave()

    def turn_to(self, tab: Topic) -> None:
        """Show another view, and in it what is found out already."""
        super().turn_to(tab)
        self.view.show(self.worker.finding)

    def take_command(self, command: Command) -> bool:
        """Turn to the networks, or let the view have it."""
        if command is Command.NETWORKS:
            self.turn_to(Topic.NETWORKS)
            return True
        return super().take_command(command)

    def accepts(self, command: Command) -> bool:
        """What changes how the program looks, and the way out."""
        return command in (Command.BACK, Command.INSIDE, Command.THEME, Command.FULL_SCREEN, Command.QUIT)

    @property
    def moving(self) -> bool:
        """While a hand draws, and until all is found out."""
        return self.drawing_area.moving or self.view.moving or self.worker.behind(self.view.query)

    def update(self, seconds: float) -> list[pygame.Rect]:
        """Bring the paper and what was found out up to date."""
        view = self.view
        self.damage.add(*self.drawing_area.update(seconds))
        view.advance(seconds)
        if self.worker.follow(view.query):
            view.show(self.worker.finding)
        return self.changed_places({})
