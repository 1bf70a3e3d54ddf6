"""The addresses of a review's chronology, below a partnership's slug."""

from django.urls import path

from .views import (
    chronology,
    chronology_asking,
    chronology_lanes,
    chronology_own,
    chronology_redaction,
    chronology_upload,
)

_ALL = "reviews/<slug:reference>/chronology/"
_COPY = f"{_ALL}copies/<int:pk>/"
_OWN = "reviews/<slug:reference>/agencies/<int:pk>/chronology/"
_FILE = "file.<slug:file_format>"

urlpatterns = [
    path(_ALL, chronology.chronology_merged, name="chronology_merged"),
    path(f"{_ALL}{_FILE}", chronology.chronology_file, name="chronology_file"),
    path(f"{_ALL}by-agency/", chronology_lanes.chronology_lanes, name="chronology_lanes"),
    path(f"{_ALL}pairs/", chronology.chronology_pairs, name="chronology_pairs"),
    path(f"{_ALL}pairs/<int:first>/<int:second>/", chronology.chronology_pair_note, name="chronology_pair_note"),
    path(f"{_ALL}entries/<int:pk>/correct/", chronology_own.chronology_correct, name="chronology_correct"),
    path(f"{_ALL}entries/<int:pk>/take-out/", chronology_own.chronology_take_out, name="chronology_take_out"),
    path(f"{_ALL}redaction/", chronology_redaction.chronology_redaction, name="chronology_redaction"),
    path(
        f"{_ALL}redaction/<int:pk>/remove/", chronology_redaction.chronology_word_remove, name="chronology_word_remove"
    ),
    path(f"{_ALL}copies/new/", chronology_redaction.chronology_copy_new, name="chronology_copy_new"),
    path(_COPY, chronology_redaction.chronology_copy, name="chronology_copy"),
    path(f"{_COPY}finish/", chronology_redaction.chronology_copy_finish, name="chronology_copy_finish"),
    path(f"{_COPY}withdraw/", chronology_redaction.chronology_copy_withdraw, name="chronology_copy_withdraw"),
    path(f"{_COPY}{_FILE}", chronology_redaction.chronology_copy_file, name="chronology_copy_file"),
    path(f"{_ALL}lines/<int:pk>/", chronology_redaction.chronology_line, name="chronology_line"),
    path(_OWN, chronology_own.chronology_own, name="chronology_own"),
    path(f"{_OWN}new/", chronology_own.chronology_enter, name="chronology_enter"),
    path(f"{_OWN}ask/", chronology_asking.chronology_ask, name="chronology_ask"),
    path(f"{_OWN}hand-in/", chronology_asking.chronology_hand_in, name="chronology_hand_in"),
    path(f"{_OWN}upload/", chronology_upload.chronology_upload, name="chronology_upload"),
    path(
        f"{_OWN}uploads/<int:upload>/take-out/",
        chronology_upload.chronology_upload_take_out,
        name="chronology_upload_take_out",
    ),
    path(f"{_OWN}template.<slug:file_format>", chronology_own.chronology_template, name="chronology_template"),
    path(f"{_OWN}{_FILE}", chronology_own.chronology_own_file, name="chronology_own_file"),
]
