"""Addresses of the pages of returns, below a partnership's slug."""

from django.urls import path

from .views.returns import return_list, return_open
from .views.returns_dates import return_dates
from .views.returns_detail import return_answer, return_detail
from .views.returns_entry import return_upload
from .views.returns_files import return_figures, return_template
from .views.returns_form import return_form
from .views.returns_moves import return_approve, return_query, return_reopen, return_submit

urlpatterns = [
    path("returns/", return_list, name="return_list"),
    path("returns/open/", return_open, name="return_open"),
    path("returns/<int:pk>/", return_detail, name="return_detail"),
    path("returns/<int:pk>/template.<slug:file_format>", return_template, name="return_template"),
    path("returns/<int:pk>/figures.<slug:file_format>", return_figures, name="return_figures"),
    path("returns/<int:pk>/upload/", return_upload, name="return_upload"),
    path("returns/<int:pk>/form/", return_form, name="return_form"),
    path("returns/<int:pk>/faults/<int:fault>/", return_answer, name="return_answer"),
    path("returns/<int:pk>/dates/", return_dates, name="return_dates"),
    path("returns/<int:pk>/submit/", return_submit, name="return_submit"),
    path("returns/<int:pk>/query/", return_query, name="return_query"),
    path("returns/<int:pk>/approve/", return_approve, name="return_approve"),
    path("returns/<int:pk>/reopen/", return_reopen, name="return_reopen"),
]
