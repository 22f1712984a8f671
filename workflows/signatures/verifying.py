"""Verifying the signatures in a PDF: who signed, whether the bytes are as they were, who vouches for it.

Nothing is fetched: revocation is not asked for, and without a timestamp the time is what the signer says.
"""

import logging
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from io import BytesIO

from asn1crypto.x509 import Certificate
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.ades.report import AdESIndeterminate
from pyhanko.sign.diff_analysis import ModificationLevel
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature
from pyhanko.sign.validation.settings import KeyUsageConstraints
from pyhanko.sign.validation.status import PdfSignatureStatus, SignatureCoverageLevel
from pyhanko_certvalidator import ValidationContext

from workflows.signatures.apart import apart
from workflows.signatures.certificates import facts_of
from workflows.signatures.findings import Finding, Integrity, Trust

log = logging.getLogger("dondoc")
# What the library finds wrong with a signature is said in the finding, not in the log.
logging.getLogger("pyhanko").setLevel(logging.CRITICAL)
MARK = b"/ByteRange"
"""Every signature names the bytes it covers in the open, so a file without this word has none."""
MOST_SIGNATURES = 50
USES = KeyUsageConstraints(key_usage={"digital_signature", "non_repudiation"}, match_all_key_usages=False)
_TRUST = {
    AdESIndeterminate.NO_CERTIFICATE_CHAIN_FOUND: Trust.UNKNOWN,
    AdESIndeterminate.CERTIFICATE_CHAIN_GENERAL_FAILURE: Trust.UNKNOWN,
    AdESIndeterminate.OUT_OF_BOUNDS_NO_POE: Trust.OUT_OF_DATE,
    AdESIndeterminate.OUT_OF_BOUNDS_NOT_REVOKED: Trust.OUT_OF_DATE,
}


def verify(pdf: bytes, roots: Sequence[bytes], *, at: datetime) -> list[Finding]:
    """Every signature of a PDF in signing order, held against trusted roots (DER); none for anything else.

    A file that is broken otherwise does not fail: its signatures are found unreadable.
    """
    return list(_findings(pdf, roots, at)) if MARK in pdf else []


def _findings(pdf: bytes, roots: Sequence[bytes], at: datetime) -> Iterator[Finding]:
    trusted = [Certificate.load(root) for root in roots]
    try:
        found = PdfFileReader(BytesIO(pdf), strict=False).embedded_regular_signatures[:MOST_SIGNATURES]
    except Exception:
        # Files from elsewhere may be broken in any way, and the library meets each with another error.
        log.info("the signatures of a file cannot be read", exc_info=True)
        yield Finding(Integrity.UNREADABLE)
        return
    for signature in found:
        try:
            yield _finding(signature, trusted, at)
        except Exception:
            log.info("a signature cannot be read", exc_info=True)
            yield Finding(Integrity.UNREADABLE)


def _finding(signature: EmbeddedPdfSignature, roots: list[Certificate], at: datetime) -> Finding:
    said = signature.self_reported_timestamp
    claimed = min(said.astimezone(UTC), at) if said is not None and said.tzinfo is not None else at
    context = ValidationContext(
        trust_roots=roots, moment=claimed, best_signature_time=claimed, allow_fetching=False
    )
    status = apart(lambda: validate_pdf_signature(signature, context, key_usage_settings=USES))
    facts = facts_of(status.signing_cert)
    return Finding(
        _integrity(status),
        _trust(status),
        facts.subject,
        facts.issuer,
        facts.serial,
        said.astimezone(UTC) if said is not None and said.tzinfo is not None else None,
        bool(status.timestamp_validity and status.timestamp_validity.trusted),
        facts.valid_to,
    )


def _integrity(status: PdfSignatureStatus) -> Integrity:
    if not (status.intact and status.valid):
        return Integrity.BROKEN
    if status.coverage is SignatureCoverageLevel.ENTIRE_FILE:
        return Integrity.UNCHANGED
    harmless = status.modification_level <= ModificationLevel.FORM_FILLING
    whole = status.coverage is SignatureCoverageLevel.ENTIRE_REVISION
    return Integrity.SIGNED_FURTHER if harmless and whole and status.docmdp_ok else Integrity.CHANGED


def _trust(status: PdfSignatureStatus) -> Trust:
    if status.trusted:
        return Trust.TRUSTED
    reason = status.trust_problem_indic
    return _TRUST.get(reason, Trust.UNFIT) if isinstance(reason, AdESIndeterminate) else Trust.UNFIT
