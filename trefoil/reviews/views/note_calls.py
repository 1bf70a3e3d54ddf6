"""What each form about a review does when it was sent: from its words to the call of one operation."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils import timezone

from trefoil.people.models import Agency, Person

from ..enums_local import (
    FamilyRole,
    FamilyStep,
    HowPublished,
    LearningMethod,
    ProcessEffect,
    ProcessKind,
    RequestStep,
    Theme,
)
from ..forms_local import process_of
from ..models import Review
from ..operations import family, joint, learning, processes, publication, report, supervision
from ..rules import agencies_of, joinable


@dataclass(frozen=True)
class Call:
    """What was given: the review, the row it is about if any, the form's words, who and when."""

    review: Review
    given: dict[str, Any]
    by: Person
    now: datetime
    of: Any = None

    @property
    def who(self) -> dict[str, Any]:
        return {"by": self.by, "now": self.now}

    def agencies(self, keys: list[int]) -> list[Agency]:
        return [one for one in agencies_of(self.review, timezone.localdate(self.now)) if one.pk in set(keys)]

    def agency(self, name: str = "agency") -> Agency | None:
        return next(iter(self.agencies([self.given[name]])), None) if self.given[name] else None


def put_process(call: Call) -> object:
    given = call.given | {"kind": ProcessKind(call.given["kind"]), "effect": ProcessEffect(call.given["effect"])}
    process = processes.Process(**given)
    return processes.note_process(review=call.review, process=process, replaces=call.of, **call.who)


def put_delay(call: Call) -> object:
    process = process_of(call.review, call.given["process"])
    return processes.give_delay_reason(review=call.review, **(call.given | {"process": process}), **call.who)


def put_family(call: Call) -> object:
    given = call.given | {"role": FamilyRole(call.given["role"])}
    return family.name_family_member(review=call.review, **given, **call.who)


def put_family_word(call: Call) -> object:
    given = call.given | {"kind": FamilyStep(call.given["kind"])}
    return family.note_family_word(member=call.of, **given, **call.who)


def put_practitioners(call: Call) -> object:
    invited = call.agencies(call.given["agencies"])
    return supervision.call_practitioners(review=call.review, **(call.given | {"agencies": invited}), **call.who)


def put_heard(call: Call) -> object:
    there = call.given["came"]
    came = [one.agency for one in call.of.invitations.select_related("agency") if one.agency_id in there]
    return supervision.note_practitioner_event(event=call.of, came=came, learnt=call.given["learnt"], **call.who)


def put_written_request(call: Call) -> object:
    partner = call.agency("asked_for")
    given = call.given | {"asked_for": partner, "agency": call.agency()}
    return supervision.request_information(review=call.review, **given, **call.who)


def put_request_step(call: Call) -> object:
    given = call.given | {"kind": RequestStep(call.given["kind"])}
    return supervision.note_request_step(request=call.of, **given, **call.who)


def put_finding(call: Call) -> object:
    theme = Theme(call.given["theme"])
    return report.write_finding(review=call.review, theme=theme, words=call.given["words"], **call.who)


def put_response(call: Call) -> object:
    given = call.given | {"agency": call.agency()}
    return report.ask_response(recommendation=call.of, **given, **call.who)


def put_impact(call: Call) -> object:
    given = dict(call.given)
    day = given.pop("assessed_on")
    impact = publication.Impact(**(given | {"conclusion": HowPublished(given["conclusion"])}))
    return publication.assess_impact(review=call.review, impact=impact, assessed_on=day, **call.who)


def put_publish(call: Call) -> object:
    given = call.given | {"how": HowPublished(call.given["how"])}
    return publication.publish_review(review=call.review, **given, **call.who)


def put_learning(call: Call) -> object:
    given = call.given | {"method": LearningMethod(call.given["method"])}
    return learning.begin_learning(review=call.review, **given, **call.who)


def put_join(call: Call) -> object:
    partnership = next(one for one in joinable(call.review) if one.pk == call.given["partnership"])
    return joint.join_partnership_to(review=call.review, **(call.given | {"partnership": partnership}), **call.who)
