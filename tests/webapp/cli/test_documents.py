"""`document draw`, `document check`, `term add` from the command line."""

import json
from pathlib import Path

import pypdfium2
import pytest
from docx import Document as open_docx
from flask import Flask

import document_templates
from document_templates.profiles import CODES


@pytest.mark.parametrize("form", [form.code for form in document_templates.forms()])
def test_every_form_draws_its_sample(app: Flask, tmp_path: Path, form: str):
    done = app.test_cli_runner().invoke(args=["document", "draw", form, "--out", str(tmp_path)])
    assert done.exit_code == 0, done.output
    assert open_docx(str(tmp_path / f"{form}.docx")).element.body is not None
    assert len(pypdfium2.PdfDocument(str(tmp_path / f"{form}.pdf"))) >= 1


@pytest.mark.parametrize("profile", CODES)
def test_a_sample_is_in_good_form_by_its_own_profile(app: Flask, tmp_path: Path, profile: str):
    run = app.test_cli_runner().invoke
    run(args=["document", "draw", "reminder-letter", "--profile", profile, "--out", str(tmp_path)])
    file = str(tmp_path / "reminder-letter.docx")
    checked = run(args=["document", "check", file, "--profile", profile, "--json"])
    assert json.loads(checked.output) == []
    assert checked.exit_code == 0


def test_facts_come_from_a_file(app: Flask, tmp_path: Path):
    facts = {**document_templates.sample("invitation"), "venue": "Hội trường lớn"}
    data = tmp_path / "facts.json"
    data.write_text(json.dumps({"facts": facts}), encoding="utf-8")
    args = ["document", "draw", "invitation", "--data", str(data), "--out", str(tmp_path)]
    assert app.test_cli_runner().invoke(args=args).exit_code == 0
    said = "\n".join(p.text for p in open_docx(str(tmp_path / "invitation.docx")).paragraphs)
    assert "Hội trường lớn" in said


def test_what_is_missing_is_named(app: Flask, tmp_path: Path):
    data = tmp_path / "facts.json"
    data.write_text('{"facts": {"subject": "x"}}', encoding="utf-8")
    args = ["document", "draw", "invitation", "--data", str(data), "--out", str(tmp_path)]
    done = app.test_cli_runner().invoke(args=args)
    assert done.exit_code != 0
    assert "venue" in done.output
    assert "held_on" in done.output
    assert not (tmp_path / "invitation.pdf").exists()


@pytest.mark.parametrize("content", ["{", "[1]", '"x"'])
def test_a_file_that_holds_no_facts_is_explained(app: Flask, tmp_path: Path, content: str):
    data = tmp_path / "facts.json"
    data.write_text(content, encoding="utf-8")
    args = ["document", "draw", "invitation", "--data", str(data), "--out", str(tmp_path)]
    done = app.test_cli_runner().invoke(args=args)
    assert done.exit_code == 1
    assert done.output.startswith("Error: ")


def test_deviations_are_listed_and_the_exit_code_tells(app: Flask, tmp_path: Path):
    paper = open_docx()
    paper.add_paragraph("Số: 5-CV/TU")
    paper.save(str(tmp_path / "thu.docx"))
    done = app.test_cli_runner().invoke(args=["document", "check", str(tmp_path / "thu.docx"), "--json"])
    found = json.loads(done.output)
    assert done.exit_code == 1
    assert {"place", "found", "expected", "rule"} <= found[0].keys()


def test_what_is_no_paper_is_explained(app: Flask, tmp_path: Path):
    (tmp_path / "a.docx").write_bytes(b"MZ")
    done = app.test_cli_runner().invoke(args=["document", "check", str(tmp_path / "a.docx")])
    assert done.exit_code == 1
    assert done.output.startswith("Error: ")


def test_a_term_is_begun_by_whom_it_is_allowed(app: Flask):
    run = app.test_cli_runner().invoke
    done = run(args=["term", "add", "TU", "2025–2030", "17/10/2025", "--as", "lan"])
    assert "từ 17/10/2025" in done.output
    again = run(args=["term", "add", "TU", "2025–2030", "2025-10-17", "--as", "lan"])
    assert again.exit_code == 1
    assert "Nhiệm kỳ mới phải bắt đầu sau" in again.output
    assert "Không có tài khoản" in run(args=["term", "add", "TU", "x", "2026-01-01", "--as", "ai"]).output
