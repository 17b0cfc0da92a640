"""Who does the work: the cores of this machine, or the workers of a Dask cluster. Both do all of it, in any order."""

from __future__ import annotations

import os
from collections import Counter
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from importlib import import_module
from typing import TYPE_CHECKING, Any

from energyfacts.archive.manifest import engine
from energyfacts.archive.work import Done, work
from energyfacts.errors import EnergyFactsError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from energyfacts.archive.chunks import Chunk

# So many chunks a worker: one that it works on, one that waits for it. More would only take memory.
IN_FLIGHT = 2
# A worker that the system ends (memory, a machine that goes) costs its chunks another try, so many times.
TRIES = 3
# Seconds that a scheduler has to answer.
TIMEOUT = 30


def on_processes(chunks: Iterable[Chunk], lang: str | None, workers: int | None = None) -> Iterator[Done]:
    """Yield what becomes of each chunk, worked on by processes of this machine, as they are done.

    Raises
    ------
    EnergyFactsError
        A chunk's worker was ended by the system each time.
    """
    number = workers or available_cores()
    if number == 1:
        # A process beside this one would only wait for it, and it for the process.
        yield from (work(chunk, lang) for chunk in chunks)
        return
    unfinished: dict[int, Chunk] = {}
    tried: Counter[int] = Counter()
    waiting = iter(chunks)
    while True:
        pool = _pool(number)
        try:
            yield from _windowed(pool, waiting, unfinished, lang, number * IN_FLIGHT)
            return
        except BrokenProcessPool as error:
            tried.update(unfinished.keys())
            if max(tried.values(), default=TRIES) >= TRIES:
                raise EnergyFactsError(
                    f"A worker was ended by the system {TRIES} times on the same articles, perhaps for want of memory; "
                    "run the command again with fewer --workers to go on from here."
                ) from error
        finally:
            pool.shutdown(wait=True, cancel_futures=True)


def _windowed(
    pool: ProcessPoolExecutor, waiting: Iterator[Chunk], unfinished: dict[int, Chunk], lang: str | None, window: int
) -> Iterator[Done]:
    """Keep a window of chunks in work, so that reading never runs far ahead.

    `unfinished` holds each chunk from before it is given away until it is done, so that none is lost with the pool.
    """
    futures = {pool.submit(work, chunk, lang) for chunk in unfinished.values()}
    for chunk in waiting:
        unfinished[chunk.number] = chunk
        futures.add(pool.submit(work, chunk, lang))
        if len(futures) >= window:
            yield from _finished(futures, unfinished)
    while futures:
        yield from _finished(futures, unfinished)


def _finished(futures: set[Future[Done]], unfinished: dict[int, Chunk]) -> Iterator[Done]:
    for future in wait(futures, return_when=FIRST_COMPLETED).done:
        futures.remove(future)
        done = future.result()
        del unfinished[done.number]
        yield done


def available_cores() -> int:
    """Return how many cores this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _pool(number: int) -> ProcessPoolExecutor:
    import multiprocessing

    # "spawn" is the same on every system and copies neither threads nor locks of a notebook.
    return ProcessPoolExecutor(number, mp_context=multiprocessing.get_context("spawn"), initializer=_end_with_parent)


def _end_with_parent() -> None:
    """Let a worker end when the process that it works for is killed, which the pool itself does not see to."""
    import multiprocessing
    import signal
    import threading

    # Ctrl+C reaches every process of the terminal; the first one decides what becomes of it.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    parent = multiprocessing.parent_process()

    def watch() -> None:
        if parent is not None:
            parent.join()
            os._exit(1)

    threading.Thread(target=watch, daemon=True).start()


def on_cluster(chunks: Iterable[Chunk], lang: str | None, scheduler: str) -> Iterator[Done]:
    """Yield what becomes of each chunk, worked on by the Dask cluster of a scheduler, as they are done.

    Dask gives the chunks of a worker that is lost to others. The workers need neither the archive nor the folder
    of the results: chunks and tables travel over the network.

    Raises
    ------
    EnergyFactsError
        Dask is not installed, the scheduler does not answer, or a chunk's worker was lost each time.
    """
    with _client(scheduler) as client:
        distributed: Any = import_module("distributed")
        check_engines(client, engine())
        waiting = iter(chunks)
        running = distributed.as_completed(loop=client.loop)
        in_flight = 0
        try:
            while True:
                # Workers may come and go, so the window is measured each time.
                while in_flight < max(1, sum(client.nthreads().values())) * IN_FLIGHT:
                    chunk = next(waiting, None)
                    if chunk is None:
                        break
                    running.add(client.submit(work, chunk, lang, pure=False, retries=TRIES))
                    in_flight += 1
                if not in_flight:
                    return
                future = next(running)
                in_flight -= 1
                done: Done = future.result()
                future.release()
                yield done
        except distributed.KilledWorker as error:
            raise EnergyFactsError(
                "The cluster lost its worker several times on the same articles, perhaps for want of memory; "
                "give its workers more and run the command again to go on from here."
            ) from error


def check_engines(client: Any, digest: str) -> None:
    """Refuse workers whose energyfacts has another digest: their rows could differ from each other."""
    try:
        found = set(client.run(engine).values())
    # Whatever keeps a worker from importing energyfacts arrives here as it was raised there.
    except Exception as error:
        reason = f"{type(error).__name__}: {error}"
        raise EnergyFactsError(
            f"The workers of the cluster cannot use energyfacts ({reason}); install this version on each of them."
        ) from error
    if found - {digest}:
        raise EnergyFactsError("The workers of the cluster have another energyfacts; install the same one on each.")


@contextmanager
def _client(scheduler: str) -> Iterator[Any]:
    try:
        distributed: Any = import_module("distributed")
    except ImportError as error:
        raise EnergyFactsError("A cluster needs Dask; install it: pip install 'energyfacts[dask]'.") from error
    try:
        client = distributed.Client(scheduler, timeout=TIMEOUT, set_as_default=False)
    except (OSError, ValueError) as error:
        reason = str(error) or type(error).__name__
        message = f"The Dask scheduler {scheduler} does not answer ({reason}); give the address that it shows."
        raise EnergyFactsError(message) from error
    try:
        yield client
    finally:
        client.close()
