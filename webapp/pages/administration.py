"""Quản trị: the way to units, people, calendar, trail and system, each for whoever may."""

from dataclasses import dataclass

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from webapp.access import guarded, may_anywhere
from webapp.forms.base import OfficeForm
from webapp.seen import last_act
from workflows.db import Base
from workflows.permissions import Permission
from workflows.wording import N_

blueprint = Blueprint("administration", __name__, url_prefix="/administration")


@dataclass(frozen=True)
class Part:
    """A part of the administration, shown to whoever holds the permission."""

    label: str
    endpoint: str
    permission: Permission


PARTS = (
    Part(N_("Đơn vị"), "administration.units", Permission.UNITS_MANAGE),
    Part(N_("Người dùng"), "administration.people", Permission.PEOPLE_MANAGE),
    Part(N_("Đăng nhập"), "administration.sign_in_rules", Permission.SIGN_IN_RULES),
    Part(N_("Lịch làm việc"), "administration.working_days", Permission.CALENDAR_MANAGE),
    Part(N_("Chứng thư tin cậy"), "administration.trust", Permission.TRUST_MANAGE),
    Part(N_("Đôn đốc"), "notices.ladders", Permission.REMINDERS_MANAGE),
    Part(N_("Nhật ký"), "administration.trail", Permission.AUDIT_VIEW),
    Part(N_("Hệ thống"), "administration.system", Permission.SYSTEM_VIEW),
)


@blueprint.get("/")
@guarded(Permission.OWN_ACCOUNT)
def index() -> ResponseReturnValue:
    """The first part the person may use."""
    mine = parts()
    return redirect(url_for(mine[0].endpoint if mine else "home.index"))


def parts() -> list[Part]:
    """The parts the signed-in person may use."""
    return [part for part in PARTS if may_anywhere(part.permission)]


def form_page(
    form: OfficeForm,
    title: str,
    *,
    button: str,
    back: str,
    note: str = "",
    about: Base | None = None,
    status: int = 422,
) -> ResponseReturnValue:
    """A page that holds one form, about a thing as it was seen; refused, it comes back filled."""
    html = render_template(
        "administration/form.html",
        form=form,
        title=title,
        button=button,
        back=back,
        note=note,
        seen=last_act(about) if about is not None else None,
    )
    return html, status if form.errors else 200


@blueprint.app_context_processor
def offer_parts() -> dict[str, object]:
    """Let the templates of the administration draw its tabs."""
    return {"administration_parts": parts}
