"""What can go wrong with an index; callers keep working and let the sweep catch up."""


class Unavailable(Exception):
    """The index cannot be used now: no rights, a full disk, a damaged file, an unreachable server."""


class Busy(Unavailable):
    """Another process held the writer's lock longer than we were ready to wait."""


class Outdated(Unavailable):
    """The live index was written by another version of the analyser: rebuild it."""
