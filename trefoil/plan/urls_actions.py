"""Addresses of actions, their evidence and tests."""

from django.urls import path

from .views import action, action_moves, actions_given, actions_list, evidence, judging

urlpatterns = [
    path("plan/actions/", actions_list.action_list, name="action_list"),
    path("plan/actions.<slug:file_format>", actions_list.action_export, name="action_export"),
    path("plan/board/", actions_list.action_board, name="action_board"),
    path("plan/actions/new/", actions_given.action_new, name="action_new"),
    path("plan/actions/<int:pk>/", action.action_detail, name="action_detail"),
    path("plan/actions/<int:pk>/change/", actions_given.action_change, name="action_change"),
    path("plan/actions/<int:pk>/accept/", action_moves.action_accept, name="action_accept"),
    path("plan/actions/<int:pk>/refuse/", action_moves.action_refuse, name="action_refuse"),
    path("plan/actions/<int:pk>/begin/", action_moves.action_begin, name="action_begin"),
    path("plan/actions/<int:pk>/update/", action_moves.action_update, name="action_update"),
    path("plan/actions/<int:pk>/done/", action_moves.action_finish, name="action_finish"),
    path("plan/actions/<int:pk>/date/", action_moves.action_date, name="action_date"),
    path("plan/actions/<int:pk>/hand-over/", action_moves.action_hand_over, name="action_hand_over"),
    path("plan/actions/<int:pk>/withdraw/", action_moves.action_withdraw, name="action_withdraw"),
    path("plan/actions/<int:pk>/judge/", judging.action_judge, name="action_judge"),
    path("plan/actions/<int:pk>/close/", action_moves.action_close, name="action_close"),
    path("plan/actions/<int:pk>/reopen/", action_moves.action_reopen, name="action_reopen"),
    path("plan/actions/<int:pk>/evidence/", evidence.evidence_new, name="evidence_new"),
    path("plan/actions/<int:pk>/evidence/<slug:kind>/", evidence.evidence_add, name="evidence_add"),
    path("plan/actions/<int:pk>/tests/new/", evidence.retest_new, name="retest_new"),
    path("plan/evidence/<int:pk>/", evidence.evidence_detail, name="evidence_detail"),
    path("plan/evidence/<int:pk>/withdraw/", evidence.evidence_withdraw, name="evidence_withdraw"),
    path("plan/tests/<int:pk>/", evidence.retest_record, name="retest_record"),
    path("plan/tests/<int:pk>/withdraw/", evidence.retest_withdraw, name="retest_withdraw"),
]
