"""The official document: measures, blocks, forms, drawing of Word and PDF, format check; knows no table.

A form (wording, fields, sample) and facts give a Document; either draughtsman draws it by its profile.
"""

from document_templates.blocks import Document
from document_templates.compose import render
from document_templates.drawing import draw_pdf, draw_word, render_html_preview
from document_templates.errors import DocumentError, Problem, WordingError
from document_templates.fields import OWN_FIELDS, Field, check_wording
from document_templates.forms import Form, forms, load_form, sample, sample_office
from document_templates.markup import MARKS
from document_templates.particulars import Authority, Letterhead, Particulars, Signatory
from document_templates.profiles import DEFAULT as DEFAULT_PROFILE
from document_templates.profiles import Profile, profile_for, profile_in_force
from document_templates.stylesheet import for_screen as preview_stylesheet
from document_templates.wording import FILTERS

__all__ = [
    "DEFAULT_PROFILE",
    "FILTERS",
    "MARKS",
    "OWN_FIELDS",
    "Authority",
    "Document",
    "DocumentError",
    "Field",
    "Form",
    "Letterhead",
    "Particulars",
    "Problem",
    "Profile",
    "Signatory",
    "WordingError",
    "check_wording",
    "draw_pdf",
    "draw_word",
    "forms",
    "load_form",
    "preview_stylesheet",
    "profile_for",
    "profile_in_force",
    "render",
    "render_html_preview",
    "sample",
    "sample_office",
]
