"""Reading: what a network makes of drawings and pictures of digits and numbers."""

from model.reading.reader import Reader

__all__ = ["Reader"]
