"""Addresses of the workspace. `/<slug>/...` lies within a partnership."""

from django.urls import path

from .views import accounts, agencies, duties, emergency, groups, home, open_pages, partnership, people, seats, trail

urlpatterns = [
    path("", home.home, name="home"),
    path("health/", open_pages.health, name="health"),
    path("accessibility/", open_pages.accessibility, name="accessibility"),
    path("<slug:slug>/", home.partnership_home, name="partnership_home"),
    path("<slug:slug>/partnership/", partnership.partnership_page, name="partnership_page"),
    path("<slug:slug>/agencies/new/", agencies.agency_new, name="agency_new"),
    path("<slug:slug>/agencies/<int:pk>/", partnership.agency_detail, name="agency_detail"),
    path("<slug:slug>/agencies/<int:pk>/leave/", agencies.agency_leave, name="agency_leave"),
    path("<slug:slug>/groups/", groups.group_list, name="group_list"),
    path("<slug:slug>/groups/chart.svg", groups.governance_picture, name="governance_picture"),
    path("<slug:slug>/groups/new/", seats.group_new, name="group_new"),
    path("<slug:slug>/groups/<slug:group_slug>/", groups.group_detail, name="group_detail"),
    path("<slug:slug>/groups/<slug:group_slug>/reports-to/", seats.group_move, name="group_move"),
    path("<slug:slug>/groups/<slug:group_slug>/seats/new/", seats.seat_new, name="seat_new"),
    path("<slug:slug>/groups/<slug:group_slug>/seats/<int:pk>/end/", seats.seat_end, name="seat_end"),
    path("<slug:slug>/people/", people.people_list, name="people_list"),
    path("<slug:slug>/people/new/", accounts.person_new, name="person_new"),
    path("<slug:slug>/people/<int:pk>/", people.person_detail, name="person_detail"),
    path("<slug:slug>/people/<int:pk>/end-access/", accounts.access_end, name="access_end"),
    path("<slug:slug>/people/<int:pk>/second-step/", accounts.second_step_remove, name="second_step_remove"),
    path("<slug:slug>/duties/give/", duties.duty_give, name="duty_give"),
    path("<slug:slug>/duties/<int:pk>/end/", duties.duty_end, name="duty_end"),
    path("<slug:slug>/trail/", trail.trail, name="trail"),
    path("<slug:slug>/trail/download/", trail.trail_download, name="trail_download"),
    path("<slug:slug>/trail/mine/", trail.trail_mine, name="trail_mine"),
    path("<slug:slug>/trail/record/<path:subject>/", trail.trail_of_record, name="trail_of_record"),
    path("<slug:slug>/emergency/", emergency.emergency, name="emergency"),
    path("<slug:slug>/emergency/open/", emergency.emergency_open, name="emergency_open"),
    path("<slug:slug>/emergency/<int:pk>/end/", emergency.emergency_close, name="emergency_close"),
]
