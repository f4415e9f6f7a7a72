"""Charts: curves and confusion matrices, drawn by a pen, so that the screen and files show the same."""
