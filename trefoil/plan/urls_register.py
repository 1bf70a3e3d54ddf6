"""Addresses of the X-ray, the risk register and the measures. Below `<slug:slug>/`."""

from django.urls import URLPattern, path

from .views import control_forms, measure_forms, measures, risk_forms, risks, xray

urlpatterns: list[URLPattern] = [
    path("plan/x-ray/", xray.xray, name="xray"),
    path("plan/x-ray/accept/", xray.xray_accept, name="xray_accept"),
    path("plan/x-ray/accepted/<int:pk>/show/", xray.xray_show_again, name="xray_show_again"),
    path("plan/x-ray.<str:file_format>", xray.xray_file, name="xray_file"),
    path("plan/risks/", risks.risk_list, name="risk_list"),
    path("plan/risks.<str:file_format>", risks.risk_file, name="risk_file"),
    path("plan/risks/new/", risk_forms.risk_new, name="risk_new"),
    path("plan/risks/<int:pk>/", risks.risk_detail, name="risk_detail"),
    path("plan/risks/<int:pk>/change/", risk_forms.risk_change, name="risk_change"),
    path("plan/risks/<int:pk>/review/", risk_forms.risk_review, name="risk_review"),
    path("plan/risks/<int:pk>/close/", risk_forms.risk_close, name="risk_close"),
    path("plan/risks/<int:pk>/reopen/", risk_forms.risk_reopen, name="risk_reopen"),
    path("plan/risks/<int:pk>/controls/new/", control_forms.control_new, name="control_new"),
    path("plan/controls/<int:pk>/change/", control_forms.control_change, name="control_change"),
    path("plan/controls/<int:pk>/withdraw/", control_forms.control_withdraw, name="control_withdraw"),
    path("plan/measures/", measures.measure_list, name="measure_list"),
    path("plan/measures.<str:file_format>", measures.measure_file, name="measure_file"),
    path("plan/measures/new/", measure_forms.measure_new, name="measure_new"),
    path("plan/measures/<int:pk>/", measures.measure_detail, name="measure_detail"),
    path("plan/measures/<int:pk>/change/", measure_forms.measure_change, name="measure_change"),
    path("plan/measures/<int:pk>/figure/", measure_forms.measure_figure, name="measure_figure"),
    path("plan/measures/<int:pk>/withdraw/", measure_forms.measure_withdraw, name="measure_withdraw"),
]
