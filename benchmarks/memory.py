"""Memory of a run over an archive, while it runs: of the command and of each of its workers.

    python benchmarks/memory.py ARCHIVE FOLDER [WORKERS]

Prints a line each half minute and the highest at the end. RSS counts pages that processes share once for each of
them, so that the sum is an upper bound.
"""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

import psutil

SECONDS = 30.0
STEP = 0.5


def resident(process: psutil.Process) -> list[float]:
    """Return the resident megabytes of a process and of those below it, itself first."""
    sizes = []
    for one in [process, *process.children(recursive=True)]:
        try:
            sizes.append(one.memory_info().rss / 1e6)
        except psutil.Error:  # It ended just now.
            continue
    return sizes


def watch(arguments: list[str]) -> tuple[float, float, float]:
    """Run the command; return its highest sum of memory, its own highest and that of a worker, in megabytes."""
    begin = time.monotonic()
    command = subprocess.Popen([sys.executable, "-m", "energyfacts", "facts", *arguments])
    process = psutil.Process(command.pid)
    highest = (0.0, 0.0, 0.0)
    shown = 0.0
    while command.poll() is None:
        sizes = resident(process) or [0.0]
        now = (sum(sizes), sizes[0], max(sizes[1:], default=0.0))
        highest = tuple(map(max, highest, now))  # type: ignore[assignment]
        if time.monotonic() - begin >= shown:
            shown += SECONDS
            print(
                f"{time.monotonic() - begin:6.0f} s  sum {now[0]:4.0f} MB  command {now[1]:4.0f}  worker {now[2]:4.0f}"
            )
            sys.stdout.flush()
        time.sleep(STEP)
    return highest


if __name__ == "__main__":
    archive, folder, *workers = sys.argv[1:]
    started = time.monotonic()
    top = watch([archive, "--out", folder, *(["--workers", workers[0]] if workers else [])])
    seconds = time.monotonic() - started
    size = Path(archive).stat().st_size / 1e6
    print(f"{size:.0f} MB in {seconds:.0f} s: {size / seconds:.2f} MB/s")
    print(f"highest: sum {top[0]:.0f} MB, command {top[1]:.0f} MB, worker {top[2]:.0f} MB")
