"""Compare areas, the exceptions, and everything that can be taken away as a file. Below `<slug:slug>/`."""

from django.urls import URLPattern, path

from .views import compare, downloads, exceptions, pack, publication

urlpatterns: list[URLPattern] = [
    path("compare/", compare.compare, name="compare"),
    path("exceptions/", exceptions.exceptions, name="exceptions"),
    path("pack.pdf", pack.pack_pdf, name="pack_pdf"),
    path("download/figures.<str:file_format>", downloads.download_index, name="download_index"),
    path("download/theme/<slug:theme>.<str:file_format>", downloads.download_theme, name="download_theme"),
    path(
        "download/measure/<slug:indicator>.<str:file_format>", downloads.download_indicator, name="download_indicator"
    ),
    path("download/dictionary.<str:file_format>", downloads.download_dictionary, name="download_dictionary"),
    path("download/returns.<str:file_format>", downloads.download_returns, name="download_returns"),
    path("download/compare.<str:file_format>", downloads.download_compare, name="download_compare"),
    path("download/exceptions.<str:file_format>", downloads.download_exceptions, name="download_exceptions"),
    path("publication/", publication.publication, name="publication"),
    path("publication/<int:edition>.<str:file_format>", publication.publication_file, name="publication_file"),
]
