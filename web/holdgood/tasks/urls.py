"""Pages of what is asked of whom."""

from django.urls import path

from holdgood.tasks import views

urlpatterns = [
    path("my-work/", views.my_work, name="my-work"),
    path("my-work/letters/", views.letters_chosen, name="letters-chosen"),
    path("tasks/<uuid:pk>/", views.task, name="task"),
    path("tasks/<uuid:pk>/pass-on/", views.task_pass_on, name="task-pass-on"),
    path("tasks/<uuid:pk>/take-back/", views.task_take_back, name="task-take-back"),
    path("tasks/<uuid:pk>/unask/", views.task_unask, name="task-unask"),
    path("tasks/<uuid:pk>/reopen/", views.task_reopen, name="task-reopen"),
    path("at/<slug:code>/tasks/", views.task_list, name="task-list"),
    path("at/<slug:code>/tasks/new/", views.task_ask, name="task-ask"),
]
