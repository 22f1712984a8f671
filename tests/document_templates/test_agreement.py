"""Word and PDF agree: the Word file, laid out by LibreOffice, has the same words in the same places."""

import shutil
import subprocess

import pytest

from tests.document_templates.drawing import PAIRS, drawn, pages_of, rows_of, words_of
from tests.support.needs import is_missing

CONVERSION_SECONDS = 300


@pytest.fixture(scope="module")
def laid_out(tmp_path_factory):
    """All Word files as LibreOffice lays them out, in one call: (form, profile) → PDF."""
    soffice = shutil.which("soffice")
    if not soffice:
        is_missing("LibreOffice Writer (soffice)")
    folder = tmp_path_factory.mktemp("office")
    for form, profile in PAIRS:
        (folder / f"{form}.{profile}.docx").write_bytes(drawn(form, profile).word)
    subprocess.run(
        [soffice, f"-env:UserInstallation=file://{folder}/home", "--headless", "--convert-to", "pdf",
         "--outdir", str(folder), *sorted(map(str, folder.glob("*.docx")))],
        check=True, capture_output=True, timeout=CONVERSION_SECONDS,
    )  # fmt: skip
    return {pair: (folder / f"{pair[0]}.{pair[1]}.pdf").read_bytes() for pair in PAIRS}


@pytest.mark.parametrize(("form", "profile"), PAIRS)
def test_words_and_pages_are_the_same(laid_out, form, profile):
    ours, theirs = drawn(form, profile).pdf, laid_out[form, profile]
    assert pages_of(ours) == pages_of(theirs)
    assert words_of(ours) == words_of(theirs)


@pytest.mark.parametrize(("form", "profile"), PAIRS)
def test_the_components_of_page_one_stand_in_the_same_places(laid_out, form, profile):
    ours, theirs = rows_of(drawn(form, profile).pdf), rows_of(laid_out[form, profile])
    places = {row.text: [other for other in theirs if other.text == row.text] for row in ours}
    # Short words of heads of tables stand there more than once: the nearest is meant.
    met = [
        (row, min(places[row.text], key=lambda other, row=row: abs(other.baseline - row.baseline)))
        for row in ours
        if places[row.text]
    ]
    assert len(met) >= 0.8 * len(ours)
    assert max(abs(a.baseline - b.baseline) for a, b in met) < 2
    assert max(abs(a.left - b.left) for a, b in met) < 2
