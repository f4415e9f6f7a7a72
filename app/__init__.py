import os

# pygame's greeting on stdout would stand among a command's output.
os.environ.setdefault("PYGAME_HIDE_SUPPORT_PROMPT", "1")
