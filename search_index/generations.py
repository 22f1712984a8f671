"""Generations in a folder: the live one, one being built beside it, small files that say which is which."""

import fcntl
import json
import os
import shutil
import threading
import time
from collections.abc import Callable, Collection, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext, suppress
from pathlib import Path
from uuid import uuid4

from search_index.engine import Generation
from search_index.errors import Busy, Unavailable

LONGEST_WAIT = 10.0
_POLL = 0.02


class FolderStore:
    """A folder with `live` (the name and format of the live generation), `lock`, and one folder a generation.

    Generations are opened by `make(folder)`; the same object serves every thread of the process.
    """

    def __init__(self, root: Path, make: Callable[[Path], Generation]) -> None:
        self._root = root
        self._make = make
        self._opened: tuple[str, Generation] | None = None
        self._opening = threading.Lock()
        self._writer = threading.Lock()

    def reading(self) -> AbstractContextManager[None]:
        """Files need no connection."""
        return nullcontext()

    def live(self) -> Generation | None:
        """The generation named by `live`, reopened when another process switched it."""
        name = self._named().get("name")
        with self._opening:
            if self._opened and self._opened[0] == name:
                return self._opened[1]
            # a former generation is let go, not closed: other threads may still be reading it
            self._opened = (name, self._open(name)) if name else None
            return self._opened[1] if self._opened else None

    def live_format(self) -> str | None:
        """The record format written beside the live name."""
        return self._named().get("format")

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Hold the lock of the folder; the kernel releases it when the process dies."""
        with self._writer, self._locked("lock", LONGEST_WAIT):
            yield

    @contextmanager
    def rebuilding(self) -> Iterator[None]:
        """Hold the lock of the one rebuild."""
        with self._locked("rebuild.lock", longest_wait=0):
            yield

    @contextmanager
    def _locked(self, name: str, longest_wait: float) -> Iterator[None]:
        self._root.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(self._root / name, os.O_RDWR | os.O_CREAT, 0o660)
        try:
            _lock(descriptor, longest_wait)
            yield
        finally:
            os.close(descriptor)

    def ensure_live(self, format_: str) -> Generation:
        """The live generation, begun empty in this format when there is none."""
        generation = self.live()
        if generation is None:
            name = _new_name()
            (self._root / name).mkdir()
            self._make(self._root / name).close()
            self._name_live(name, format_)
            generation = self.live()
        if generation is None:
            raise Unavailable(f"{self._root} names no live generation")
        return generation

    def touch(self, keys: Collection[str]) -> None:
        """Append the keys for the rebuild in progress, if there is one."""
        if (self._root / "building").exists():
            with (self._root / "touched").open("a", encoding="utf-8") as journal:
                journal.writelines(f"{key}\n" for key in keys)

    def touched(self) -> set[str]:
        """The keys appended since the rebuild began."""
        journal = self._root / "touched"
        return set(journal.read_text("utf-8").splitlines()) if journal.exists() else set()

    def building(self, format_: str) -> Generation | None:
        """The unfinished generation, when it is of this format."""
        unfinished = _read(self._root / "building")
        return self._make(self._root / unfinished["name"]) if unfinished.get("format") == format_ else None

    def start_building(self, format_: str) -> Generation:
        """Forget any unfinished generation and begin an empty one."""
        self._root.mkdir(parents=True, exist_ok=True)
        (self._root / "building").unlink(missing_ok=True)
        (self._root / "touched").unlink(missing_ok=True)
        self._sweep()
        name = _new_name()
        (self._root / name).mkdir()
        # begun before it is named: whoever reads the name finds something to open
        generation = self._make(self._root / name)
        _replace(self._root / "building", {"name": name, "format": format_})
        return generation

    def switch(self) -> None:
        """Name the built generation live, then remove the former one."""
        built = _read(self._root / "building")
        if not built:
            raise Unavailable("no generation is being built")
        self._name_live(built["name"], built["format"])
        (self._root / "building").unlink(missing_ok=True)
        (self._root / "touched").unlink(missing_ok=True)
        self._sweep()

    def close(self) -> None:
        """Close the live generation."""
        with self._opening:
            if self._opened:
                self._opened[1].close()
                self._opened = None

    def _open(self, name: str) -> Generation:
        folder = self._root / name
        if not folder.is_dir():
            raise FileNotFoundError(f"{folder} is gone")
        return self._make(folder)

    def _name_live(self, name: str, format_: str) -> None:
        _replace(self._root / "live", {"name": name, "format": format_})

    def _named(self) -> dict[str, str]:
        return _read(self._root / "live")

    def _sweep(self) -> None:
        """Remove generations that neither file names; readers that still hold one keep their open files."""
        kept = set()
        for file in ("live", "building"):
            # what an unreadable file named can be reached by nobody
            with suppress(Unavailable):
                kept.add(_read(self._root / file).get("name"))
        for folder in self._root.glob("generation-*"):
            if folder.name not in kept:
                # a reader finds a generation whole or not at all
                shutil.rmtree(folder.replace(self._root / f"removed-{folder.name}"), ignore_errors=True)
        for folder in self._root.glob("removed-*"):
            shutil.rmtree(folder, ignore_errors=True)


def _new_name() -> str:
    return f"generation-{uuid4().hex[:12]}"


def _lock(descriptor: int, longest_wait: float) -> None:
    give_up = time.monotonic() + longest_wait
    while True:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() >= give_up:
                raise Busy(f"another process held the lock for more than {longest_wait:.0f} s") from None
            time.sleep(_POLL)
        else:
            return


def _read(path: Path) -> dict[str, str]:
    try:
        return dict(json.loads(path.read_text("utf-8")))
    except FileNotFoundError:
        return {}
    except (OSError, ValueError) as error:
        raise Unavailable(f"{path} cannot be read: {error}") from error


def _replace(path: Path, content: dict[str, str]) -> None:
    draft = path.with_name(f"{path.name}.draft")
    with draft.open("w", encoding="utf-8") as file:
        json.dump(content, file)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)
