"""Which files a source holds: paths of this machine and fsspec addresses (``s3://…``), told apart here only."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import IO, Any, cast

from energyfacts import formats
from energyfacts.errors import EnergyFactsError

Source = str | os.PathLike[str]
Report = Callable[[EnergyFactsError], None]

PATTERN = "<story>.<language>.txt"


@dataclass(frozen=True, slots=True)
class File:
    """One file of a source: `where` names it in messages, `folder` is where it lies below the source."""

    where: str
    name: str
    folder: str
    path: str
    # None: a file of this machine; else the fsspec file system it lies on.
    system: Any = None

    def open(self) -> IO[bytes]:
        """Open its bytes as they lie there."""
        return cast("IO[bytes]", self.system.open(self.path, "rb") if self.system else Path(self.path).open("rb"))

    def read(self) -> bytes:
        """Return its bytes."""
        with self.open() as stream:
            return stream.read()

    def beside(self, name: str) -> File | None:
        """Return the file of that name in the same folder, or None."""
        path = f"{self.path.rpartition('/')[0]}/{name}" if self.system else str(Path(self.path).with_name(name))
        found = self.system.isfile(path) if self.system else Path(path).is_file()
        where = self.where.removesuffix(self.name) + name
        return File(where, name, self.folder, path, self.system) if found else None

    def size(self) -> int:
        """Return its bytes' number; 0 where it is missing or cannot tell."""
        try:
            return int((self.system.size(self.path) if self.system else Path(self.path).stat().st_size) or 0)
        except OSError:
            return 0

    def stamp(self) -> str:
        """Return what changes when the file does: its size and the time of its last change, or what its system says."""
        try:
            if self.system:
                return str(self.system.ukey(self.path))
            state = Path(self.path).stat()
        except OSError:
            return "missing"
        return f"{state.st_size} {state.st_mtime_ns}"


def find(sources: Iterable[Source], report: Report) -> Iterator[File]:
    """Yield each file of the sources once, in their order, those of a folder sorted by name.

    Parameters
    ----------
    sources : iterable of paths
        Files, folders, and fsspec addresses of either.
    report : callable
        Is called with an `EnergyFactsError` for a source that cannot be used or holds no articles.

    Yields
    ------
    File
        Of a folder those with a known suffix, save what is hidden or named README.
    """
    given = list(sources)
    # What was seen is kept only where something can come twice, so that a folder of any size costs no memory.
    seen: set[str] = set()
    for source in given:
        address = isinstance(source, str) and "://" in source
        found = _remote(cast("str", source), report) if address else _local(Path(source), report)
        for file in found:
            if len(given) > 1 or (not file.system and Path(file.path).is_symlink()):
                real = file.path if file.system else os.path.realpath(file.path)
                if real in seen:
                    continue
                seen.add(real)
            yield file


def shown(path: Path) -> str:
    """Return a path for people: a file's name may hold bytes that are no text, which could not be printed."""
    return os.fsencode(path).decode("utf-8", "replace")


def _local(path: Path, report: Report) -> Iterator[File]:
    try:
        is_folder = path.is_dir()
        os.path.realpath(path)
    except (OSError, ValueError):
        # Such as a text given in the place of a path: too long for a name.
        report(EnergyFactsError(f"{shown(path)[:40]!r}… can be no path; give a file or a folder, or use parse()."))
        return
    if not is_folder:
        yield File(shown(path), path.name, "", str(path))
        return
    count = 0
    for file in _walk(path, report):
        if file.is_symlink() and _is_found_anyway(file, path):
            continue
        count += 1
        yield File(shown(file), file.name, _folder(file.parent.relative_to(path)), str(file))
    if not count:
        report(_empty(shown(path)))


def _folder(relative: Path) -> str:
    return "" if relative == Path() else shown(relative)


def _empty(where: str) -> EnergyFactsError:
    return EnergyFactsError(f"The folder {where} holds no articles; put files named {PATTERN} into it.")


def _walk(folder: Path, report: Report) -> Iterator[Path]:
    try:
        entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
    except OSError as error:
        reason = error.strerror or str(error)
        report(EnergyFactsError(f"The folder {shown(folder)} cannot be read ({reason}); check your right to read it."))
        return
    for entry in entries:
        if entry.is_dir(follow_symlinks=False) and not entry.name.startswith("."):
            yield from _walk(folder / entry.name, report)
        elif _is_article(entry.name) and entry.is_file():
            yield folder / entry.name


def _is_article(name: str) -> bool:
    return not name.startswith(".") and bool(formats.split_name(name)[1]) and not name.upper().startswith("README")


def _is_found_anyway(link: Path, root: Path) -> bool:
    """Tell whether a link leads to a file of the same folder that is read under its own name."""
    target = Path(os.path.realpath(link))
    real_root = Path(os.path.realpath(root))
    if not target.is_relative_to(real_root):
        return False
    *folders, name = target.relative_to(real_root).parts
    return _is_article(name) and not any(folder.startswith(".") for folder in folders)


def _remote(address: str, report: Report) -> Iterator[File]:
    try:
        import fsspec

        system, path = fsspec.core.url_to_fs(address)
        is_folder = system.isdir(path)
        found = sorted(system.find(path), key=_parts) if is_folder else [path]
    except ImportError as error:
        report(EnergyFactsError(f"{address} needs a package that is not installed ({error}); install it with pip."))
        return
    # Each file system has errors of its own for a wrong name, a wrong key or a network that is down.
    except Exception as error:
        reason = str(error) or type(error).__name__
        report(EnergyFactsError(f"{address} cannot be read ({reason}); check the address and your right to read it."))
        return
    root = PurePosixPath(path)
    count = 0
    for name in found:
        file = PurePosixPath(name)
        inside = file.relative_to(root).parts if is_folder else (file.name,)
        if is_folder and not (_is_article(file.name) and not any(part.startswith(".") for part in inside)):
            continue
        count += 1
        where = f"{address.rstrip('/')}/{'/'.join(inside)}" if is_folder else address
        yield File(where, file.name, "/".join(inside[:-1]), name, system)
    if not count:
        report(_empty(address))


def _parts(path: str) -> list[str]:
    return path.split("/")
