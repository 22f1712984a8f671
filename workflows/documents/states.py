"""The moves of an official document as a table: from where, to where, who may."""

from workflows.moves import Step
from workflows.permissions import Permission
from workflows.wording import N_, LabelledEnum


class DocumentState(LabelledEnum):
    """How far a paper of the office has come."""

    DRAFT = "draft", N_("dự thảo")
    PREPARED = "prepared", N_("đã trình duyệt")
    SIGNED_OFF = "signed-off", N_("lãnh đạo đã duyệt")
    ISSUED = "issued", N_("đã ban hành")
    SENT = "sent", N_("đã gửi")
    REVOKED = "revoked", N_("đã thu hồi")


class DocumentMove(LabelledEnum):
    """What may happen to a paper; the label is the word on the button."""

    PREPARE = "prepare", N_("Trình duyệt")
    TAKE_BACK = "take-back", N_("Rút về sửa")
    SIGN_OFF = "sign-off", N_("Duyệt văn bản")
    RETURN = "return", N_("Trả lại kèm lý do")
    ISSUE = "issue", N_("Ban hành, lấy số")
    SEND = "send", N_("Gửi các nơi nhận")
    REVOKE = "revoke", N_("Thu hồi")


def _from(*states: DocumentState) -> frozenset[DocumentState]:
    return frozenset(states)


# Signing moves nothing: a paper that stands is signed again by the next signatory.
SIGNABLE = _from(DocumentState.ISSUED, DocumentState.SENT)

MOVES: dict[DocumentMove, Step[DocumentState]] = {
    DocumentMove.PREPARE: Step(_from(DocumentState.DRAFT), DocumentState.PREPARED, Permission.DOCUMENT_DRAFT),
    DocumentMove.TAKE_BACK: Step(
        _from(DocumentState.PREPARED), DocumentState.DRAFT, Permission.DOCUMENT_DRAFT
    ),
    DocumentMove.SIGN_OFF: Step(
        _from(DocumentState.PREPARED), DocumentState.SIGNED_OFF, Permission.DOCUMENT_SIGN_OFF
    ),
    DocumentMove.RETURN: Step(
        _from(DocumentState.PREPARED, DocumentState.SIGNED_OFF),
        DocumentState.DRAFT,
        Permission.DOCUMENT_SIGN_OFF,
    ),
    DocumentMove.ISSUE: Step(
        _from(DocumentState.SIGNED_OFF), DocumentState.ISSUED, Permission.DOCUMENT_ISSUE
    ),
    DocumentMove.SEND: Step(_from(DocumentState.ISSUED), DocumentState.SENT, Permission.DOCUMENT_ISSUE),
    DocumentMove.REVOKE: Step(
        _from(DocumentState.ISSUED, DocumentState.SENT), DocumentState.REVOKED, Permission.DOCUMENT_SIGN_OFF
    ),
}
