"""Addresses of publishing, below a partnership's."""

from django.urls import URLPattern, path

from .views import approving, checking, documents, editions, sections, together

urlpatterns: list[URLPattern] = [
    path("publishing/", documents.publishing_list, name="publishing_list"),
    path("publishing/new/", documents.publishing_new, name="publishing_new"),
    path("publishing/<int:pk>/", documents.publishing_document, name="publishing_document"),
    path("publishing/<int:pk>/change/", documents.publishing_change, name="publishing_change"),
    path("publishing/<int:pk>/read/", editions.publishing_read, name="publishing_read"),
    path("publishing/<int:pk>/whole.<slug:file_format>", editions.publishing_file, name="publishing_file"),
    path("publishing/<int:pk>/check/", checking.publishing_check, name="publishing_check"),
    path("publishing/<int:pk>/check/<str:line>/", checking.publishing_overrule, name="publishing_overrule"),
    path("publishing/<int:pk>/offer/", approving.publishing_offer, name="publishing_offer"),
    path("publishing/<int:pk>/answer/", approving.publishing_answer, name="publishing_answer"),
    path("publishing/<int:pk>/draw-back/", approving.publishing_draw_back, name="publishing_draw_back"),
    path("publishing/<int:pk>/freeze/", approving.publishing_freeze, name="publishing_freeze"),
    path("publishing/sections/<int:pk>/", sections.publishing_section, name="publishing_section"),
    path("publishing/sections/<int:pk>/write/", sections.publishing_write, name="publishing_write"),
    path("publishing/sections/<int:pk>/figures/<slug:kind>/", sections.publishing_block, name="publishing_block"),
    path("publishing/sections/<int:pk>/ask/", together.publishing_ask, name="publishing_ask"),
    path("publishing/sections/<int:pk>/comment/", together.publishing_comment, name="publishing_comment"),
    path("publishing/parts/<int:pk>/", together.publishing_contribution, name="publishing_contribution"),
    path(
        "publishing/parts/<int:pk>/withdraw/",
        together.publishing_contribution_withdraw,
        name="publishing_contribution_withdraw",
    ),
    path("publishing/comments/<int:pk>/settle/", together.publishing_comment_settle, name="publishing_comment_settle"),
    path("publishing/figures/<int:pk>/remove/", sections.publishing_block_remove, name="publishing_block_remove"),
    path("publishing/editions/<int:pk>/", editions.publishing_edition, name="publishing_edition"),
    path(
        "publishing/editions/<int:pk>/edition.<slug:file_format>",
        editions.publishing_edition_file,
        name="publishing_edition_file",
    ),
]
