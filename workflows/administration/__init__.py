"""Keeping the house: people and their roles, the tree of units and its changes."""

from workflows.administration.accounts import found_committee, open_account, unlock_account
from workflows.administration.people import (
    add_person,
    appoint,
    change_password,
    close_account,
    end_appointment,
    note_sign_in,
    note_sign_out,
    reset_password,
)
from workflows.administration.second_factor import (
    WRONG_CODE,
    note_wrong_code,
    renew_recovery_codes,
    require_second_factor,
    reset_second_factor,
    switch_off_second_factor,
    switch_on_second_factor,
    take_code,
    use_recovery_code,
    wrong_codes_since_sign_in,
)
from workflows.administration.substitutes import end_substitution, name_substitute
from workflows.administration.units import (
    add_unit,
    call_unit_also,
    dissolve_unit,
    give_letterhead,
    rebuild_index,
    rename_unit,
)

__all__ = [
    "WRONG_CODE",
    "add_person",
    "add_unit",
    "appoint",
    "call_unit_also",
    "change_password",
    "close_account",
    "dissolve_unit",
    "end_appointment",
    "end_substitution",
    "found_committee",
    "give_letterhead",
    "name_substitute",
    "note_sign_in",
    "note_sign_out",
    "note_wrong_code",
    "open_account",
    "rebuild_index",
    "rename_unit",
    "renew_recovery_codes",
    "require_second_factor",
    "reset_password",
    "reset_second_factor",
    "switch_off_second_factor",
    "switch_on_second_factor",
    "take_code",
    "unlock_account",
    "use_recovery_code",
    "wrong_codes_since_sign_in",
]
