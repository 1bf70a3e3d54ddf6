"""Addresses of the plan on a page, its years, priorities, workstreams, challenges and recommendations."""

from django.urls import path

from .views import parts, plan, priorities, recommendations, years

urlpatterns = [
    path("plan/", plan.plan_page, name="plan_page"),
    path("plan/years/new/", years.year_new, name="plan_year_new"),
    path("plan/years/<int:pk>/", plan.plan_year, name="plan_year"),
    path("plan/years/<int:pk>/change/", years.year_change, name="plan_year_change"),
    path("plan/years/<int:pk>/position/", years.year_position, name="plan_year_position"),
    path("plan/years/<int:pk>/approve/", years.year_approve, name="plan_year_approve"),
    path("plan/years/<int:pk>/priorities/new/", priorities.priority_new, name="priority_new"),
    path("plan/priorities/<int:pk>/", priorities.priority_detail, name="priority_detail"),
    path("plan/priorities/<int:pk>/change/", priorities.priority_change, name="priority_change"),
    path("plan/priorities/<int:pk>/withdraw/", priorities.priority_withdraw, name="priority_withdraw"),
    path("plan/priorities/<int:pk>/workstreams/new/", parts.workstream_new, name="workstream_new"),
    path("plan/workstreams/<int:pk>/change/", parts.workstream_change, name="workstream_change"),
    path("plan/workstreams/<int:pk>/withdraw/", parts.workstream_withdraw, name="workstream_withdraw"),
    path("plan/challenges/new/", parts.challenge_new, name="challenge_new"),
    path("plan/challenges/<int:pk>/change/", parts.challenge_change, name="challenge_change"),
    path("plan/challenges/<int:pk>/withdraw/", parts.challenge_withdraw, name="challenge_withdraw"),
    path("plan/recommendations/", recommendations.recommendation_list, name="recommendation_list"),
    path("plan/recommendations/new/", recommendations.recommendation_new, name="recommendation_new"),
    path("plan/recommendations/<int:pk>/", recommendations.recommendation_detail, name="recommendation_detail"),
    path("plan/recommendations/<int:pk>/change/", recommendations.recommendation_change, name="recommendation_change"),
    path(
        "plan/recommendations/<int:pk>/withdraw/",
        recommendations.recommendation_withdraw,
        name="recommendation_withdraw",
    ),
]
