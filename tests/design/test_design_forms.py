"""Forms render as GOV.UK components, with every part tied to its control."""

import datetime as dt
from typing import Any

import pytest
from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile
from django.template import Context, Template

from tests.design.markup import Element, read_markup
from trefoil.design.forms import DayMonthYearField, GovukFormRenderer


class EveryWidget(forms.Form):
    name = forms.CharField(label="Name", help_text="As people say it")
    email = forms.EmailField(label="Email", widget=forms.EmailInput(attrs={"autocomplete": "email"}))
    secret = forms.CharField(label="Password", widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}))
    count = forms.IntegerField(label="Count", widget=forms.NumberInput(attrs={"class": "govuk-input--width-5"}))
    note = forms.CharField(label="Note", widget=forms.Textarea(attrs={"rows": 4}))
    agency = forms.ChoiceField(label="Agency", choices=[("", "Choose"), ("Law", [("p", "Police")]), ("h", "Health")])
    reason = forms.ChoiceField(
        label="Why?", widget=forms.RadioSelect, choices=[("a", "Not collected"), ("b", "Late")], help_text="One"
    )
    groups = forms.MultipleChoiceField(
        label="Groups", widget=forms.CheckboxSelectMultiple, choices=[("a", "Board"), ("b", "Quality")]
    )
    agreed_on = DayMonthYearField(label="Agreed on", help_text="For example, 27 3 2024")
    file = forms.FileField(label="File")
    sure = forms.BooleanField(label="I am sure", help_text="It cannot be undone")
    token = forms.CharField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, renderer=GovukFormRenderer(), **kwargs)


@pytest.fixture(name="fresh")
def fresh_form() -> Element:
    return read_markup(str(EveryWidget()))


@pytest.fixture(name="refused")
def refused_form() -> Element:
    data = {"agreed_on_day": "31", "agreed_on_month": "2", "agreed_on_year": "2024", "token": "t"}
    return read_markup(str(EveryWidget(data, {})))


@pytest.mark.parametrize(
    ("tag", "name", "css"),
    [
        ("input", "name", "govuk-input"),
        ("input", "email", "govuk-input"),
        ("input", "secret", "govuk-input"),
        ("input", "count", "govuk-input"),
        ("textarea", "note", "govuk-textarea"),
        ("select", "agency", "govuk-select"),
        ("input", "file", "govuk-file-upload"),
    ],
)
def test_single_control_has_its_class_and_label(fresh: Element, tag: str, name: str, css: str) -> None:
    control = fresh.one(tag, name=name)
    assert css in control.attrs["class"].split()
    assert "error" not in control.attrs["class"]
    label = fresh.one("label", **{"for": control.attrs["id"]})
    assert label.attrs["class"] == "govuk-label"
    assert label.words() == EveryWidget.base_fields[name].label


@pytest.mark.parametrize("name", [name for name in EveryWidget.base_fields if name != "token"])
def test_every_field_stands_in_one_group(fresh: Element, name: str) -> None:
    prefix = f"id_{name}"
    groups = [
        group for group in fresh.children if any(one.attrs.get("id", "").startswith(prefix) for one in group.walk())
    ]
    assert len(groups) == 1
    assert "govuk-form-group" in groups[0].attrs["class"].split()


def test_widget_attributes_are_kept(fresh: Element) -> None:
    assert fresh.one("input", name="email").attrs["autocomplete"] == "email"
    assert fresh.one("input", name="secret").attrs["autocomplete"] == "current-password"
    assert fresh.one("input", name="count").attrs["class"] == "govuk-input govuk-input--width-5"
    assert fresh.one("textarea", name="note").attrs["rows"] == "4"


def test_hint_describes_its_control(fresh: Element) -> None:
    control = fresh.one("input", name="name")
    hint = fresh.one("div", id=control.attrs["aria-describedby"])
    assert hint.attrs["class"] == "govuk-hint"
    assert hint.words() == "As people say it"


def test_select_keeps_its_groups_of_options(fresh: Element) -> None:
    select = fresh.one("select", name="agency")
    assert select.one("optgroup").attrs["label"] == "Law"
    assert [option.attrs["value"] for option in select.all("option")] == ["", "p", "h"]


