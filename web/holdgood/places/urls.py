"""Pages of places, of people and their roles in them, and of what is shared."""

from django.urls import path

from holdgood.places.views import leaving, own, people, reviews, roles, shaping, shares, tree

urlpatterns = [
    path("places/", tree.place_list, name="place-list"),
    path("at/<slug:code>/place/", tree.place, name="place"),
    path("at/<slug:code>/place/open/", shaping.place_open, name="place-open"),
    path("at/<slug:code>/place/change/", shaping.place_change, name="place-change"),
    path("at/<slug:code>/place/move/", shaping.place_move, name="place-move"),
    path("at/<slug:code>/place/close/", shaping.place_close, name="place-close"),
    path("at/<slug:code>/roles/", roles.role_list, name="role-list"),
    path("at/<slug:code>/roles/give/", roles.role_give, name="role-give"),
    path("at/<slug:code>/roles/<uuid:pk>/end/", roles.role_end, name="role-end"),
    path("at/<slug:code>/roles/<uuid:pk>/take-back/", roles.role_take_back, name="role-take-back"),
    path("at/<slug:code>/roles/<uuid:pk>/extend/", roles.role_extend, name="role-extend"),
    path("at/<slug:code>/roles/<uuid:pk>/put-back/", roles.role_put_back, name="role-put-back"),
    path("at/<slug:code>/people/", people.person_list, name="person-list"),
    path("at/<slug:code>/people/invite/", people.person_invite, name="person-invite"),
    path("at/<slug:code>/leavers/", leaving.leavers, name="leavers"),
    path("at/<slug:code>/access-reviews/", reviews.review_list, name="access-review-list"),
    path("at/<slug:code>/access-reviews/open/", reviews.review_open, name="access-review-open"),
    path("at/<slug:code>/access-reviews/<uuid:pk>/", reviews.review, name="access-review"),
    path("at/<slug:code>/access-reviews/<uuid:pk>/close/", reviews.review_close, name="access-review-close"),
    path("at/<slug:code>/shares/", shares.share_list, name="share-list"),
    path("at/<slug:code>/share/<slug:kind>/<uuid:pk>/", shares.share_give, name="share-give"),
    path("at/<slug:code>/shares/<uuid:pk>/", shares.share, name="share"),
    path("at/<slug:code>/shares/<uuid:pk>/end/", shares.share_end, name="share-end"),
    path("people/<uuid:pk>/", people.person, name="person"),
    path("people/<uuid:pk>/contact/", people.person_contact, name="person-contact"),
    path("people/<uuid:pk>/invitation/", people.person_invitation, name="person-invitation"),
    path("people/<uuid:pk>/last-day/", people.person_ends, name="person-ends"),
    path("people/<uuid:pk>/second-factor/", people.person_factor, name="person-factor"),
    path("people/<uuid:pk>/leaves/", leaving.person_lapses, name="person-lapses"),
    path("people/<uuid:pk>/stop/", leaving.person_stop, name="person-stop"),
    path("people/<uuid:pk>/restart/", people.person_restart, name="person-restart"),
    path("people/<uuid:pk>/cover/", own.person_cover, name="person-cover"),
    path("my/roles/", own.my_roles, name="my-roles"),
    path("my/cover/", own.cover_set, name="cover-set"),
    path("cover/<uuid:pk>/end/", own.cover_end, name="cover-end"),
    path("shared/", own.shared_with_me, name="shared-with-me"),
]
