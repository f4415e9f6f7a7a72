"""Choosing a file of labelled drawings for the collection."""

from __future__ import annotations

from app.canvas import page_files as files
from app.dialogs.browser import Browser


class ImportBrowser(Browser):
    """As the browser, but only drawings, and they go to the collection."""

    title = "import.title"
    kinds = files.DRAWINGS
