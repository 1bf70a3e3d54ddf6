"""What the template of a drafted form writes: `draft_line` before the form, and `drafted` in its tag."""

from typing import Any

from django import forms, template
from django.template.context import RequestContext
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString

from ..queries import DraftWords

register = template.Library()


@register.simple_tag
def drafted(form: forms.BaseForm) -> SafeString:
    """The attribute that has the script keep this form; nothing for a form without a draft."""
    draft = _draft_of(form)
    return format_html(' data-draft="{}"', draft.key) if draft else SafeString()


@register.inclusion_tag("editing/draft_line.html", takes_context=True)
def draft_line(context: RequestContext, form: forms.BaseForm) -> dict[str, Any]:
    """Since when words that were not sent are kept, a way to empty them, and the script. It holds a form of its own."""
    draft, request = _draft_of(form), context["request"]
    slug = request.standing.partnership.slug
    return {
        "draft": draft,
        "kept": kept_words(draft) if draft else "",
        "keep_href": reverse("draft_keep", args=[slug]),
        "empty_href": reverse("draft_empty", args=[slug]),
        "path": request.get_full_path(),
        "csrf_token": context.get("csrf_token"),
    }


def _draft_of(form: forms.BaseForm) -> DraftWords | None:
    """A form's draft. A form that was sent and came back is kept on as well."""
    draft = getattr(form, "draft", None)
    return draft if isinstance(draft, DraftWords) else None


def kept_words(draft: DraftWords) -> str:
    """`You wrote this and did not send it. It was kept at 14:02.`; the day too, when it is not today."""
    if draft.saved_at is None:
        return ""
    kept = timezone.localtime(draft.saved_at)
    day = "" if kept.date() == timezone.localdate() else f" on {kept:%-d %B}"
    return f"You wrote this and did not send it. It was kept at {kept:%H:%M}{day}, and only you can see it."
