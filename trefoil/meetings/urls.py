"""Addresses of meetings, below a partnership's."""

from django.urls import URLPattern, URLResolver, path

from .views import agenda, boards, calling, decisions, groups, meetings, minutes, programme, running

_GROUP = "groups/<slug:group_slug>/"
_MEETING = "meetings/<int:pk>/"

urlpatterns: list[URLPattern | URLResolver] = [
    path("meetings/", meetings.meeting_list, name="meeting_list"),
    path("meetings/download/", meetings.meeting_download, name="meeting_download"),
    path(_MEETING, meetings.meeting_detail, name="meeting_detail"),
    path(f"{_MEETING}calendar/", meetings.meeting_calendar, name="meeting_calendar"),
    path(f"{_MEETING}move/", calling.meeting_move, name="meeting_move"),
    path(f"{_MEETING}cancel/", calling.meeting_cancel, name="meeting_cancel"),
    path(f"{_MEETING}close/", calling.meeting_hold, name="meeting_hold"),
    path(f"{_MEETING}agenda/", agenda.agenda_edit, name="agenda_edit"),
    path(f"{_MEETING}agenda/fill/", agenda.agenda_fill, name="agenda_fill"),
    path(f"{_MEETING}agenda/send/", calling.agenda_send, name="agenda_send"),
    path(f"{_MEETING}agenda/<int:item>/", agenda.item_change, name="item_change"),
    path(f"{_MEETING}agenda/<int:item>/move/", agenda.item_move, name="item_move"),
    path(f"{_MEETING}agenda/<int:item>/remove/", agenda.item_remove, name="item_remove"),
    path(f"{_MEETING}run/", running.meeting_run, name="meeting_run"),
    path(f"{_MEETING}word/", running.meeting_word, name="meeting_word"),
    path(f"{_MEETING}guests/new/", running.guest_new, name="guest_new"),
    path(f"{_MEETING}interests/new/", running.interest_new, name="interest_new"),
    path(f"{_MEETING}decisions/new/", decisions.decision_new, name="decision_new"),
    path(f"{_MEETING}minutes/", minutes.minutes_detail, name="minutes_detail"),
    path(f"{_MEETING}minutes/draft/", minutes.minutes_draft, name="minutes_draft"),
    path(f"{_MEETING}minutes/edit/", minutes.minutes_edit, name="minutes_edit"),
    path(f"{_MEETING}minutes/circulate/", minutes.minutes_circulate, name="minutes_circulate"),
    path(f"{_MEETING}minutes/open/", minutes.minutes_reopen, name="minutes_reopen"),
    path(f"{_MEETING}minutes/approve/", minutes.minutes_approve, name="minutes_approve"),
    path("decisions/", decisions.decision_list, name="decision_list"),
    path("decisions/download/", decisions.decision_download, name="decision_download"),
    path("decisions/<int:pk>/", decisions.decision_detail, name="decision_detail"),
    path("decisions/<int:pk>/position/", decisions.decision_position, name="decision_position"),
    path("decisions/<int:pk>/withdraw/", decisions.decision_withdraw, name="decision_withdraw"),
    path("boards/", boards.board_list, name="board_list"),
    path("boards/new/", boards.board_new, name="board_new"),
    path("boards/<int:pk>/", boards.board_change, name="board_change"),
    path("boards/<int:pk>/withdraw/", boards.board_withdraw, name="board_withdraw"),
    path(f"{_GROUP}meetings/new/", calling.meeting_new, name="meeting_new"),
    path(f"{_GROUP}dates/", calling.meeting_dates, name="meeting_dates"),
    path(f"{_GROUP}cycle/", groups.group_cycle, name="group_cycle"),
    path(f"{_GROUP}chairs/", groups.group_chairs, name="group_chairs"),
    path(f"{_GROUP}terms/", groups.terms_list, name="group_terms"),
    path(f"{_GROUP}terms/write/", groups.terms_write, name="terms_write"),
    path(f"{_GROUP}terms/agree/", groups.terms_agree, name="terms_agree"),
    path(f"{_GROUP}duties/new/", groups.duty_seat_new, name="duty_seat_new"),
    path(f"{_GROUP}duties/<int:pk>/end/", groups.duty_seat_end, name="duty_seat_end"),
    path(f"{_GROUP}programme/", programme.group_programme, name="group_programme"),
    path(f"{_GROUP}programme/new/", programme.forward_new, name="forward_new"),
    path(f"{_GROUP}programme/<int:pk>/place/", programme.forward_place, name="forward_place"),
    path(f"{_GROUP}programme/<int:pk>/withdraw/", programme.forward_withdraw, name="forward_withdraw"),
    path(f"{_GROUP}attendance/", programme.group_attendance, name="group_attendance"),
    path(f"{_GROUP}attendance/download/", programme.attendance_download, name="attendance_download"),
]
