"""Addresses under account/. Of the sign-in library only what is used: nobody registers, or edits their addresses."""

from allauth.account import views as allauth
from django.urls import include, path, re_path

from holdgood.people import views

urlpatterns = [
    path("", views.account, name="account"),
    path("sessions/<int:session>/end/", views.session_end, name="session-end"),
    path("sessions/end-others/", views.sessions_end_others, name="sessions-end-others"),
    path("invitation/<str:token>/", views.invitation, name="invitation"),
    path("sign-in/", views.sign_in, name="account_login"),
    path("sign-out/", allauth.logout, name="account_logout"),
    path("ended/", allauth.account_inactive, name="account_inactive"),
    path("confirm/", allauth.reauthenticate, name="account_reauthenticate"),
    path("password/", allauth.password_change, name="account_change_password"),
    path("password/forgotten/", allauth.password_reset, name="account_reset_password"),
    path("password/forgotten/sent/", allauth.password_reset_done, name="account_reset_password_done"),
    re_path(
        "^password/forgotten/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>[^/]+)/$",
        allauth.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path(
        "password/forgotten/set/",
        allauth.password_reset_from_key_done,
        name="account_reset_password_from_key_done",
    ),
    path("second-factor/", include("allauth.mfa.urls")),
]
