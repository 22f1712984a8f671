from dataclasses import replace
from datetime import date

import pytest

from document_templates import (
    Authority,
    DocumentError,
    Letterhead,
    Particulars,
    Signatory,
    load_form,
    profile_for,
    render,
    sample,
    sample_office,
)
from document_templates.blocks import Basis, plain
from tests.document_templates.drawing import sampled

HEAD = Signatory("Phó Bí thư", "Nguyễn Văn An", (Authority("TM", "Ban Thường vụ"),))


def letter(profile="party-2026", letterhead=None, particulars=None, form="reminder-letter", **facts):
    office, known = sample_office(profile_for(profile).family)
    return render(
        load_form(form),
        sample(form) | facts,
        letterhead or office,
        profile_for(profile),
        particulars or known,
    )


@pytest.mark.parametrize(
    ("profile", "form", "number"),
    [
        ("party-2026", "reminder-letter", "Số 06-CV/TU"),
        ("party-2026", "implementation-report", "Số 06-BC/TU"),
        ("party-2026", "copy-mark", "Số 06-BS/TU"),
        ("state-2020", "reminder-letter", "Số: 215/UBND"),
        ("state-2020", "implementation-report", "Số: 215/BC-UBND"),
        ("youth", "plan", "Số 31-KH/TĐTN"),
    ],
)
def test_the_number_is_written_as_the_profile_writes_it(profile, form, number):
    assert sampled(form, profile).front.number == number


def test_a_paper_without_number_and_date_leaves_room_for_them():
    front = letter(particulars=Particulars((HEAD,))).front
    assert front.number.startswith("Số \xa0")
    assert front.number.endswith("-CV/TU")
    assert "ngày\xa0" in front.place_date


def test_the_date_takes_its_zeros():
    front = letter(particulars=Particulars((HEAD,), 12, date(2026, 2, 5))).front
    assert front.place_date == "Tân Hưng, ngày 05 tháng 02 năm 2026"


@pytest.mark.parametrize(
    ("profile", "ending"),
    [("party-2026", "thực hiện."), ("state-2020", "thực hiện./."), ("youth", "thực hiện.")],
)
def test_the_matter_ends_with_the_mark_of_its_profile(profile, ending):
    assert plain(letter(profile).body[-1].text).endswith(ending)


@pytest.mark.parametrize(
    ("profile", "first", "last"),
    [
        ("party-2026", "Như trên;", "Lưu Văn phòng Tỉnh uỷ."),
        ("state-2020", "Như trên;", "Lưu: VT, TH."),
    ],
)
def test_recipients_of_a_letter_begin_with_the_addressees_and_end_with_the_archive(profile, first, last):
    recipients = letter(profile).closing.recipients
    assert (recipients[0], recipients[-1]) == (first, last)
    assert all(name.endswith(";") for name in recipients[:-1])


@pytest.mark.parametrize(
    ("profile", "text"), [("party-2026", "T/M BAN THƯỜNG VỤ"), ("state-2020", "TM. BAN THƯỜNG VỤ")]
)
def test_authority_is_written_with_the_prefix_of_the_profile(profile, text):
    signature = letter(profile, particulars=Particulars((HEAD,), 1)).closing.signatures[0]
    assert (signature.authority, signature.post) == ((text,), "PHÓ BÍ THƯ")


def test_a_right_that_the_profile_does_not_know_is_refused():
    by_mandate = Particulars((Signatory("Chánh Văn phòng", "", (Authority("TUQ", "Tỉnh uỷ"),)),))
    with pytest.raises(DocumentError, match="TUQ"):
        letter(particulars=by_mandate)


@pytest.mark.parametrize(("profile", "first"), [("party-2026", "- Căn cứ"), ("state-2020", "Căn cứ")])
def test_grounds_are_ended_with_semicolons_and_a_full_stop(profile, first):
    grounds = [plain(block.text) for block in sampled("plan", profile).body if isinstance(block, Basis)]
    assert grounds[0].startswith(first)
    assert [ground[-1] for ground in grounds] == [";"] * (len(grounds) - 1) + ["."]


def test_parts_are_in_capitals():
    assert (
        plain(sampled("implementation-report").body[1].text)
        == "I- CÔNG TÁC LÃNH ĐẠO, CHỈ ĐẠO, QUÁN TRIỆT, TRIỂN KHAI"
    )


@pytest.mark.parametrize(
    ("profile", "labels"),
    [("party-2026", ["Phụ lục 1", "Phụ lục 2"]), ("state-2020", ["Phụ lục I", "Phụ lục II"])],
)
def test_several_appendices_are_numbered(profile, labels):
    assert [appendix.label for appendix in sampled("statistics-appendix", profile).appendices] == labels


@pytest.mark.parametrize(
    ("profile", "reference"),
    [
        ("party-2026", "(Kèm theo Công văn số 06-CV/TU, ngày 15/10/2026 của Tỉnh uỷ Tân Hưng)"),
        (
            "state-2020",
            "(Kèm theo Công văn số 215/UBND ngày 15 tháng 10 năm 2026 của Uỷ ban nhân dân tỉnh Tân Hưng)",
        ),
    ],
)
def test_an_appendix_refers_to_its_paper(profile, reference):
    assert letter(profile).appendices[0].reference == reference


def test_an_appendix_alone_must_say_what_it_belongs_to():
    form = load_form("statistics-appendix")
    with pytest.raises(DocumentError, match="@kèm theo"):
        render(form, sample(form.code), *sample_office("party")[:1], profile_for("party-2026"), Particulars(),
               text="@phụ lục: Biểu\nĐoạn")  # fmt: skip


def test_a_long_issuer_is_broken_into_even_lines():
    office = replace(sample_office("party")[0], issuer="Ban Chỉ đạo " + "phòng, chống tham nhũng " * 8)
    assert len(letter(letterhead=office).front.issuer) > 2


def test_the_drafts_are_counted():
    marks = [letter(particulars=Particulars((HEAD,), draft=draft)).front.draft for draft in (0, 1, 2)]
    assert marks == ["", "Dự thảo", "Dự thảo lần 2"]


def test_the_office_may_use_its_own_wording():
    office, known = sample_office("party")
    form = load_form("reminder-letter")
    own = render(
        form,
        sample(form.code),
        office,
        profile_for("party-2026"),
        known,
        text="@trích yếu: {{ subject }}\nXin nhắc.",
    )
    assert [plain(block.text) for block in own.body] == ["Xin nhắc."]


def test_names_are_printed_as_the_office_stores_them():
    office = Letterhead("Tỉnh ủy Hòa Tân", "Tỉnh ủy Hòa Tân", "TU", "Hòa Tân")
    document = letter(letterhead=office)
    assert document.front.issuer == ("TỈNH ỦY HÒA TÂN",)
    assert "Tỉnh ủy Hòa Tân" in plain(document.body[0].text)


def test_letterhead_and_particulars_survive_being_frozen():
    for family in ("party", "state", "front", "youth"):
        office, known = sample_office(family)
        assert Letterhead.from_json(office.to_json()) == office
        assert Particulars.from_json(known.to_json()) == known