def test_options_are_escaped_and_the_chosen_one_is_marked() -> None:
    class Choice(forms.Form):
        group = forms.ChoiceField(choices=[("", "Any"), ('"1"', "<b>Board</b> & more"), (2, "Quality")])

    text = str(Choice({"group": "2"}, renderer=GovukFormRenderer())["group"])
    assert '<option value="">Any</option>' in text
    assert '<option value="&quot;1&quot;">&lt;b&gt;Board&lt;/b&gt; &amp; more</option>' in text
    assert '<option value="2" selected>Quality</option>' in text
    assert text.count("<option") == 3


@pytest.mark.parametrize(("name", "kind"), [("reason", "radios"), ("groups", "checkboxes")])
def test_choices_stand_in_a_fieldset_with_legend_and_labels(fresh: Element, name: str, kind: str) -> None:
    fieldset = next(one for one in fresh.all("fieldset") if one.all("input", name=name))
    assert fieldset.one("legend").words() == EveryWidget.base_fields[name].label
    assert fieldset.one("div", class_=f"govuk-{kind}").attrs["data-module"] == f"govuk-{kind}"
    for control in fieldset.all("input", name=name):
        assert control.attrs["class"] == f"govuk-{kind}__input"
        assert len(fieldset.all("label", **{"for": control.attrs["id"]})) == 1


def test_fieldset_is_described_by_hint_and_error(refused: Element) -> None:
    fieldset = next(one for one in refused.all("fieldset") if one.all("input", name="reason"))
    hint, error = fieldset.attrs["aria-describedby"].split()
    assert fieldset.one("div", id=hint).words() == "One"
    assert "Choose an answer to “Why?”" in fieldset.one("div", id=error).words()


def test_single_tick_has_its_label_after_it(fresh: Element) -> None:
    item = next(one for one in fresh.all("div", class_="govuk-checkboxes__item") if one.all("input", name="sure"))
    assert [child.tag for child in item.children] == ["input", "label", "div"]
    assert item.one("input").attrs["aria-describedby"] == item.one("div", class_="govuk-hint").attrs["id"]


def test_password_can_be_shown(fresh: Element) -> None:
    group = fresh.one("div", data_module="govuk-password-input")
    control = group.one("input", type="password")
    assert {"govuk-js-password-input-input", "govuk-password-input__input"} <= set(control.attrs["class"].split())
    button = group.one("button", type="button")
    assert button.attrs["aria-controls"] == control.attrs["id"]
    assert "hidden" in button.attrs


def test_password_never_gives_back_what_was_typed() -> None:
    assert "correct horse" not in str(EveryWidget({"secret": "correct horse"}))


def test_hidden_field_has_no_group(fresh: Element) -> None:
    assert fresh.one("input", name="token") in fresh.children


def test_date_has_three_labelled_boxes(fresh: Element) -> None:
    fieldset = next(one for one in fresh.all("fieldset") if one.all("input", name="agreed_on_day"))
    assert fieldset.attrs["role"] == "group"
    assert [label.words() for label in fieldset.all("label")] == ["Day", "Month", "Year"]
    assert [box.attrs["inputmode"] for box in fieldset.all("input")] == ["numeric"] * 3


def test_refused_date_shows_what_was_typed(refused: Element) -> None:
    boxes = [refused.one("input", name=f"agreed_on_{part}") for part in ("day", "month", "year")]
    assert [box.attrs["value"] for box in boxes] == ["31", "2", "2024"]
    assert all("govuk-input--error" in box.attrs["class"] for box in boxes)


@pytest.mark.parametrize("name", [name for name in EveryWidget.base_fields if name != "token"])
def test_error_is_marked_and_tied_to_its_control(refused: Element, name: str) -> None:
    message = refused.one("div", id=f"id_{name}_error")
    assert message.words().startswith("Error: ")
    group = next(one for one in refused.children if message in list(one.walk()))
    assert "govuk-form-group--error" in group.attrs["class"].split()
    assert any(f"id_{name}_error" in one.attrs.get("aria-describedby", "").split() for one in group.walk())


def test_required_error_names_the_field(refused: Element) -> None:
    assert "This field is required" not in refused.words()
    assert "Fill in “Name”." in refused.words()
    assert "Choose a file for “File”." in refused.words()
    assert "Tick “I am sure” to go on." in refused.words()


