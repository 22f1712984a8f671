import pytest

from document_templates import DocumentError, check_wording, forms, load_form, sample
from document_templates.fields import complete
from tests.document_templates.drawing import sampled

EXPECTED = {
    "assignment-letter", "conclusions-notice", "copy-mark", "implementation-report", "invitation",
    "overdue-report", "plan", "reconciliation-appendix", "reminder-letter", "statistics-appendix",
    "submission", "unit-report",
}  # fmt: skip
CODES = [form.code for form in forms()]


def test_the_office_has_its_forms():
    assert set(CODES) == EXPECTED


def test_an_unknown_form_is_refused_with_the_known_ones():
    with pytest.raises(DocumentError, match="reminder-letter"):
        load_form("letter-of-love")


@pytest.mark.parametrize("code", CODES)
def test_every_wording_names_only_declared_fields(code):
    check_wording(load_form(code).wording, load_form(code).fields)


@pytest.mark.parametrize("code", CODES)
def test_every_sample_is_complete(code):
    complete(sample(code), load_form(code).fields)


@pytest.mark.parametrize("code", CODES)
def test_every_declared_field_says_what_it_is_in_vietnamese(code):
    assert all(len(field.label) > 2 for field in load_form(code).fields)


@pytest.mark.parametrize("code", CODES)
def test_every_declared_field_is_used(code):
    wording = load_form(code).wording
    for field in load_form(code).fields:
        assert field.path.removesuffix("[]").rpartition(".")[2] in wording, field.path


@pytest.mark.parametrize("code", CODES)
def test_optional_facts_may_be_absent(code):
    required = {
        field.path.split(".")[0].split("[")[0] for field in load_form(code).fields if not field.optional
    }
    sampled(code, **{name: None for name in sample(code) if name not in required})


def test_the_statistics_add_up():
    for group in ("organisations", "units"):
        for row in sample("statistics-appendix")[group]:
            added = row["admitted"] + row["moved_in"]
            lost = row["moved_out"] + row["struck_off"] + row["ended"]
            assert row["closing"] == row["opening"] + added - lost


def test_totals_are_those_of_the_rows():
    table = sampled("statistics-appendix").appendices[0].blocks[0]
    total = table.rows[-1]
    closing = sum(row["closing"] for row in sample("statistics-appendix")["organisations"])
    assert total.kind == "total"
    assert total.cells[9][0].text == f"{closing:,}".replace(",", ".")


def test_persons_of_several_bodies_are_never_added_up():
    given = sample("reconciliation-appendix")
    rest = given["units"][-1] | {"name": "Các đơn vị còn lại", "persons": None}
    paper = sampled("reconciliation-appendix", units=[*given["units"], rest])
    tables = [block for annex in paper.appendices for block in annex.blocks if hasattr(block, "rows")]
    by_body = [table for table in tables if "Có tên trong danh sách" in str(table)]
    assert len(by_body) == 2
    assert {"".join(run.text for run in table.rows[-1].cells[3]) for table in by_body} == {"–"}
    assert "".join(run.text for run in by_body[1].rows[-2].cells[3]) == "–"
