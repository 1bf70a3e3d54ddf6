"""Where each page lives. Every view behind these declares its rule; a test walks them all."""

from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("account/", include("trefoil.access.account_urls")),
    path("", include("trefoil.notifications.feed_urls")),
    path("", include("trefoil.website.demo_urls")),
    path("", include("trefoil.workspace.urls")),
    path("<slug:slug>/", include("trefoil.indicators.urls_figures")),
    path("<slug:slug>/", include("trefoil.indicators.urls_returns")),
    path("<slug:slug>/", include("trefoil.indicators.urls_downloads")),
    path("<slug:slug>/", include("trefoil.extracts.urls")),
    path("<slug:slug>/", include("trefoil.plan.urls")),
    path("<slug:slug>/", include("trefoil.meetings.urls")),
    path("<slug:slug>/", include("trefoil.budget.urls")),
    path("<slug:slug>/", include("trefoil.reviews.urls")),
    path("<slug:slug>/", include("trefoil.publishing.urls")),
    path("<slug:slug>/", include("trefoil.website.urls")),
    path("<slug:slug>/", include("trefoil.child_deaths.urls")),
    path("<slug:slug>/", include("trefoil.clocks.urls")),
    path("<slug:slug>/", include("trefoil.documents.urls")),
    path("<slug:slug>/", include("trefoil.notifications.urls")),
    path("<slug:slug>/", include("trefoil.editing.urls")),
]
