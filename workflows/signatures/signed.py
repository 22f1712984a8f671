"""A file with one signature more than the file it was made of."""

import hashlib
from dataclasses import dataclass, field
from datetime import datetime

from workflows.signatures.certificates import CertificateFacts


@dataclass(frozen=True)
class Signed:
    """What comes out of signing; it holds no key."""

    content: bytes = field(repr=False)
    base_sha256: str
    certificate: CertificateFacts
    signer: str
    at: datetime

    def adds_to(self, base: bytes) -> bool:
        """Does the file begin with exactly these bytes, as every later signature must leave them?"""
        is_base = hashlib.sha256(base).hexdigest() == self.base_sha256
        return is_base and len(self.content) > len(base) and self.content.startswith(base)
