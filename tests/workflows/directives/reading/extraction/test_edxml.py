"""The envelope of the national document network, as different systems write it."""

import base64
from contextlib import suppress
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.workflows.directives.reading.extraction.samples import p, word
from workflows.directives.reading.extraction import extract, read_envelope
from workflows.directives.reading.model import Signer
from workflows.errors import DomainError, Unreadable

HEADER = """
<e:From><e:OrganId>A01.02</e:OrganId><e:OrganName>Tỉnh ủy An Hòa</e:OrganName></e:From>
<e:To><e:OrganId>A02</e:OrganId><e:OrganName>Đảng ủy xã Một</e:OrganName></e:To>
<e:To><e:OrganId>A03</e:OrganId><e:OrganName>Đảng ủy xã Hai</e:OrganName></e:To>
<e:DocumentId>A01.02,2026/03/05,11-CT/TU</e:DocumentId>
<e:Code><e:CodeNumber>11</e:CodeNumber><e:CodeNotation>CT/TU</e:CodeNotation></e:Code>
<e:PromulgationInfo><e:Place>An Hòa</e:Place>
<e:PromulgationDate>2026-03-05</e:PromulgationDate></e:PromulgationInfo>
<e:DocumentType><e:Type>2</e:Type><e:TypeName>Chỉ thị</e:TypeName></e:DocumentType>
<e:Subject>Về công tác dân vận</e:Subject><e:Content>Tóm tắt nội dung.</e:Content>
<e:SignerInfo><e:Competence>T/M BAN THƯỜNG VỤ</e:Competence><e:Position>BÍ THƯ</e:Position>
<e:FullName>Lò Văn Mẫu</e:FullName></e:SignerInfo>
<e:ToPlaces><e:Place>Các xã</e:Place><e:Place>Lưu Văn phòng</e:Place></e:ToPlaces>
"""


def attached(name, content):
    encoded = base64.encodebytes(content).decode()
    return (
        f"<Attachment><AttachmentName>{name}</AttachmentName><ContentType>x</ContentType>"
        f"<e:ContentTransferEncoded>{encoded}</e:ContentTransferEncoded></Attachment>"
    )


def envelope(header=HEADER, files=""):
    return (
        f'<edXML xmlns:e="urn:edxml"><e:edXMLEnvelope><e:MessageHeader>{header}</e:MessageHeader>'
        f"</e:edXMLEnvelope><AttachmentEncoded>{files}</AttachmentEncoded></edXML>"
    ).encode()


def number(digits, notation):
    code = (
        f"<e:Code><e:CodeNumber>{digits}</e:CodeNumber><e:CodeNotation>{notation}</e:CodeNotation></e:Code>"
    )
    return read_envelope(envelope(code)).header.number


def published(text):
    place = f"<e:PromulgationInfo><e:PromulgationDate>{text}</e:PromulgationDate></e:PromulgationInfo>"
    return read_envelope(envelope(place)).header.date


def test_the_fields_of_the_envelope_fill_the_header():
    read = read_envelope(envelope())
    header = read.header
    assert (read.document_id, read.sender_id) == ("A01.02,2026/03/05,11-CT/TU", "A01.02")
    assert (header.number, header.symbol, header.type) == ("11-CT/TU", "CT/TU", "CT")
    assert (header.issuer, header.place, header.date) == ("Tỉnh ủy An Hòa", "An Hòa", date(2026, 3, 5))
    assert header.subject == "Về công tác dân vận"
    assert header.addressees == ("Đảng ủy xã Một", "Đảng ủy xã Hai")
    assert header.recipients == ("Các xã", "Lưu Văn phòng")
    assert header.signer == Signer("T/M BAN THƯỜNG VỤ", "BÍ THƯ", "Lò Văn Mẫu")


@pytest.mark.parametrize(
    ("digits", "notation", "whole"),
    [
        ("11", "CT/TU", "11-CT/TU"),
        ("193", "KH-UBND", "193/KH-UBND"),
        ("193", "193/KH-UBND", "193/KH-UBND"),
        ("193", "/KH-UBND", "193/KH-UBND"),
        ("20260305", "05-KH/VPTU", "05-KH/VPTU"),
        ("193", "N/A", "193"),
        ("", "", None),
    ],
)
def test_number_and_symbol_are_put_together_as_the_office_writes_them(digits, notation, whole):
    assert number(digits, notation) == whole


@pytest.mark.parametrize(
    "text", ["2026-03-05", "2026/03/05 10:11:12", "05/03/2026", "2026-03-05T10:11:12+07:00"]
)
def test_days_are_known_in_every_way_they_are_written(text):
    assert published(text) == date(2026, 3, 5)


@pytest.mark.parametrize("text", ["", "N/A", "31/02/2026", "hôm nay"])
def test_what_is_no_day_stays_unknown(text):
    assert published(text) is None


def test_the_text_is_that_of_the_first_file_that_can_be_read():
    files = attached("hỏng.docx", b"PK\x03\x04") + attached("a.docx", word(p("Nội dung chỉ thị")))
    found = extract(envelope(files=files), filename="a.edxml")
    assert found.text == "Nội dung chỉ thị"
    assert found.header_hint is not None
    assert found.header_hint.number == "11-CT/TU"


def test_without_a_readable_file_the_summary_stands_in_and_says_so():
    found = extract(envelope(), filename="a.edxml")
    assert found.text == "Tóm tắt nội dung."
    assert any("không kèm văn bản" in note for note in found.notes)


def test_an_envelope_with_nothing_to_read_is_refused():
    with pytest.raises(Unreadable, match="không kèm văn bản nào"):
        extract(envelope("<e:Subject>Về việc</e:Subject>"), filename="a.edxml")


def test_other_xml_is_no_envelope():
    with pytest.raises(Unreadable, match="MessageHeader"):
        read_envelope(b"<edxml><other/></edxml>")


def test_an_envelope_inside_an_envelope_is_not_opened():
    inner = attached("b.edxml", envelope())
    assert extract(envelope(files=inner), filename="a.edxml").text == "Tóm tắt nội dung."


@given(st.text(max_size=60), st.text(max_size=20))
def test_no_field_breaks_the_reading(text, day):
    fields = f"<e:Subject>{text}</e:Subject><e:PromulgationInfo><e:Date>{day}</e:Date></e:PromulgationInfo>"
    with suppress(DomainError):
        assert read_envelope(envelope(fields)).header.issuer is None
