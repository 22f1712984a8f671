"""What was found about electronic signatures, in colours and words."""

from webapp.badges import Badge, Tone
from webapp.words import words
from workflows.signatures import Finding, Integrity, Trust

TONES = {
    Integrity.UNCHANGED: Tone.GOOD,
    Integrity.SIGNED_FURTHER: Tone.GOOD,
    Integrity.CHANGED: Tone.LATE,
    Integrity.BROKEN: Tone.LATE,
    Integrity.UNREADABLE: Tone.LATE,
}
TRUST_TONES = {
    Trust.TRUSTED: Tone.GOOD,
    Trust.UNKNOWN: Tone.SOON,
    Trust.OUT_OF_DATE: Tone.LATE,
    Trust.UNFIT: Tone.LATE,
}


def integrity_badge(found: Finding) -> Badge:
    """Whether the file is as it was signed."""
    return Badge(words(found.integrity), TONES[found.integrity])


def trust_badge(found: Finding) -> Badge:
    """Whether the office trusts who vouches for the signer."""
    return Badge(words(found.trust), TRUST_TONES[found.trust])
