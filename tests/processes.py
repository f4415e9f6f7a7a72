"""Whether processes that tests have started still run."""

import os
from pathlib import Path


def is_alive(process: int) -> bool:
    """Whether a process runs; one that has ended but was not asked how (a zombie) does not."""
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    stat = Path(f"/proc/{process}/stat")
    return not (stat.exists() and stat.read_text().rpartition(")")[2].split()[0] == "Z")
