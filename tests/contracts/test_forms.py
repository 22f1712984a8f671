"""Every form draws its sample, as Word and as PDF, by every profile."""

import pytest

from tests.document_templates.drawing import PAIRS, drawn


@pytest.mark.parametrize(("form", "profile"), PAIRS)
def test_every_form_draws_its_sample(form: str, profile: str):
    papers = drawn(form, profile)
    assert papers.word.startswith(b"PK")
    assert papers.pdf.startswith(b"%PDF-")
