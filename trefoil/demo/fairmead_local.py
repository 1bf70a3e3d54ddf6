"""What follows Fairmead's rapid reviews: a local review that a police investigation holds up, learning without a local
review, a local review that was published, and a national review that is answered.

Every child, story and date is invented.
"""

from datetime import date, datetime
from decimal import Decimal
from io import BytesIO
from typing import Any

from trefoil.reviews.enums import LetterSubject, NextStepKind, Recipient
from trefoil.reviews.enums_local import (
    AgencyAnswer,
    FamilyRole,
    FamilyStep,
    HowPublished,
    LearningMethod,
    NationalAnswer,
    ProcessEffect,
    ProcessKind,
    RequestStep,
    Theme,
)
from trefoil.reviews.models import FamilyMember, Review
from trefoil.reviews.operations.commissions import Terms, commission_review
from trefoil.reviews.operations.family import name_family_member, note_family_word
from trefoil.reviews.operations.learning import begin_learning
from trefoil.reviews.operations.letters import note_letter
from trefoil.reviews.operations.national import (
    add_national_recommendation,
    add_national_review,
    answer_national_recommendation,
)
from trefoil.reviews.operations.processes import Process, give_delay_reason, note_process
from trefoil.reviews.operations.publication import (
    Impact,
    assess_impact,
    plan_publication,
    publish_review,
    take_publishing_position,
)
from trefoil.reviews.operations.report import ask_response, give_response, receive_draft, write_finding
from trefoil.reviews.operations.supervision import (
    call_practitioners,
    note_practitioner_event,
    note_request_step,
    note_supervision,
    request_information,
)

from .borough import Borough, read_toml
from .fairmead_reviews import Telling, sent_to_panel


def invent_local_reviews(borough: Borough, local: Review, learnt: Review, *, now: datetime) -> None:
    """Carry two reviews on, and tell of one that was published. Call it after the reviews themselves."""
    words = read_toml("fairmead_local.toml")
    telling = _Late(borough, now)
    telling.held_up(local, words["local"])
    telling.learning(learnt, words["learnt"])
    telling.published(words["out"])
    for one in words["national"]:
        telling.national(one)