def test_a_forms_own_required_message_is_left_alone() -> None:
    class Own(forms.Form):
        name = forms.CharField(error_messages={"required": "Give the group a name."})

    assert "Give the group a name." in str(Own({}, renderer=GovukFormRenderer()))


def test_typed_text_is_escaped() -> None:
    shown = str(EveryWidget({"name": '"><script>x</script>', "agreed_on_day": '"><script>'}))
    assert "<script>" not in shown


@pytest.mark.parametrize(
    ("parts", "expected"),
    [(("1", "2", "2024"), dt.date(2024, 2, 1)), ((" 09 ", "12", "2019"), dt.date(2019, 12, 9))],
)
def test_date_is_read_from_its_boxes(parts: tuple[str, str, str], expected: dt.date) -> None:
    class OneDate(forms.Form):
        on = DayMonthYearField()

    form = OneDate(dict(zip(("on_day", "on_month", "on_year"), parts, strict=True)))
    assert form.is_valid()
    assert form.cleaned_data == {"on": expected}


@pytest.mark.parametrize("parts", [("31", "2", "2024"), ("1", "", "2024"), ("a", "b", "c"), ("1-1", "2", "2024")])
def test_a_date_that_is_not_one_is_refused(parts: tuple[str, str, str]) -> None:
    class OneDate(forms.Form):
        on = DayMonthYearField()

    form = OneDate(dict(zip(("on_day", "on_month", "on_year"), parts, strict=True)))
    assert form.errors["on"] == ["Enter a real date as day, month and year, such as 27 3 2024."]


def test_an_optional_date_may_be_left_empty() -> None:
    class OneDate(forms.Form):
        on = DayMonthYearField(required=False)

    form = OneDate({"on_day": "", "on_month": "", "on_year": ""})
    assert form.is_valid()
    assert form.cleaned_data == {"on": None}


def test_a_stored_date_fills_the_boxes() -> None:
    shown = read_markup(str(EveryWidget(initial={"agreed_on": dt.date(2024, 3, 27)})))
    assert shown.one("input", name="agreed_on_month").attrs["value"] == "3"


def test_error_summary_links_reach_a_control_each() -> None:
    form = EveryWidget({}, {})
    page = read_markup(Template("{% load design %}{% error_summary form %}{{ form }}").render(Context({"form": form})))
    links = page.one("div", data_module="govuk-error-summary").all("a")
    assert len(links) == len(EveryWidget.base_fields)
    for link in links:
        target = link.attrs["href"].removeprefix("#")
        found = [one for one in page.walk() if one.attrs.get("id") == target]
        assert found[0].tag in {"input", "select", "textarea"}
        assert found[0].attrs.get("type") != "hidden"


def test_error_summary_says_what_is_wrong_with_the_whole_form() -> None:
    class Pair(forms.Form):
        low = forms.IntegerField()

        def clean(self) -> None:
            raise forms.ValidationError("The parts do not add up.")

    shown = read_markup(
        Template("{% load design %}{% error_summary form %}").render(
            Context({"form": Pair({"low": "1"}, renderer=GovukFormRenderer())})
        )
    )
    assert shown.one("a", href="#id_low").words() == "The parts do not add up."


def test_error_summary_of_a_good_or_fresh_form_is_empty() -> None:
    tag = Template("{% load design %}{% error_summary form %}")
    assert tag.render(Context({"form": EveryWidget()})).strip() == ""
    data = {"name": "a", "email": "a@example.org", "secret": "s", "count": "1", "note": "n", "agency": "p"}
    data |= {"reason": "a", "groups": ["a"], "sure": "on", "token": "t"}
    data |= {"agreed_on_day": "1", "agreed_on_month": "2", "agreed_on_year": "2024"}
    form = EveryWidget(data, {"file": SimpleUploadedFile("a.csv", b"x")})
    assert tag.render(Context({"form": form})).strip() == ""


def test_formset_renders_its_management_form_and_its_forms() -> None:
    class Row(forms.Form):
        count = forms.IntegerField(label="Count")

    rows = forms.formset_factory(Row, extra=2, renderer=GovukFormRenderer())()
    shown = read_markup(str(rows))
    assert shown.one("input", name="form-TOTAL_FORMS").attrs["value"] == "2"
    assert len(shown.all("div", class_="govuk-form-group")) == 2
