"""Topic: what can be looked at inside a network."""

from enum import Enum


class Topic(Enum):
    """The value names the tab's control, and its message as "inside.<value>"."""

    TOUR = "tour"  # eight short steps on the drawing, from the ink to a step of training
    WAY = "way"  # the values of every step
    WHY = "why"  # what spoke for the answer, or what would make it another one
    MAP = "map"  # which digits are alike for the network, and where the drawing stands among them
    PIXELS = "pixels"  # the network's picture, painted and wiped by hand
    NETWORKS = "networks"  # what other networks answer
