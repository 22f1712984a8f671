"""Numbers as Vietnamese offices write them: 1.234,5. Pure."""


def unpunctuated(written: str) -> str:
    """The same number as computers write it: 1234.5; what is no number comes back without its spaces."""
    text = "".join(written.split())
    return text.replace(".", "").replace(",", ".") if "," in text or _grouped(text) else text


def _grouped(text: str) -> bool:
    """Is it written with dots between groups of three digits?"""
    head, *groups = text.lstrip("-").split(".")
    return bool(groups) and 1 <= len(head) <= 3 and all(len(g) == 3 and g.isdigit() for g in groups)
