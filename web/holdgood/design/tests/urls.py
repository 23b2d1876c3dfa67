"""The pages that the tests ask for: a gallery of every part, forms, a list, and what goes wrong."""

from django.urls import path

from holdgood.design.tests import gallery

urlpatterns = [
    path("", gallery.parts, name="parts"),
    path("form/", gallery.form, name="form"),
    path("short/", gallery.short, name="short"),
    path("list/", gallery.listed, name="list"),
    path("conflict/", gallery.clash, name="conflict"),
    path("done/", gallery.done, name="done"),
    path("undo/", gallery.undo, name="undo"),
    path("wrong/<slug:kind>/", gallery.wrong, name="wrong"),
]

handler400 = "holdgood.design.errors.bad_request"
handler403 = "holdgood.design.errors.denied"
handler404 = "holdgood.design.errors.missing"
handler500 = "holdgood.design.errors.failed"
