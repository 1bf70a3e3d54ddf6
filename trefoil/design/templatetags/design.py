"""Components for pages: `{% load design %}`."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from django import forms, template
from django.core.cache import caches
from django.core.paginator import Page
from django.forms import BoundField
from django.template.context import RequestContext
from django.template.loader import render_to_string
from django.utils.html import strip_tags
from django.utils.safestring import SafeString, mark_safe

from trefoil.design.charts import Chart, render_svg
from trefoil.design.diagrams import Line, Node, organisation_chart, organisation_list
from trefoil.design.forms import DayMonthYearInput, plain_errors
from trefoil.design.frame import Crumb, PageFrame
from trefoil.design.sparklines import SparkPoint
from trefoil.design.sparklines import sparkline as draw_sparkline
from trefoil.design.statuses import ARROWS, STATUSES, TAG_COLOURS, Arrow

register = template.Library()
PARTS = "design/components"
# Characters: a longer word in a table may be broken, so that it does not push the table off the page.
LONGEST_WHOLE = 16


@register.simple_tag
def page_frame(frame: PageFrame | str | None) -> PageFrame:
    """The frame that the view gave, or an empty one for pages outside any partnership."""
    return frame if isinstance(frame, PageFrame) else PageFrame()


@register.inclusion_tag(f"{PARTS}/breadcrumbs.html")
def breadcrumbs(crumbs: Sequence[Crumb]) -> dict[str, Any]:
    """The way from home to the page above this one."""
    return {"crumbs": crumbs}


@register.inclusion_tag(f"{PARTS}/error_summary.html")
def error_summary(*forms_shown: forms.BaseForm) -> dict[str, Any]:
    """All errors of the forms on this page, each linked to the control that it is about."""
    errors = [entry for form in forms_shown for entry in _form_errors(form)]
    return {"errors": errors}


def _form_errors(form: forms.BaseForm) -> list[dict[str, str]]:
    """Errors as text and address of a control; those of the whole form lead to its first control."""
    if not form.is_bound:
        return []
    fields = [field for field in form if not field.is_hidden]
    first = first_control_id(fields[0]) if fields else ""
    entries = [{"text": str(text), "target": first} for text in form.non_field_errors()]
    for field in form:
        target = first if field.is_hidden else first_control_id(field)
        entries += [{"text": text, "target": target} for text in plain_errors(field)]
    return entries


def first_control_id(field: BoundField) -> str:
    """The id of the field's control, or of the first one in a group of choices or boxes."""
    widget = field.field.widget
    if isinstance(widget, DayMonthYearInput):
        return widget.id_for_label(field.auto_id)
    if isinstance(widget, forms.RadioSelect | forms.CheckboxSelectMultiple):
        return widget.id_for_label(field.auto_id, index="0")
    return str(field.id_for_label)


@register.inclusion_tag(f"{PARTS}/submit.html")
def submit(label: str, kind: str = "", name: str = "", value: str = "") -> dict[str, Any]:
    """A button that sends the form; `kind` is empty, `secondary` or `warning`. A double click sends once."""
    if kind not in {"", "secondary", "warning"}:
        raise ValueError(f"{kind!r} is not a kind of button.")
    return {"label": label, "kind": kind, "name": name, "value": value}


@register.inclusion_tag(f"{PARTS}/button_link.html")
def button_link(label: str, href: str, kind: str = "") -> dict[str, Any]:
    """A link that starts something, shown as a button."""
    return {"label": label, "href": href, "kind": kind}


@register.inclusion_tag(f"{PARTS}/summary_list.html")
def summary_list(rows: Sequence[Sequence[Any]] | Mapping[str, Any]) -> dict[str, Any]:
    """Rows of (key, value) or (key, value, link address, link words); a mapping gives keys and values."""
    listed = rows.items() if isinstance(rows, Mapping) else rows
    return {"rows": [dict(zip(("key", "value", "href", "action"), row, strict=False)) for row in listed]}


@register.inclusion_tag(f"{PARTS}/tag.html")
def status_tag(status: str, words: str = "") -> dict[str, Any]:
    """A word of status. `status` is a key of `STATUSES` or a colour of the component; `words` replaces the word."""
    if status in STATUSES:
        colour, word = STATUSES[status]
        return {"colour": colour, "words": words or word}
    if status not in TAG_COLOURS:
        raise ValueError(f"{status!r} is neither a status nor a colour of a tag.")
    return {"colour": status, "words": words}


