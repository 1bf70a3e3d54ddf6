"""What a partnership settles about its extracts: how long they stay, and its localities."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from trefoil.access.enums import Permission
from trefoil.access.errors import NotAllowedError
from trefoil.access.url_rules import PageRequest, within

from ..forms import LocalitiesForm, RetentionForm
from ..operations.deletion import set_localities, set_retention
from ..rules import localities_visible_to, months_kept
from .extract_page import page


@within(Permission.EXTRACT_LOAD)
@require_http_methods(["GET", "HEAD", "POST"])
def extract_settings(request: PageRequest) -> HttpResponse:
    """Two forms, each saved by itself."""
    partnership = request.standing.partnership
    which = request.POST.get("which", "") if request.method == "POST" else ""
    months = months_kept(partnership)
    retention = RetentionForm(request.POST if which == "retention" else None, initial={"months": months})
    held = list(localities_visible_to(request.standing))
    lines = {"lines": LocalitiesForm.written(held)}
    localities = LocalitiesForm(request.POST if which == "localities" else None, initial=lines)
    if which == "retention" and retention.is_valid() and _keep(request, retention):
        return redirect("extract_settings", partnership.slug)
    if which == "localities" and localities.is_valid():
        names = localities.cleaned_data["lines"]
        set_localities(partnership=partnership, names=names, by=request.standing.person, now=timezone.now())
        messages.success(request, "The localities are saved. They hold for extracts that are loaded from now on.")
        return redirect("extract_settings", partnership.slug)
    return page(
        request,
        "settings",
        title="Retention and localities",
        lead="How long extracts are kept, and which part of the area a postcode lies in.",
        retention=retention,
        localities=localities,
        months=months,
    )


def _keep(request: PageRequest, form: RetentionForm) -> bool:
    """Whether it was saved; if not, the reason is on the form."""
    given = form.cleaned_data
    try:
        set_retention(
            partnership=request.standing.partnership,
            months=given["months"],
            why=given["why"],
            by=request.standing.person,
            now=timezone.now(),
        )
    except NotAllowedError as error:
        form.add_error("why", f"{str(error)[:1].upper()}{str(error)[1:]}.")
        return False
    messages.success(request, "The retention period is saved.")
    return True
