"""Python's collector of circular rubbish, kept from making people wait."""

import gc

from sqlalchemy.orm import configure_mappers

# A page makes tens of thousands of things that are gone with it; looking for rubbish among them finds none.
THINGS_BETWEEN_LOOKS = (50_000, 20, 20)


def settle() -> None:
    """What was loaded by now stays and is not looked through again (0.3 s each time); looks become rarer."""
    configure_mappers()
    gc.freeze()
    gc.set_threshold(*THINGS_BETWEEN_LOOKS)
