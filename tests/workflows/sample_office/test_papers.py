"""Word files of the sample's directives."""

from datetime import date
from io import BytesIO

import pytest
from docx import Document

from workflows.sample_office import as_docx, read

DIRECTIVES = {directive.key: directive for directive in read(today=date(2026, 11, 21)).directives}


@pytest.mark.parametrize("key", list(DIRECTIVES))
def test_a_word_file_has_every_line_of_the_text(key):
    document = Document(BytesIO(as_docx(DIRECTIVES[key].text)))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    read_back = "\n".join([*cells, *(paragraph.text for paragraph in document.paragraphs)])
    for line in DIRECTIVES[key].text.splitlines():
        assert all(part.strip() in read_back for part in line.split(" | "))


def test_the_annex_of_a_plan_is_a_table_with_a_row_for_each_task():
    document = Document(BytesIO(as_docx(DIRECTIVES["kh21"].text)))
    head, annex = document.tables
    assert head.cell(0, 0).text.startswith("TỈNH UỶ TÂN HƯNG")
    assert head.cell(0, 1).text.startswith("ĐẢNG CỘNG SẢN VIỆT NAM")
    assert annex.cell(0, 2).text == "Cơ quan chủ trì"
    assert len(annex.rows) == 1 + sum(task.clause.startswith("PL/") for task in DIRECTIVES["kh21"].tasks)
