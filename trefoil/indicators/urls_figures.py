"""Addresses of the pages of figures, below a partnership's slug."""

from django.urls import path

from .views.area import area
from .views.dictionary import definition, dictionary
from .views.figures import figures_index
from .views.indicator import indicator, indicator_chart
from .views.steering import commentary, target
from .views.themes import theme

urlpatterns = [
    path("area/", area, name="area"),
    path("figures/", figures_index, name="figures_index"),
    path("figures/<slug:theme>/", theme, name="theme"),
    path("figures/indicator/<slug:indicator>/", indicator, name="indicator"),
    path("figures/indicator/<slug:indicator>/<slug:picture>.svg", indicator_chart, name="indicator_chart"),
    path("figures/indicator/<slug:indicator>/commentary/", commentary, name="commentary"),
    path("figures/indicator/<slug:indicator>/target/", target, name="target"),
    path("dictionary/", dictionary, name="dictionary"),
    path("dictionary/<slug:indicator>/", definition, name="definition"),
]
