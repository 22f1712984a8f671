"""How the office's data becomes parts of a paper."""

from datetime import date

import pytest

from document_templates import Authority, Field
from workflows.directives import Directive
from workflows.documents import gaps, rules
from workflows.documents.facts.outline import Paragraph, place_of, under
from workflows.organisations import Letterhead, Level, Unit, UnitKind
from workflows.people import Person

FIELDS = (
    Field("subject", "Trích yếu"),
    Field("note", "Ghi chú", optional=True),
    Field("directive.short", "Văn bản"),
    Field("names[]", "Nơi nhận"),
    Field("units[].name", "Đơn vị"),
    Field("units[].tasks[].title", "Nhiệm vụ"),
)


def head(kind: UnitKind, name: str, profile: str = "party") -> Letterhead:
    """A letterhead of a body of this kind."""
    unit = Unit(name=name, short_name=name, kind=kind, level=Level.PROVINCE)
    return Letterhead(unit=unit, issuing_lines=name.upper(), profile=profile, symbol="X", place="Tân Hưng")


def test_every_gap_is_found_also_inside_lists():
    facts = {
        "subject": "x",
        "names": [],
        "units": [{"name": "A", "tasks": [{"title": ""}]}, {"name": "", "tasks": []}],
    }
    assert [gap.path for gap in gaps(FIELDS, facts)] == [
        "directive.short",
        "names",
        "units.1.name",
        "units.0.tasks.0.title",
    ]


def test_facts_without_gaps_have_none():
    facts = {
        "subject": "x",
        "directive": {"short": "y"},
        "names": ["z"],
        "units": [{"name": "A", "tasks": [{"title": "t"}]}],
    }
    assert gaps(FIELDS, facts) == []


@pytest.mark.parametrize(
    ("kind", "name", "post", "signs"),
    [
        (UnitKind.PARTY_COMMITTEE, "Tỉnh uỷ", "Bí thư", ("Bí thư", (Authority("TM", "Ban Thường vụ"),))),
        (UnitKind.PARTY_OFFICE, "Văn phòng", "Chánh Văn phòng", ("Chánh Văn phòng", ())),
        (
            UnitKind.PARTY_OFFICE,
            "Văn phòng",
            "Phó Chánh Văn phòng",
            ("Phó Chánh Văn phòng", (Authority("KT", "Chánh Văn phòng"),)),
        ),
    ],
)
def test_a_deputy_signs_in_place_of_the_head_and_a_committee_through_whom_it_sends(kind, name, post, signs):
    signatory = rules.signatory_of(head(kind, name), Person(full_name="Lê Văn Bách", post=post))
    assert (signatory.post, signatory.authority) == signs
    assert signatory.name == "Lê Văn Bách"


@pytest.mark.parametrize(
    ("kind", "name", "profile", "archive"),
    [
        (UnitKind.PARTY_COMMITTEE, "Tỉnh uỷ", "party", "Văn phòng Tỉnh uỷ"),
        (UnitKind.PARTY_OFFICE, "Văn phòng Tỉnh uỷ", "party", "Văn phòng Tỉnh uỷ"),
        (UnitKind.STATE_BODY, "Sở Tài chính", "state", "VT"),
    ],
)
def test_the_last_recipient_is_the_archive(kind, name, profile, archive):
    assert rules.letterhead_of([head(kind, name, profile)]).archive == archive


@pytest.mark.parametrize(
    ("subject", "about"),
    [
        ("Về việc phòng cháy", "phòng cháy"),
        ("V/v đẩy nhanh tiến độ", "đẩy nhanh tiến độ"),
        ("về chuyển đổi số", "chuyển đổi số"),
        ("UBND tỉnh báo cáo", "UBND tỉnh báo cáo"),
    ],
)
def test_a_subject_goes_on_inside_a_sentence(subject, about):
    directive = Directive(type="CT", number="1-CT/TU", issuer="Tỉnh uỷ", subject=subject)
    assert rules.about(directive) == about


def test_a_directive_is_cited_in_full_and_in_brief():
    directive = Directive(
        type="KH", number="21-KH/TU", issuer="Tỉnh uỷ Tân Hưng", issued_on=date(2026, 1, 26), subject=""
    )
    assert rules.brief(directive) == "Kế hoạch số 21-KH/TU"
    assert rules.citation(directive) == "Kế hoạch số 21-KH/TU, ngày 26/01/2026 của Tỉnh uỷ Tân Hưng"


def test_a_directive_of_unknown_type_without_number_can_still_be_cited():
    directive = Directive(type="??", number=None, issuer="Tỉnh uỷ", issued_on=None, subject="")
    assert rules.citation(directive) == "Văn bản của Tỉnh uỷ"


@pytest.mark.parametrize(
    ("question", "place"),
    [
        ("Việc quán triệt, ban hành văn bản", "leadership"),
        ("Kết quả nổi bật theo từng nhiệm vụ", "strengths"),
        ("Khó khăn, vướng mắc, nguyên nhân", "weaknesses"),
        ("Nguyên nhân", "causes"),
        ("Nhiệm vụ trọng tâm quý tới", "plans"),
        ("Kiến nghị, đề xuất với cấp trên", "proposals"),
        ("Tình hình chung", ""),
    ],
)
def test_answers_are_gathered_under_the_outline(question, place):
    assert place_of(question) == place


def test_the_same_words_of_several_units_stand_once_with_all_their_names():
    first, second = Unit(name="Đảng uỷ xã A"), Unit(name="Đảng uỷ xã B")
    said = [
        Paragraph(first, "Hạn chế", "Thiếu  cán bộ."),
        Paragraph(second, "Hạn chế", "Thiếu cán bộ."),
        Paragraph(second, "Hạn chế", "Thiếu kinh phí."),
    ]
    assert under(said) == {
        "weaknesses": "Đảng uỷ xã A, Đảng uỷ xã B: Thiếu cán bộ.\nĐảng uỷ xã B: Thiếu kinh phí."
    }
