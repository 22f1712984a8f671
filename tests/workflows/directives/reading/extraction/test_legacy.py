"""Old Word files go through LibreOffice, where it is installed."""

import shutil

import pytest

from tests.support.needs import is_missing
from workflows.directives.reading.extraction import Kind, Limits, extract, legacy
from workflows.errors import Unreadable

RTF = (
    rb"{\rtf1\ansi\ansicpg1258 {\b S\u7889? 05-CT/TU}\par "
    rb"Giao \u272?\u7843?ng \u7911?y x\u227? th\u7921?c hi\u7879?n.\par}"
)


@pytest.fixture
def libreoffice():
    if not shutil.which("soffice"):
        is_missing("libreoffice-writer")


@pytest.mark.usefixtures("libreoffice")
def test_an_old_file_is_read_through_its_conversion():
    found = extract(RTF, filename="a.rtf")
    assert found.text == "Số 05-CT/TU\nGiao Đảng ủy xã thực hiện."
    assert found.media_type == Kind.RTF


@pytest.mark.usefixtures("libreoffice")
def test_a_broken_old_file_is_refused():
    broken = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 504 + "WordDocument".encode("utf-16-le")
    with pytest.raises(Unreadable, match=r"Không chuyển đổi được|không có chữ nào"):
        extract(broken, filename="a.doc")


@pytest.mark.usefixtures("libreoffice")
def test_a_conversion_that_takes_too_long_is_given_up():
    with pytest.raises(Unreadable, match="Không chuyển đổi được"):
        extract(RTF, filename="a.rtf", limits=Limits(seconds=0.01))


def test_without_libreoffice_the_package_to_install_is_named(monkeypatch):
    monkeypatch.setattr(legacy.shutil, "which", lambda name: None)
    with pytest.raises(Unreadable, match="libreoffice-writer"):
        extract(RTF, filename="a.rtf")
