"""Sentences in the place of the sign-in library's own."""

ERRORS = {
    "account_inactive": "This account has ended. Ask an administrator of your organisation.",
    "email_password_mismatch": "The e-mail address or the password is not right. Check both, or set a new password.",
    "enter_current_password": "That is not your present password. Enter the one that you sign in with.",
    "incorrect_code": "That code is not right, or was used already. Enter the newest one of your app.",
    "incorrect_password": "That is not your password. Enter the one that you sign in with.",
    "invalid_password_reset": "This link is over. Ask for another.",
    "rate_limited": "There were too many tries. Wait five minutes, then try again.",
    "too_many_login_attempts": "There were too many tries for this account. Wait five minutes, then try again.",
}
FACTOR_ERRORS = {
    "cannot_delete_authenticator": "Your account must have a second factor. Add another one before you remove this.",
    "cannot_generate_recovery_codes": "Recovery codes stand in for a second factor. Set one up first.",
    "incorrect_code": ERRORS["incorrect_code"],
    "unverified_email": "Your e-mail address is not confirmed. Ask an administrator of your organisation.",
}
MESSAGES = {  # what is not here needs no saying: the next page shows it
    "account/messages/password_changed.txt": "Your password is changed. Your other sessions have ended.",
    "account/messages/password_set.txt": "Your password is set.",
    "account/messages/logged_out.txt": "You are signed out.",
    "mfa/messages/totp_activated.txt": "Your authenticator app is set up.",
    "mfa/messages/totp_deactivated.txt": "Your authenticator app is removed.",
    "mfa/messages/webauthn_added.txt": "Your passkey is added.",
    "mfa/messages/webauthn_removed.txt": "Your passkey is removed.",
    "mfa/messages/recovery_codes_generated.txt": "Your recovery codes are shown once. Keep them somewhere safe.",
}
SET_UP = "Set up a second factor before you go on: an authenticator app, or a passkey."