class _Late(Telling):
    """The same borough and day, with what is told of a review after its decision."""

    def who(self, days: int) -> dict[str, Any]:
        return {"by": self.manager, "now": self.ago(days)}

    def member(self, review: Review, role: FamilyRole, days: int, called: str = "") -> FamilyMember:
        contact = "The review’s key worker"
        return name_family_member(review=review, role=role, called=called, contact=contact, **self.who(days))

    def passed(self, member: FamilyMember, kind: FamilyStep, words: str, days: int) -> None:
        note_family_word(member=member, kind=kind, words=words, happened_on=self.day(days), **self.who(days))

    def held_up(self, review: Review, words: dict[str, Any]) -> None:
        """Police hold up talks and the report; one agency refuses papers; one draft has come."""
        self._processes(review, words["processes"])
        self._family(review, words["family"])
        self._practitioners(review, words["practitioners"])
        self._supervision(review, words["supervision"])
        for theme, said in words["findings"].items():
            write_finding(review=review, theme=Theme(theme), words=said, **self.who(12))
        made = review.recommendations.get()
        for agency, answer in (("council", AgencyAnswer.ACCEPTS), ("icb", AgencyAnswer.PARTLY), ("schools", None)):
            asked = ask_response(
                recommendation=made,
                agency=self.borough.agencies[agency],
                due_on=self.day(5),
                **self.who(30),
            )
            if answer is not None:
                said = words["responses"][agency]
                give_response(response=asked, answer=answer, words=said, answered_on=self.day(9), **self.who(9))

    def _processes(self, review: Review, words: dict[str, str]) -> None:
        court = Process(
            ProcessKind.FAMILY_COURT, words["family_court"], self.day(120), contact="The council’s child care lawyer"
        )
        note_process(review=review, process=court, **self.who(88))
        police = Process(
            ProcessKind.CRIMINAL,
            words["criminal"],
            self.day(115),
            contact="The officer in the case, public protection unit",
            effect=ProcessEffect.INTERVIEWS,
            effect_from=self.day(80),
            effect_until=self.day(-70),
        )
        held = note_process(review=review, process=police, **self.who(80))
        adults = Process(ProcessKind.ADULTS, words["adults"], self.day(60), contact="The adults’ board manager")
        note_process(review=review, process=adults, **self.who(60))
        expected = self.day(-120)
        give_delay_reason(review=review, words=words["delay"], expected_on=expected, process=held, **self.who(20))
        note_letter(
            review=review,
            to=Recipient.PANEL,
            subject=LetterSubject.DELAY,
            sent_on=self.day(19),
            words=words["delay"],
            **self.who(19),
        )

    def _family(self, review: Review, words: dict[str, str]) -> None:
        child = self.member(review, FamilyRole.CHILD, 85)
        self.passed(child, FamilyStep.OFFERED, words["child_offered"], 84)
        self.passed(child, FamilyStep.SAID, words["child_said"], 40)
        father = self.member(review, FamilyRole.FATHER, 85)
        self.passed(father, FamilyStep.OFFERED, words["father_offered"], 83)
        self.passed(father, FamilyStep.DECLINES, words["father_declines"], 75)
        sister = self.member(review, FamilyRole.SIBLING, 85, "the elder sister")
        self.passed(sister, FamilyStep.OFFERED, words["sister_offered"], 82)
        self.passed(sister, FamilyStep.SAID, words["sister_said"], 33)
        grandmother = self.member(review, FamilyRole.GRANDPARENT, 85)
        self.passed(grandmother, FamilyStep.OFFERED, words["grandmother_offered"], 30)
        self.member(review, FamilyRole.SIBLING, 85, "the younger sister")

    def _practitioners(self, review: Review, words: dict[str, str]) -> None:
        invited = [self.borough.agencies[name] for name in ("council", "icb", "police", "schools")]
        first = call_practitioners(
            review=review, held_on=self.day(45), words=words["first"], agencies=invited, **self.who(60)
        )
        note_practitioner_event(event=first, came=invited[:3], learnt=words["learnt"], **self.who(44))
        call_practitioners(review=review, held_on=self.day(4), words=words["second"], agencies=invited, **self.who(20))

    def _supervision(self, review: Review, words: dict[str, str]) -> None:
        note_supervision(review=review, held_on=self.day(50), words=words["talk"], **self.who(50))
        partner = self.borough.people["council_partner"].agency
        assert partner is not None
        request = request_information(
            review=review,
            asked_for=partner,
            agency=None,
            to="The home education team of a neighbouring authority",
            asks=words["request"],
            sent_on=self.day(48),
            due_on=self.day(27),
            **self.who(48),
        )
        note_request_step(
            request=request,
            kind=RequestStep.REMINDED,
            happened_on=self.day(20),
            words=words["reminded"],
            **self.who(20),
        )
        full = BytesIO(b"A draft, invented for the demonstration. It holds nothing.")
        receive_draft(
            review=review,
            received_on=self.day(15),
            is_final=False,
            words=words["draft"],
            full=(full, "draft.txt"),
            **self.who(15),
        )

    def learning(self, review: Review, words: dict[str, str]) -> None:
        """An audit that is due in a week, with two findings."""
        begin_learning(
            review=review, method=LearningMethod.AUDIT, words=words["plan"], due_on=self.day(-7), **self.who(50)
        )
        for theme in (Theme.UNSEEN_ADULTS, Theme.BABIES):
            write_finding(review=review, theme=theme, words=words[theme], **self.who(6))
        parents = self.member(review, FamilyRole.FATHER, 50)
        self.passed(parents, FamilyStep.OFFERED, words["family_offered"], 48)
        self.passed(parents, FamilyStep.SAID, words["family_said"], 41)

    def published(self, words: dict[str, dict[str, Any]]) -> None:
        """A local review from almost a year ago: published with one page left out, and answered."""
        review = sent_to_panel(self, words, 350, NextStepKind.LOCAL_REVIEW)
        agreed, report = words["commission"], words["report"]
        commission_review(
            review=review,
            terms=Terms(agreed["terms"], agreed["method"], agreed["reviewer"], agreed["conflict"], cost=Decimal(11800)),
            agreed_on=self.day(320),
            **self.who(320),
        )
        for to in Recipient:
            self._letter(review, to, LetterSubject.DECISION, agreed["terms"], 319)
        self._report(review, report)
        self._out(review, report)
        made = review.recommendations.get()
        for agency in ("council", "police"):
            asked = ask_response(
                recommendation=made, agency=self.borough.agencies[agency], due_on=self.day(150), **self.who(180)
            )
            day = self.day(160)
            give_response(
                response=asked, answer=AgencyAnswer.ACCEPTS, words=report[agency], answered_on=day, **self.who(160)
            )

    def _letter(self, review: Review, to: Recipient, subject: LetterSubject, words: str, days: int) -> None:
        note_letter(review=review, to=to, subject=subject, sent_on=self.day(days), words=words, **self.who(days))

    def _report(self, review: Review, words: dict[str, str]) -> None:
        full, redacted = BytesIO(b"The report in full, invented."), BytesIO(b"The report without names, invented.")
        receive_draft(
            review=review,
            received_on=self.day(215),
            is_final=True,
            words="",
            full=(full, "report.txt"),
            redacted=(redacted, "report.txt"),
            **self.who(215),
        )
        for theme in (Theme.EXPLOITATION, Theme.MOVES, Theme.VOICE):
            write_finding(review=review, theme=theme, words=words[theme], **self.who(214))

    def _out(self, review: Review, words: dict[str, str]) -> None:
        """The report went to all three five weeks before it was published."""
        impact = Impact(
            words["impact_child"],
            words["impact_family"],
            HowPublished.REDACTED,
            words["impact_why"],
            "The three partners and the reviewer",
        )
        assess_impact(review=review, impact=impact, assessed_on=self.day(213), **self.who(213))
        for person in self.partners:
            assert person.agency is not None
            take_publishing_position(
                review=review, agency=person.agency, person=person, stance=HowPublished.REDACTED, **self.who(212)
            )
        plan_publication(review=review, planned_on=self.day(175), **self.who(212))
        for to in Recipient:
            self._letter(review, to, LetterSubject.REPORT, words["letter"], 210)
        self._letter(review, Recipient.PANEL, LetterSubject.WITHHELD, words["impact_why"], 210)
        publish_review(
            review=review,
            how=HowPublished.REDACTED,
            published_on=self.day(175),
            title=words["title"],
            address=words["address"],
            **self.who(175),
        )

    def national(self, words: dict[str, Any]) -> None:
        """A national review; what has no answer yet waits for one."""
        published: date = self.day(words["days"])
        review = add_national_review(
            partnership=self.borough.partnership,
            title=words["title"],
            published_on=published,
            address="",
            **self.who(words["days"] - 20),
        )
        for one in words["recommendations"]:
            made = add_national_recommendation(national_review=review, words=one["words"], **self.who(90))
            if one["answer"]:
                answer = NationalAnswer(one["answer"])
                answer_national_recommendation(recommendation=made, answer=answer, words=one["why"], **self.who(60))
