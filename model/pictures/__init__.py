"""Pictures: from drawings, photographs and scans to what a network reads."""

from model.pictures.photograph import load_picture

__all__ = ["load_picture"]
