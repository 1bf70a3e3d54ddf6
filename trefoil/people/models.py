"""Areas, partnerships, agencies, groups, people, duties. Facts about one row live here; verbs in `operations`."""

from datetime import date
from typing import ClassVar, Self

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import F, Q

from .enums import AgencyKind, AreaKind, Colour, DutyKind, GroupKind, GroupRole, Sector


def in_force(day: date, prefix: str = "") -> Q:
    """The filter for rows with `starts_on` and `ends_on` that hold on `day` (both days included)."""
    return Q(**{f"{prefix}starts_on__lte": day}) & (
        Q(**{f"{prefix}ends_on__isnull": True}) | Q(**{f"{prefix}ends_on__gte": day})
    )


class Area(models.Model):
    """A local authority, a region or England, under its Office for National Statistics code."""

    code = models.CharField(max_length=12, primary_key=True)
    name = models.CharField(max_length=80)
    kind = models.CharField(max_length=20, choices=AreaKind.choices)
    region = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="authorities")

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    @property
    def is_invented(self) -> bool:
        return self.kind == AreaKind.INVENTED


# First parts of the installation's own addresses, which no partnership may take. A test holds them equal to the URLs.
RESERVED_SLUGS = ("accessibility", "account", "calendar", "health", "site", "static")


class Partnership(models.Model):
    """A local safeguarding children partnership. One installation can hold several."""

    slug = models.SlugField(unique=True)
    name = models.CharField(max_length=120)
    short_name = models.CharField(max_length=40)
    colour = models.CharField(max_length=10, choices=Colour.choices, default=Colour.PLUM)
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="partnerships")
    is_invented = models.BooleanField(default=False)
    published_only = models.BooleanField(default=False)

    class Meta:
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                name="invented_or_published_not_both", condition=~Q(is_invented=True, published_only=True)
            )
        ]

    def __str__(self) -> str:
        return self.name


class Agency(models.Model):
    """An organisation that works with children. One table for every kind; several partnerships may share one."""

    name = models.CharField(max_length=120, unique=True)
    sector = models.CharField(max_length=30, choices=Sector.choices)
    is_invented = models.BooleanField(default=False)

    class Meta:
        ordering = ["name"]
        verbose_name_plural = "agencies"

    def __str__(self) -> str:
        return self.name


class Membership(models.Model):
    """An agency's place in a partnership, with why it was chosen (Working Together asks for that to be published)."""

    partnership = models.ForeignKey(Partnership, on_delete=models.PROTECT, related_name="memberships")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="memberships")
    kind = models.CharField(max_length=25, choices=AgencyKind.choices)
    why_chosen = models.CharField(max_length=300, blank=True)
    source = models.CharField(max_length=200, blank=True)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["agency__name"]
        constraints = [
            models.UniqueConstraint(
                fields=["partnership", "agency"],
                condition=Q(ends_on__isnull=True),
                name="one_open_membership",
            ),
            models.CheckConstraint(
                name="membership_ends_after_start",
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.agency_id} in {self.partnership_id}"


class Group(models.Model):
    """A board, subgroup or panel of a partnership and whom it reports to."""

    partnership = models.ForeignKey(Partnership, on_delete=models.PROTECT, related_name="groups")
    slug = models.SlugField()
    name = models.CharField(max_length=120)
    kind = models.CharField(max_length=20, choices=GroupKind.choices)
    purpose = models.CharField(max_length=400, blank=True)
    source = models.CharField(max_length=200, blank=True)
    reports_to = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="reporting")

    class Meta:
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(fields=["partnership", "slug"], name="group_slug_in_partnership"),
            models.CheckConstraint(name="group_does_not_report_to_itself", condition=~Q(reports_to=F("id"))),
        ]

    def __str__(self) -> str:
        return self.name

    def is_above(self, other: "Group | None") -> bool:
        """Whether `other` is this group or reports to it, through others or not. One query."""
        above = dict(Group.objects.filter(partnership=self.partnership_id).values_list("pk", "reports_to"))
        place = other.pk if other else None
        while place is not None and place != self.pk:
            place = above.pop(place, None)
        return place is not None


