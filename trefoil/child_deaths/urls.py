"""The addresses of child deaths, below a partnership's slug. A death is named by its reference, never by a number.

Nor is what an agency was asked: a number that counts up would tell how many others were asked.
"""

from django.urls import path

from .views import detail, family, figures, lists, panels, readers, record, requests, retention, review

_ONE = "child-deaths/<slug:reference>/"

urlpatterns = [
    path("child-deaths/", lists.death_list, name="death_list"),
    path("child-deaths/new/", lists.death_new, name="death_new"),
    path("child-deaths/figures/", figures.death_figures, name="death_figures"),
    path("child-deaths/figures/reports/new/", figures.death_report_new, name="death_report_new"),
    path("child-deaths/figures/reports/<int:pk>/take-back/", figures.death_report_back, name="death_report_back"),
    path("child-deaths/retention/", retention.death_retention, name="death_retention"),
    path("child-deaths/asked/<int:pk>/", readers.death_answer, name="death_answer"),
    path("child-deaths/panels/new/", panels.panel_new, name="panel_new"),
    path("child-deaths/panels/<int:pk>/", panels.panel_detail, name="panel_detail"),
    path("child-deaths/panels/<int:pk>/members/new/", panels.panel_member_new, name="panel_member_new"),
    path("child-deaths/panels/<int:pk>/members/<int:member>/end/", panels.panel_member_end, name="panel_member_end"),
    path(_ONE, detail.death_detail, name="death_detail"),
    path(f"{_ONE}trail/", detail.death_trail, name="death_trail"),
    path(f"{_ONE}identity/", record.death_identity, name="death_identity"),
    path(f"{_ONE}identity/change/", record.death_identity_change, name="death_identity_change"),
    path(f"{_ONE}correct/", record.death_correct, name="death_correct"),
    path(f"{_ONE}take-up/", record.death_take_up, name="death_take_up"),
    path(f"{_ONE}apart/<slug:other>/", record.death_apart, name="death_apart"),
    path(f"{_ONE}withdraw/", record.death_withdraw, name="death_withdraw"),
    path(f"{_ONE}undo/", record.death_undo, name="death_undo"),
    path(f"{_ONE}ask/", readers.death_ask, name="death_ask"),
    path(f"{_ONE}hand-over/", readers.death_hand_over, name="death_hand_over"),
    path(f"{_ONE}readers/new/", readers.death_reader_new, name="death_reader_new"),
    path(f"{_ONE}readers/<int:pk>/end/", readers.death_reader_end, name="death_reader_end"),
    path(f"{_ONE}response/", review.death_response, name="death_response"),
    path(f"{_ONE}response/<slug:code>/", review.death_step, name="death_step"),
    path(f"{_ONE}family/", family.death_support, name="death_support"),
    path(f"{_ONE}pass-on/", family.death_pass_on, name="death_pass_on"),
    path(f"{_ONE}agencies/ask/", requests.request_new, name="request_new"),
    path(f"{_ONE}agencies/<int:agency>/", requests.reply_detail, name="reply_detail"),
    path(f"{_ONE}agencies/<int:agency>/withdraw/", requests.request_withdraw, name="request_withdraw"),
    path(f"{_ONE}meeting/", review.death_meeting, name="death_meeting"),
    path(f"{_ONE}paper/", review.death_paper, name="death_paper"),
    path(f"{_ONE}panel/", review.death_put, name="death_put"),
    path(f"{_ONE}analysis/", review.death_analysis, name="death_analysis"),
    path(f"{_ONE}learning/", review.death_learn, name="death_learn"),
    path(f"{_ONE}recommend/", review.death_recommend, name="death_recommend"),
    path(f"{_ONE}practice-review/", review.death_practice_review, name="death_practice_review"),
    path(f"{_ONE}practice-review/link/", family.death_practice_link, name="death_practice_link"),
    path(f"{_ONE}close/", review.death_close, name="death_close"),
    path(f"{_ONE}delete/", retention.death_delete, name="death_delete"),
]
