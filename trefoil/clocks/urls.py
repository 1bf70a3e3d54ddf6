"""Addresses of clocks, below a partnership's."""

from django.urls import URLPattern, URLResolver, path

from .views.clock_detail import clock_detail
from .views.clock_forms import (
    clock_attempt,
    clock_explain,
    clock_hand_over,
    clock_move,
    clock_pause,
    clock_resume,
    clock_stop,
    clock_withdraw,
)
from .views.clock_list import clock_export, clock_list
from .views.limit_forms import limit_local, limit_local_end, limit_sign_off
from .views.limits import limit_detail, limit_list
from .views.start import clock_start
from .views.terms import term_list, term_new, term_remove

urlpatterns: list[URLPattern | URLResolver] = [
    path("clocks/", clock_list, name="clock_list"),
    path("clocks/clocks.csv", clock_export, name="clock_export"),
    path("clocks/start/", clock_start, name="clock_start"),
    path("clocks/limits/", limit_list, name="limit_list"),
    path("clocks/limits/<slug:rule>/", limit_detail, name="limit_detail"),
    path("clocks/limits/<slug:rule>/local/", limit_local, name="limit_local"),
    path("clocks/limits/<slug:rule>/local/end/", limit_local_end, name="limit_local_end"),
    path("clocks/limits/<slug:rule>/sign-off/", limit_sign_off, name="limit_sign_off"),
    path("clocks/terms/", term_list, name="term_list"),
    path("clocks/terms/new/", term_new, name="term_new"),
    path("clocks/terms/<int:pk>/remove/", term_remove, name="term_remove"),
    path("clocks/<int:pk>/", clock_detail, name="clock_detail"),
    path("clocks/<int:pk>/done/", clock_stop, name="clock_stop"),
    path("clocks/<int:pk>/attempt/", clock_attempt, name="clock_attempt"),
    path("clocks/<int:pk>/reason/", clock_explain, name="clock_explain"),
    path("clocks/<int:pk>/pause/", clock_pause, name="clock_pause"),
    path("clocks/<int:pk>/resume/", clock_resume, name="clock_resume"),
    path("clocks/<int:pk>/start/", clock_move, name="clock_move"),
    path("clocks/<int:pk>/hand-over/", clock_hand_over, name="clock_hand_over"),
    path("clocks/<int:pk>/withdraw/", clock_withdraw, name="clock_withdraw"),
]
