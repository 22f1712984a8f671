"""The contact line at the foot of page 1 and the footnotes there do not stand on each other."""

from dataclasses import replace
from io import BytesIO

from docx import Document as open_docx

from document_templates import draw_word, load_form, profile_for, render, sample, sample_office

CONTACT = "Số 1, đường A, tỉnh Tân Hưng. Điện thoại: 0123.456.789"


def drawn(*, notes: bool):
    """A plan of a state body with its contact line, opened again."""
    profile, form = profile_for("state-2020"), load_form("plan")
    letterhead, particulars = sample_office(profile.family)
    text = form.wording
    if notes:
        text = text.replace("{{ purpose }}", "{{ purpose }}[[Theo số liệu thống kê.]]")
    text += "\n@phụ lục: Danh mục\nNội dung phụ lục.\n"
    plan = render(
        form, sample(form.code), letterhead, profile, replace(particulars, contact=CONTACT), text=text
    )
    return open_docx(BytesIO(draw_word(plan)))


def test_beside_footnotes_the_line_stands_in_the_footer_of_the_first_page():
    docx = drawn(notes=True)
    assert CONTACT not in "\n".join(paragraph.text for paragraph in docx.paragraphs)
    first, *others = docx.sections
    assert first.first_page_footer.paragraphs[0].text == CONTACT
    assert abs(first.footer_distance.mm - first.bottom_margin.mm) < 0.1
    assert others
    assert not any(section.first_page_footer.paragraphs[0].text for section in others)


def test_without_footnotes_it_stays_in_its_frame():
    docx = drawn(notes=False)
    assert CONTACT in "\n".join(paragraph.text for paragraph in docx.paragraphs)
    assert not docx.sections[0].first_page_footer.paragraphs[0].text
