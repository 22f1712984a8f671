"""Electronic signatures on PDFs: opening a key, signing with it, verifying what came signed, whom to trust.

`keys`, `signing` and `verifying` stand on libraries that take long to load: whoever signs or verifies imports
them there and then.
"""

from workflows.signatures.certificates import CertificateFacts, certificates_in
from workflows.signatures.findings import Finding, Integrity, Trust
from workflows.signatures.models import SignatureReading, TrustedRoot
from workflows.signatures.queries import (
    PDF,
    all_roots,
    findings_of,
    keep_findings,
    root_certificates,
    signed_files,
    unread,
)
from workflows.signatures.signed import Signed
from workflows.signatures.verbs import add_root, drop_root

__all__ = [
    "PDF",
    "CertificateFacts",
    "Finding",
    "Integrity",
    "SignatureReading",
    "Signed",
    "Trust",
    "TrustedRoot",
    "add_root",
    "all_roots",
    "certificates_in",
    "drop_root",
    "findings_of",
    "keep_findings",
    "root_certificates",
    "signed_files",
    "unread",
]
