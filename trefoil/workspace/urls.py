"""Addresses of the workspace. `/<slug>/...` lies within a partnership."""

from django.urls import path

from .views import duties, emergency, groups, home, open_pages, partnership, people, trail

urlpatterns = [
    path("", home.home, name="home"),
    path("health/", open_pages.health, name="health"),
    path("accessibility/", open_pages.accessibility, name="accessibility"),
    path("<slug:slug>/", home.partnership_home, name="partnership_home"),
    path("<slug:slug>/partnership/", partnership.partnership_page, name="partnership_page"),
    path("<slug:slug>/agencies/<int:pk>/", partnership.agency_detail, name="agency_detail"),
    path("<slug:slug>/groups/", groups.group_list, name="group_list"),
    path("<slug:slug>/groups/chart.svg", groups.governance_picture, name="governance_picture"),
    path("<slug:slug>/groups/<slug:group_slug>/", groups.group_detail, name="group_detail"),
    path("<slug:slug>/people/", people.people_list, name="people_list"),
    path("<slug:slug>/people/<int:pk>/", people.person_detail, name="person_detail"),
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
