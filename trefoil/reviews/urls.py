"""The addresses of reviews, below a partnership's slug. A review is named by its reference, never by a number."""

from django.urls import include, path

from .views import detail, incident, letters, library, lists, local, notes, parts, rapid, readers, report

_ONE = "reviews/<slug:reference>/"

urlpatterns = [
    path("", include("trefoil.reviews.urls_chronology")),
    path("reviews/", lists.review_list, name="review_list"),
    path("learning/", library.learning_library, name="learning_library"),
    path("learning/national/new/", library.national_new, name="national_new"),
    path("learning/national/<int:pk>/", library.national_detail, name="national_detail"),
    path("learning/national/<int:pk>/recommend/", library.national_recommend, name="national_recommend"),
    path("learning/national/answers/<int:pk>/", library.national_answer, name="national_answer"),
    path("reviews/new/", lists.review_new, name="review_new"),
    path("reviews/asked/<int:pk>/", readers.review_answer, name="review_answer"),
    path(_ONE, detail.review_detail, name="review_detail"),
    path(f"{_ONE}trail/", detail.review_trail, name="review_trail"),
    path(f"{_ONE}identity/", incident.review_identity, name="review_identity"),
    path(f"{_ONE}identity/change/", incident.review_identity_change, name="review_identity_change"),
    path(f"{_ONE}correct/", incident.review_correct, name="review_correct"),
    path(f"{_ONE}withdraw/", incident.review_withdraw, name="review_withdraw"),
    path(f"{_ONE}undo/", incident.review_undo, name="review_undo"),
    path(f"{_ONE}decide/", incident.review_decide, name="review_decide"),
    path(f"{_ONE}pack/", incident.review_pack, name="review_pack"),
    path(f"{_ONE}ask/", readers.review_ask, name="review_ask"),
    path(f"{_ONE}hand-over/", readers.review_hand_over, name="review_hand_over"),
    path(f"{_ONE}readers/new/", readers.reader_new, name="reader_new"),
    path(f"{_ONE}readers/<int:pk>/end/", readers.reader_end, name="reader_end"),
    path(f"{_ONE}agencies/ask/", rapid.agency_ask, name="agency_ask"),
    path(f"{_ONE}agencies/<int:pk>/", parts.part_detail, name="part_detail"),
    path(f"{_ONE}agencies/<int:pk>/withdraw/", parts.part_withdraw, name="part_withdraw"),
    path(f"{_ONE}sections/<slug:code>/", rapid.section_write, name="section_write"),
    path(f"{_ONE}criteria/", rapid.criteria_answer, name="criteria_answer"),
    path(f"{_ONE}position/", rapid.position_take, name="position_take"),
    path(f"{_ONE}next-step/", rapid.review_next_step, name="review_next_step"),
    path(f"{_ONE}sent/", rapid.review_sent, name="review_sent"),
    path(f"{_ONE}letters/new/", letters.letter_new, name="letter_new"),
    path(f"{_ONE}letters/<int:pk>/reply/", letters.letter_reply, name="letter_reply"),
    path(f"{_ONE}letters/<int:pk>/take-back/", letters.letter_take_back, name="letter_take_back"),
    path(f"{_ONE}commission/", letters.review_commission, name="review_commission"),
    path(f"{_ONE}local/", local.review_local, name="review_local"),
    path(f"{_ONE}local/new/<slug:kind>/", notes.note_new, name="note_new"),
    path(f"{_ONE}local/<slug:kind>/<int:pk>/", notes.note_on, name="note_on"),
    path(f"{_ONE}local/<slug:kind>/<int:pk>/take-back/", notes.note_take_back, name="note_take_back"),
    path(f"{_ONE}report/new/", report.draft_new, name="draft_new"),
    path(f"{_ONE}responses/<int:pk>/", report.response_give, name="response_give"),
    path(f"{_ONE}publishing/position/", report.publishing_position, name="publishing_position"),
    path(f"{_ONE}recommend/", rapid.review_recommend, name="review_recommend"),
]
