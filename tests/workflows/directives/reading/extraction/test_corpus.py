"""Real papers beside the checkout: how near extraction comes to texts made by other means and by hand."""

import difflib
import re
import unicodedata
from pathlib import Path

import pytest

from workflows.directives.reading.extraction import extract, legacy, scan
from workflows.directives.reading.header import read_header

CORPUS = Path(__file__).resolve().parents[5] / ".." / "shared" / "corpus"
FILES = sorted(path for path in (CORPUS / "files").glob("*") if path.suffix != ".txt")
# Page numbers, stamps and repeated heads of tables stand in the texts and are left out by us.
SAME_WORDS = {".docx": 0.998, ".doc": 0.998, ".pdf": 0.98}
SCANNED_WORDS = 0.9

pytestmark = [
    pytest.mark.corpus,
    pytest.mark.skipif(not FILES, reason="NOT TESTED: the real directives are not beside the checkout"),
]


def words(text):
    return re.findall(r"\w+", re.sub("[⁰¹²³⁴⁵⁶⁷⁸⁹]", "", unicodedata.normalize("NFC", text)))


def truth_of(path):
    by_hand = path.with_name(f"{path.stem}.groundtruth.txt")
    other = CORPUS / "texts" / f"{path.stem}.txt"
    return (by_hand if by_hand.exists() else other).read_text(encoding="utf-8")


def likeness(one, other):
    """The share of words in common, in whatever order columns were read."""
    matcher = difflib.SequenceMatcher(None, sorted(one), sorted(other), autojunk=False)
    return matcher.ratio()


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_a_real_file_gives_the_words_of_its_text(path):
    is_scan = "scan" in path.name
    if is_scan and not scan.is_installed():
        pytest.skip("NOT TESTED: tesseract-ocr-vie is missing")
    if path.suffix == ".doc" and not legacy.shutil.which("soffice"):
        pytest.skip("NOT TESTED: libreoffice-writer is missing")
    found = extract(path, filename=path.name)
    least = SCANNED_WORDS if is_scan else SAME_WORDS[path.suffix]
    assert likeness(words(found.text), words(truth_of(path))) >= least


@pytest.mark.parametrize(
    "path", [path for path in FILES if "scan" not in path.name], ids=lambda path: path.name
)
def test_the_header_of_a_real_file_is_read_like_that_of_its_text(path):
    if path.suffix == ".doc" and not legacy.shutil.which("soffice"):
        pytest.skip("NOT TESTED: libreoffice-writer is missing")
    ours, theirs = read_header(extract(path, filename=path.name).text), read_header(truth_of(path))
    assert (ours.number, ours.date, ours.issuer, ours.signer) == (
        theirs.number,
        theirs.date,
        theirs.issuer,
        theirs.signer,
    )
    assert len(ours.recipients) == len(theirs.recipients)
