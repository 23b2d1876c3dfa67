"""Names of pages that no place guards: one's own, and those open to all, each with its reason."""

OWN = {
    "account",
    "account_change_password",
    "account_reauthenticate",
    "mfa_activate_totp",
    "mfa_add_webauthn",
    "mfa_deactivate_totp",
    "mfa_download_recovery_codes",
    "mfa_edit_webauthn",
    "mfa_generate_recovery_codes",
    "mfa_index",
    "mfa_list_webauthn",
    "mfa_reauthenticate",
    "mfa_reauthenticate_webauthn",
    "mfa_remove_webauthn",
    "mfa_view_recovery_codes",
    "session-end",
    "sessions-end-others",
}
PUBLIC = {
    "account_inactive": "tells somebody whose account has ended that it has",
    "account_login": "where everybody signs in",
    "account_logout": "a second click after signing out is no error",
    "account_reset_password": "who forgot a password cannot sign in",
    "account_reset_password_done": "follows it",
    "account_reset_password_from_key": "opened by a link that works once",
    "account_reset_password_from_key_done": "follows it",
    "invitation": "opened by a link that works once",
    "mfa_authenticate": "the second step of signing in",
    "mfa_login_webauthn": "signing in by passkey",
}
SETTING_UP = {  # open to those who must set up a second factor first
    "account_reauthenticate",
    "mfa_activate_totp",
    "mfa_add_webauthn",
    "mfa_index",
    "mfa_reauthenticate",
    "mfa_reauthenticate_webauthn",
    "mfa_view_recovery_codes",
}
