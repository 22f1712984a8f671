"""The bytes of files behind one small interface: a folder by default, S3-compatible storage when shared."""

import hashlib
from uuid import uuid4

import fsspec


class FolderOrBucket:
    """Files under their SHA-256 in any place fsspec can open, spread over two levels of folders."""

    def __init__(self, url: str) -> None:
        self._system, self._root = fsspec.core.url_to_fs(url)

    def write(self, sha256: str, content: bytes) -> None:
        """Keep the bytes; they appear whole or not at all."""
        if hashlib.sha256(content).hexdigest() != sha256:
            raise ValueError("the bytes do not match their digest")
        if self.holds(sha256):
            return
        place = self._place(sha256)
        self._system.makedirs(place.rsplit("/", 1)[0], exist_ok=True)
        growing = f"{place}.{uuid4().hex}"
        self._system.pipe_file(growing, content)
        self._system.mv(growing, place)

    def read(self, sha256: str) -> bytes:
        """The bytes under a digest; FileNotFoundError when they are missing."""
        content: bytes = self._system.cat_file(self._place(sha256))
        return content

    def holds(self, sha256: str) -> bool:
        """Are the bytes there?"""
        return bool(self._system.exists(self._place(sha256)))

    def forget(self, sha256: str) -> None:
        """Remove the bytes; removing what is not there changes nothing."""
        if self.holds(sha256):
            self._system.rm_file(self._place(sha256))

    def _place(self, sha256: str) -> str:
        return f"{self._root}/{sha256[:2]}/{sha256[2:4]}/{sha256}"
