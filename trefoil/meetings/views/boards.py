"""Other boards of the area: who sits on both, and what each tells the other."""

from typing import Any

from django.http import HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from trefoil.access.enums import Permission
from trefoil.access.queries import people_visible_to
from trefoil.access.url_rules import PageRequest, found_or_refused, within

from ..enums import BoardKind
from ..forms import ReasonForm
from ..forms_groups import BoardForm
from ..models import BoardLink
from ..operations.programme import withdraw_board, write_board
from ..rules import boards_visible_to
from ..words import counted
from .frame import form_page, href, page, sent, way

METHODS = ["GET", "HEAD", "POST"]


@within(Permission.READ_MEETINGS)
@require_safe
def board_list(request: PageRequest) -> HttpResponse:
    """Every board that is linked."""
    links = list(boards_visible_to(request.standing).prefetch_related("seats__person"))
    return page(
        request,
        "boards",
        title="Other boards",
        lead=f"{counted(len(links), 'board')} of the area that this partnership works with."
        if links
        else "Boards of the area that this partnership works with.",
        above=way(request),
        links=links,
        reads_people=request.standing.may(Permission.READ_PEOPLE),
        runs=request.standing.may(Permission.RUN_MEETINGS),
        today=timezone.localdate(),
    )


@within(Permission.RUN_MEETINGS)
@require_http_methods(METHODS)
def board_new(request: PageRequest) -> HttpResponse:
    """Enter another board."""
    return _written(request, None)


@within(Permission.RUN_MEETINGS)
@require_http_methods(METHODS)
def board_change(request: PageRequest, *, pk: int) -> HttpResponse:
    """Write a board's entry anew."""
    return _written(request, found_or_refused(boards_visible_to(request.standing), request, pk=pk))


def _written(request: PageRequest, link: BoardLink | None) -> HttpResponse:
    people = {person.pk: person for person in people_visible_to(request.standing).filter(is_active=True)}
    roles = {seat.person_id: seat.role for seat in link.seats.all()} if link else {}
    initial = {**_values(link), "seen_version": link.version} if link else {}
    form = BoardForm(sent(request), people=[(key, one.name) for key, one in people.items()], initial=initial)

    def run() -> None:
        given = form.cleaned_data
        write_board(
            partnership=request.standing.partnership,
            link=link,
            kind=BoardKind(given["kind"]),
            name=given["name"],
            we_report=given["we_report"],
            they_report=given["they_report"],
            how_often=given["how_often"],
            next_report_on=given["next_report_on"],
            people=[(people[key], roles.get(key, "")) for key in given["people"]],
            seen_version=given["seen_version"] or 0,
            by=request.standing.person,
            now=timezone.now(),
        )

    return form_page(
        request,
        form=form,
        run=run,
        done="The board is saved.",
        to=href(request, "board_list"),
        button="Save",
        title=f"Change {link}" if link else "Add a board",
        lead="Another board of the area, such as health and wellbeing, safeguarding adults or community safety.",
        above=way(request),
        values=_values,
    )


def _values(link: BoardLink) -> dict[str, Any]:
    """A board's entry by the names of the form's fields."""
    names = ("name", "kind", "we_report", "they_report", "how_often", "next_report_on")
    return {**{name: getattr(link, name) for name in names}, "people": [seat.person_id for seat in link.seats.all()]}


@within(Permission.RUN_MEETINGS)
@require_http_methods(METHODS)
def board_withdraw(request: PageRequest, *, pk: int) -> HttpResponse:
    """Take a board off the list."""
    link = found_or_refused(boards_visible_to(request.standing), request, pk=pk)
    form = ReasonForm(sent(request))
    return form_page(
        request,
        form=form,
        run=lambda: withdraw_board(
            link=link, reason=form.cleaned_data["reason"], by=request.standing.person, now=timezone.now()
        ),
        done="The board is off the list.",
        to=href(request, "board_list"),
        button="Take it off",
        kind="warning",
        title=f"Take {link} off the list",
        lead="It stays on record, with the reason.",
        above=way(request),
    )
