"""Chapter: what can be done with a network that is raised."""

from enum import Enum


class Chapter(Enum):
    """The value names the tab's control, and its message as "raising.<value>"."""

    RAISE = "raise"  # from nothing, at the visitor's hand
    TIME = "time"  # to and fro through the life of that network
    STORY = "story"  # one that goes wrong on purpose, and is repaired
