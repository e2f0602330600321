"""Rows of the permission table: addresses of allauth, under ``/compte/``: the same question, with their own ways."""

from __future__ import annotations

from tests.permissions import DOOR, HIDDEN, LOGGED_IN, LOGIN, MOVED, PUBLIC, Row, Who, at, row
from tests.personas import EVERYONE, VISITOR

_AFTER_PASSWORD = Who({**dict.fromkeys(EVERYONE, MOVED), VISITOR: LOGIN})  # a recent password is asked first
_NOT_SET_UP = Who({**dict.fromkeys(EVERYONE, HIDDEN), VISITOR: LOGIN})  # these people have no second factor
_TO_LOGIN = Who(dict.fromkeys(EVERYONE, LOGIN))
_DOOR_CLOSED = DOOR.but(visitor=LOGIN)
ROWS: list[Row] = [
    row("account_login", read=DOOR, write=DOOR),
    row("account_logout", read=LOGGED_IN, write=_TO_LOGIN),
    row("account_inactive", read=PUBLIC),
    row("account_signup", read=DOOR, write=DOOR),
    row("account_reauthenticate", read=LOGGED_IN, write=LOGGED_IN),
    row("account_change_password", read=LOGGED_IN, write=LOGGED_IN),
    row("account_set_password", read=_AFTER_PASSWORD, write=_AFTER_PASSWORD),
    row("account_reset_password", read=PUBLIC, write=PUBLIC),
    row("account_reset_password_from_key_done", read=PUBLIC),
    row("account_reset_password_from_key", at(uidb36="=1", key="=nothing"), read=PUBLIC, write=PUBLIC),
    row("account_reset_password_done", read=PUBLIC),
    row("mfa_index", read=LOGGED_IN),
    row("mfa_authenticate", read=_DOOR_CLOSED, write=_DOOR_CLOSED),
    row("mfa_reauthenticate", read=_AFTER_PASSWORD, write=_AFTER_PASSWORD),
    row("mfa_activate_totp", read=_AFTER_PASSWORD, write=_AFTER_PASSWORD),
    row("mfa_deactivate_totp", read=_NOT_SET_UP, write=_NOT_SET_UP),
    row("mfa_view_recovery_codes", read=_NOT_SET_UP),
    row("mfa_generate_recovery_codes", read=_AFTER_PASSWORD, write=_AFTER_PASSWORD),
    row("mfa_download_recovery_codes", read=_NOT_SET_UP),
    row("mfa_list_webauthn", read=LOGGED_IN),
    row("mfa_add_webauthn", read=_AFTER_PASSWORD, write=_AFTER_PASSWORD),
    row("mfa_reauthenticate_webauthn", read=_AFTER_PASSWORD, write=LOGGED_IN),
    row("mfa_remove_webauthn", at(pk="=1"), read=_AFTER_PASSWORD, write=_AFTER_PASSWORD),
    row("mfa_edit_webauthn", at(pk="=1"), read=_AFTER_PASSWORD, write=_AFTER_PASSWORD),
    row("mfa_login_webauthn", read=_DOOR_CLOSED, write=_DOOR_CLOSED),
]
