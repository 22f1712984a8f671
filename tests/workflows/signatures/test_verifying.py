"""Signatures in files from elsewhere: whole, changed, broken, trusted or not."""

from datetime import timedelta
from functools import cache
from io import BytesIO

import pytest
from PIL import Image
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

from document_templates import draw_pdf, load_form, profile_for, render, sample, sample_office
from document_templates.signing_place import signing_place
from tests.support.certificates import PASSPHRASE, SINCE, UNTIL, authority, key_file
from tests.workflows.office import NOW
from workflows.errors import InvalidFields
from workflows.signatures import Finding, Integrity, Trust
from workflows.signatures.keys import open_key
from workflows.signatures.signing import sign
from workflows.signatures.verifying import verify

NAME = "Nguyễn Văn An"


@cache
def paper() -> bytes:
    """A letter as it is issued."""
    letterhead, particulars = sample_office("party")
    form = load_form("invitation")
    return draw_pdf(render(form, sample(form.code), letterhead, profile_for("party-2026"), particulars))


def signed(pdf: bytes | None = None, **key: object) -> bytes:
    """The letter with one signature more."""
    opened = open_key(key_file(NAME, **key), PASSPHRASE, at=NOW)
    return sign(pdf or paper(), opened, signer=NAME, at=NOW).content


def only(pdf: bytes, *roots: bytes) -> Finding:
    """What is found about the one signature of a file."""
    (found,) = verify(pdf, roots, at=NOW)
    return found


def test_a_fresh_signature_is_whole_and_trusted():
    found = only(signed(), authority().der)
    assert (found.integrity, found.trust) == (Integrity.UNCHANGED, Trust.TRUSTED)
    assert found.holds
    assert found.signer.startswith(NAME)
    assert found.signed_at == NOW
    assert not found.timestamped


def test_what_is_found_survives_keeping():
    found = only(signed())
    assert Finding.from_json(found.to_json()) == found


def test_a_file_without_signature_has_none():
    assert verify(paper(), [], at=NOW) == []
    assert verify(b"", [], at=NOW) == []
    assert verify(b"PK\x03\x04", [], at=NOW) == []


def test_a_stranger_is_not_trusted():
    assert only(signed()).trust is Trust.UNKNOWN
    assert only(signed(), authority("Một nơi khác").der).trust is Trust.UNKNOWN
    assert not only(signed()).holds


def test_every_changed_byte_is_seen():
    pdf = bytearray(signed())
    pdf[pdf.index(b"stream") + 40] ^= 1
    assert only(bytes(pdf), authority().der).integrity in (Integrity.BROKEN, Integrity.UNREADABLE)


def test_a_second_signature_leaves_the_first_whole():
    first, second = verify(signed(signed()), [authority().der], at=NOW)
    assert (first.integrity, second.integrity) == (Integrity.SIGNED_FURTHER, Integrity.UNCHANGED)


def test_pages_added_behind_a_signature_are_seen():
    writer = IncrementalPdfFileWriter(BytesIO(signed()))
    content = writer.add_object(generic.StreamObject(stream_data=b"0 0 200 200 re f"))
    page = writer.root["/Pages"]["/Kids"][0]
    page["/Contents"] = generic.ArrayObject([page.raw_get("/Contents"), content])
    writer.update_container(page)
    written = BytesIO()
    writer.write(written)
    assert only(written.getvalue(), authority().der).integrity is Integrity.CHANGED


@pytest.mark.parametrize("keep", [0.2, 0.5, 0.95, 0.999])
def test_a_cut_file_is_no_error(keep: float):
    pdf = signed()
    assert all(not found.holds for found in verify(pdf[: int(len(pdf) * keep)], [authority().der], at=NOW))


def test_a_certificate_that_had_expired_when_it_signed_is_out_of_date():
    opened = open_key(key_file(NAME, until=NOW - timedelta(days=1)), PASSPHRASE, at=NOW - timedelta(days=2))
    late = sign(paper(), opened, signer=NAME, at=NOW).content
    assert only(late, authority().der).trust is Trust.OUT_OF_DATE


def test_a_signature_outlives_its_certificate():
    (found,) = verify(signed(), [authority().der], at=UNTIL + timedelta(days=400))
    assert found.trust is Trust.TRUSTED
    assert found.valid_to < UNTIL + timedelta(days=1)
    assert found.signed_at > SINCE


def test_there_is_room_for_the_image_between_post_and_name():
    place = signing_place(paper(), sample_office("party")[1].signatories[0].name)
    assert place is not None
    left, bottom, right, top = place.around(2.5)
    assert (right - left) == pytest.approx((top - bottom) * 2.5, abs=4)
    assert signing_place(paper(), "Không có tên này") is None
    assert signing_place(paper(), "") is None
    assert signing_place(b"%PDF-1.7", NAME) is None


def test_without_a_printed_name_the_image_finds_no_place():
    opened = open_key(key_file(NAME), PASSPHRASE, at=NOW)
    with pytest.raises(InvalidFields, match="khoảng trống"):
        sign(paper(), opened, signer="Không có tên này", at=NOW, image=transparent())


def transparent() -> bytes:
    """The smallest image that will do."""
    picture = Image.new("RGBA", (4, 2), (0, 0, 0, 0))
    picture.putpixel((1, 1), (0, 0, 200, 255))
    saved = BytesIO()
    picture.save(saved, "PNG")
    return saved.getvalue()
