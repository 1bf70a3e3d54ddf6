"""A record and a page of a room that does not exist: notes that two people may be writing."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from django import forms
from django.apps.registry import Apps
from django.db import connection, models, transaction
from django.http import HttpResponse
from django.shortcuts import redirect
from django.template import engines
from django.urls import get_resolver, path
from django.utils import timezone

from trefoil.access.enums import Permission
from trefoil.access.url_rules import within
from trefoil.design.forms import DayMonthYearField
from trefoil.editing.drafts import DraftRequest, keeps_draft
from trefoil.editing.forms import DraftedForm, EditedForm
from trefoil.editing.models import EditedModel, stamp
from trefoil.editing.versions import ChangedMeanwhileError, save_if_unchanged
from trefoil.editing.views import both_versions
from trefoil.people.models import Person

KINDS = [("early", "Early help"), ("late", "Late help")]


class Note(EditedModel):
    """Some words, a kind and a day."""

    words = models.CharField(max_length=200)
    kind = models.CharField(max_length=10, choices=KINDS)
    due_on = models.DateField(null=True)

    class Meta(EditedModel.Meta):
        app_label = "planted"
        apps = Apps()

    def __str__(self) -> str:
        return "Minutes of March"


@contextmanager
def table_of_notes() -> Iterator[None]:
    """The table, as both databases understand it."""
    moment = "timestamp with time zone" if connection.vendor == "postgresql" else "datetime"
    key = "bigserial PRIMARY KEY" if connection.vendor == "postgresql" else "integer PRIMARY KEY AUTOINCREMENT"
    with connection.cursor() as cursor:
        cursor.execute(
            f"CREATE TABLE planted_note (id {key}, version integer NOT NULL, changed_at {moment}, "
            "changed_by_id bigint, words varchar(200) NOT NULL, kind varchar(10) NOT NULL, due_on date)"
        )
    try:
        yield
    finally:
        if not connection.needs_rollback:
            with connection.cursor() as cursor:
                cursor.execute("DROP TABLE planted_note")


def make_note(by: Person | None, now: datetime, **fields: Any) -> Note:
    return Note.objects.create(**{"words": "First words", "kind": "early", **fields}, **stamp(by, now))


@transaction.atomic
def change_note(*, note: Note, seen_version: int, by: Person | None, now: datetime, **fields: Any) -> None:
    """What an operation of a room would be."""
    save_if_unchanged(note, seen_version=seen_version, by=by, now=now, **fields)


class NoteForm(EditedForm):
    words = forms.CharField(label="Words", widget=forms.Textarea)
    kind = forms.ChoiceField(label="Kind", choices=KINDS)
    due_on = DayMonthYearField(label="Due", required=False)


class NewNoteForm(DraftedForm):
    words = forms.CharField(label="Words", widget=forms.Textarea)
    kinds = forms.MultipleChoiceField(label="Kinds", choices=KINDS, required=False, widget=forms.CheckboxSelectMultiple)
    is_open = forms.BooleanField(label="Open to everybody", required=False)
    due_on = DayMonthYearField(label="Due", required=False)


PAGE = """{% extends "design/base.html" %}{% load design editing %}
{% block title %}Change the note{% endblock %}{% block heading %}Change the note{% endblock %}
{% block lead %}The words of the minutes.{% endblock %}
{% block before_heading %}{% error_summary form %}{% endblock %}
{% block content %}{% draft_line form %}
<form method="post" novalidate{% drafted form %}>{% csrf_token %}{{ form }}{% submit "Save" %}</form>{% endblock %}"""


def _page(request: DraftRequest, form: forms.Form) -> HttpResponse:
    return HttpResponse(engines["django"].from_string(PAGE).render({"form": form}, request))


@within(Permission.READ_FIGURES)
@keeps_draft("note:{pk}")
def note_change(request: DraftRequest, *, pk: int) -> HttpResponse:
    note = Note.objects.get(pk=pk)
    held = {"words": note.words, "kind": note.kind, "due_on": note.due_on}
    sent = request.POST if request.method == "POST" else None
    form = NoteForm(sent, record=note, initial=held, draft=request.draft)
    if form.is_valid():
        try:
            change_note(note=note, by=request.standing.person, now=timezone.now(), **form.cleaned_data)
        except ChangedMeanwhileError as error:
            return both_versions(request, form, saved=error.held)
        return redirect("partnership_home", request.standing.partnership.slug)
    return _page(request, form)


@within(Permission.READ_FIGURES)
@keeps_draft("note:new")
def note_new(request: DraftRequest) -> HttpResponse:
    form = NewNoteForm(request.POST if request.method == "POST" else None, draft=request.draft)
    if form.is_valid():
        return redirect("partnership_home", request.standing.partnership.slug)
    return _page(request, form)


def planted_urls() -> type:
    """The project's addresses with the two pages before them."""

    class Planted:
        urlpatterns = [
            path("<slug:slug>/notes/new/", note_new, name="note_new"),
            path("<slug:slug>/notes/<int:pk>/", note_change, name="note_change"),
            *get_resolver().url_patterns,
        ]

    return Planted