@register.inclusion_tag(f"{PARTS}/arrow.html")
def arrow(direction: str, meaning: str = "neutral", words: str = "") -> dict[str, Any]:
    """The change of a figure: a shape, a colour and words.

    `direction` is `up`, `down`, `level` or `none` (nothing to compare with); `meaning` is `better`, `worse` or
    `neutral`. `words` is printed beside it; without it, words such as "Up, better".
    """
    chosen: Arrow = ARROWS[direction, "neutral" if direction in {"level", "none"} else meaning]
    return {"arrow": chosen, "words": words or chosen.words}


@register.inclusion_tag(f"{PARTS}/sparkline.html")
def sparkline(points: Sequence[SparkPoint | Decimal | int | None], unit: str = "") -> dict[str, Any]:
    """A trend of up to 13 points; plain figures are numbered instead of named."""
    named = [
        point if isinstance(point, SparkPoint) else SparkPoint(f"period {place}", point)
        for place, point in enumerate(points, start=1)
    ]
    return {"line": draw_sparkline(named, unit=unit)}


@register.inclusion_tag(f"{PARTS}/inset.html")
def inset(text: str) -> dict[str, Any]:
    """A sentence set apart from the text around it."""
    return {"text": text}


@register.inclusion_tag(f"{PARTS}/warning.html")
def warning(text: str) -> dict[str, Any]:
    """Something with consequences, said with the word Warning for screen readers."""
    return {"text": text}


@register.inclusion_tag(f"{PARTS}/empty_state.html")
def empty_state(heading: str, text: str, href: str = "", action: str = "") -> dict[str, Any]:
    """What goes here, who can start it, and a link to start when the reader may."""
    return {"heading": heading, "text": text, "href": href, "action": action}


@register.inclusion_tag(f"{PARTS}/pagination.html", takes_context=True)
def pagination(context: RequestContext, page: "Page[Any]", name: str = "page") -> dict[str, Any]:
    """Links between pages of a list; keeps the rest of the address's question part."""
    request = context.get("request")
    query = request.GET.copy() if request is not None else None

    def href(number: int) -> str:
        if query is None:
            return f"?{name}={number}"
        query[name] = str(number)
        return f"?{query.urlencode()}"

    numbers = page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)
    items = [{"number": number, "href": href(number) if isinstance(number, int) else ""} for number in numbers]
    before = href(page.previous_page_number()) if page.has_previous() else ""
    after = href(page.next_page_number()) if page.has_next() else ""
    return {"page": page, "items": items, "before": before, "after": after}


@register.inclusion_tag(f"{PARTS}/table.html")
def data_table(
    caption: str, headings: Sequence[str], rows: Sequence[Sequence[Any]], numeric_from: int = 1
) -> dict[str, Any]:
    """A table that becomes a stacked list on a phone. Columns from `numeric_from` are set as figures.

    Words stay whole but for those so long that they would push the table off the page.
    """
    cells = [
        [(heading, cell, _is_of_short_words(cell)) for heading, cell in zip(headings, row, strict=True)] for row in rows
    ]
    return {"caption": caption, "headings": headings, "rows": cells, "numeric_from": numeric_from}


def _is_of_short_words(cell: Any) -> bool:
    return all(len(word) <= LONGEST_WHOLE for word in strip_tags(str(cell)).split())


@register.inclusion_tag(f"{PARTS}/chart.html")
def chart(figure: Chart, heading_level: int = 2) -> dict[str, Any]:
    """A chart with its finding as heading, drawn wide and narrow, and the table behind it.

    Drawings are kept in the cache that the settings call `charts`.
    """
    headings, rows = figure.table()
    return {
        "figure": figure,
        "heading": f"h{heading_level}",
        "wide": mark_safe(render_svg(figure, cache=caches["charts"])),  # noqa: S308 - our own SVG, its text is escaped
        "narrow": mark_safe(render_svg(figure, narrow=True, cache=caches["charts"])),  # noqa: S308 - as above
        "headings": headings,
        "rows": rows,
    }


@register.inclusion_tag(f"{PARTS}/organisation.html")
def organisation(nodes: Sequence[Node], lines: Sequence[Line]) -> dict[str, Any]:
    """Who reports to whom, as a picture and as a list."""
    return {
        "picture": mark_safe(organisation_chart(nodes, lines)),  # noqa: S308 - as above
        "listing": mark_safe(organisation_list(nodes, lines)),  # noqa: S308 - as above
    }


@register.simple_block_tag
def details(content: SafeString, summary: str) -> str:
    """`{% details "Words" %}...{% enddetails %}`: text that opens when asked for."""
    return render_to_string(f"{PARTS}/details.html", {"summary": summary, "content": content})
