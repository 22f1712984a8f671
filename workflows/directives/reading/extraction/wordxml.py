"""Steps through the XML of Word by local names, since two namespaces (transitional and strict) are in use."""

from collections.abc import Iterator
from xml.etree.ElementTree import Element


def name(element: Element) -> str:
    """The name of an element without its namespace."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def attribute(element: Element | None, wanted: str) -> str | None:
    """An attribute by its local name."""
    if element is not None:
        for key, value in element.attrib.items():
            if key.rpartition("}")[2] == wanted:
                return value
    return None


def children(element: Element | None, wanted: str) -> Iterator[Element]:
    """The direct children of one name."""
    return (part for part in (element if element is not None else ()) if name(part) == wanted)


def child(element: Element | None, wanted: str) -> Element | None:
    """The first direct child of one name."""
    return next(children(element, wanted), None)


def descend(element: Element, wanted: str) -> Iterator[Element]:
    """All parts of one name below, in the order of the document."""
    return (part for part in element.iter() if name(part) == wanted)


def switched_on(properties: Element | None, wanted: str) -> bool:
    """Is a yes-or-no property set? Present without a value means yes."""
    found = child(properties, wanted)
    return found is not None and attribute(found, "val") not in ("0", "false", "off", "none")
