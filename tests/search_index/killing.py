"""Kills writers in the middle of their work and looks at what is left."""

import multiprocessing
import os
import random
import signal
import time
from contextlib import closing
from multiprocessing.synchronize import Event
from pathlib import Path

import search_index
from search_index import Entry

KEYS, BATCH = 60, 6
# a server that has everything read already starts a writer in no time
_PROCESSES = multiprocessing.get_context("forkserver")
_PROCESSES.set_forkserver_preload([__name__])


def entry(number: int, version: int) -> Entry:
    """An entry of three hundred words."""
    text = " ".join(f"từ{random.Random(number * 31 + word).randrange(3000)}" for word in range(300))
    everyone = frozenset({"office"})
    return Entry(f"task:{number}", "task", f"Việc số {number}", text, tokens=everyone, version=str(version))


def batch(version: int) -> list[Entry]:
    """What the writer puts at once in its version-th round."""
    return [entry((version * 3 + place) % KEYS, version) for place in range(BATCH)]


def write_until_killed(url: str, journal: str, began: Event) -> None:
    """Put one batch after another, noting each that was committed."""
    index = search_index.open(url)
    for version in range(1_000_000):
        index.put(batch(version))
        with Path(journal).open("a") as file:
            file.write(f"{version}\n")
        began.set()


def lost_after_kill(url: str, journal: Path, dice: random.Random) -> int:
    """Kill a writer at a random moment; how many committed entries are missing or older than they were."""
    began = _PROCESSES.Event()
    writer = _PROCESSES.Process(target=write_until_killed, args=(url, str(journal), began))
    writer.start()
    try:
        if not began.wait(300):
            raise TimeoutError("the writer wrote nothing for five minutes")
        time.sleep(dice.uniform(0.0, 0.3))
    finally:
        os.kill(writer.pid or 0, signal.SIGKILL)
        writer.join()
    committed = int(journal.read_text().split()[-1])
    with closing(search_index.open(url)) as reader:
        versions = reader.versions()
    return sum(int(versions.get(one.key, -1)) < committed for one in batch(committed))