class PersonManager(BaseUserManager["Person"]):
    """How the sign-in library makes and finds accounts."""

    use_in_migrations = True

    def create_user(self, email: str, password: str | None = None, **fields: object) -> "Person":
        """An account under an e-mail address, in lower case. Without a password nobody can sign in with one."""
        person = self.model(email=self.normalize_email(email).lower(), **fields)
        person.set_password(password)
        person.save(using=self._db)
        return person

    def get_by_natural_key(self, username: str | None) -> "Person":
        return self.get(email__iexact=username)


class Person(AbstractBaseUser):
    """Somebody who works with a partnership; the account they sign in with."""

    email = models.EmailField(unique=True)
    name = models.CharField(max_length=120)
    job_title = models.CharField(max_length=120, blank=True)
    agency = models.ForeignKey(Agency, null=True, blank=True, on_delete=models.PROTECT, related_name="people")
    is_active = models.BooleanField(default=True)
    is_invented = models.BooleanField(default=False)
    joined_at = models.DateTimeField()

    objects: ClassVar[PersonManager] = PersonManager()
    USERNAME_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    class Meta:
        ordering = ["name"]
        verbose_name_plural = "people"

    def __str__(self) -> str:
        return self.name


class DutyQuerySet(models.QuerySet["Duty"]):
    """Questions about many duties."""

    def in_force_on(self, day: date) -> Self:
        return self.filter(in_force(day), person__is_active=True)


class Duty(models.Model):
    """What one person is there to do, in one partnership, from a day to a day.

    One that was withdrawn before it was held for a day ends on the day before it starts: it is in force on no day.
    """

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="duties")
    partnership = models.ForeignKey(Partnership, on_delete=models.PROTECT, related_name="duties")
    kind = models.CharField(max_length=25, choices=DutyKind.choices)
    agency = models.ForeignKey(Agency, null=True, blank=True, on_delete=models.PROTECT, related_name="duties")
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)
    is_withdrawn = models.BooleanField(default=False)
    given_at = models.DateTimeField()
    given_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")

    objects: ClassVar[models.Manager["Duty"]] = DutyQuerySet.as_manager()

    class Meta:
        ordering = ["person__name", "kind"]
        verbose_name_plural = "duties"
        constraints = [
            models.CheckConstraint(
                name="agency_duty_names_agency",
                condition=Q(agency__isnull=False) | ~Q(kind__in=["agency_lead", "agency_returns"]),
            ),
            models.CheckConstraint(
                name="duty_ends_after_start",
                condition=Q(ends_on__isnull=True, is_withdrawn=False)
                | Q(ends_on__gte=F("starts_on"), is_withdrawn=False)
                | Q(ends_on__isnull=False, ends_on__lt=F("starts_on"), is_withdrawn=True),
            ),
        ]

    def __str__(self) -> str:
        return self.get_kind_display()


class GroupMember(models.Model):
    """A person's seat in a group, for an agency, from a day to a day."""

    group = models.ForeignKey(Group, on_delete=models.PROTECT, related_name="members")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="seats")
    agency = models.ForeignKey(Agency, null=True, blank=True, on_delete=models.PROTECT, related_name="seats")
    role = models.CharField(max_length=15, choices=GroupRole.choices, default=GroupRole.MEMBER)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["person__name"]
        constraints = [
            models.UniqueConstraint(
                fields=["group"], condition=Q(role="chair", ends_on__isnull=True), name="one_chair_at_a_time"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_role_display()} of {self.group_id}"


class DutySeat(models.Model):
    """A seat that follows a duty: whoever holds it, for this agency if one is named, sits in the group.

    Somebody holds a duty for an agency when the duty names it, or when they work there.
    """

    group = models.ForeignKey(Group, on_delete=models.PROTECT, related_name="duty_seats")
    duty = models.CharField(max_length=25, choices=DutyKind.choices)
    agency = models.ForeignKey(Agency, null=True, blank=True, on_delete=models.PROTECT, related_name="duty_seats")
    role = models.CharField(max_length=15, choices=GroupRole.choices, default=GroupRole.MEMBER)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["group", "duty", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["group", "duty", "agency"],
                condition=Q(ends_on__isnull=True),
                name="one_open_seat_of_a_duty",
            ),
            models.UniqueConstraint(
                fields=["group", "duty"],
                condition=Q(ends_on__isnull=True, agency__isnull=True),
                name="one_open_seat_of_a_duty_anywhere",
            ),
            models.CheckConstraint(name="the_chair_is_a_person", condition=~Q(role="chair")),
        ]

    def __str__(self) -> str:
        return f"{self.get_duty_display()} in {self.group_id}"
