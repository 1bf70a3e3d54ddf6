"""A partnership's public site: under which name it is found, and what a reader is told beside published editions."""

from django.db import models
from django.db.models import Q

from trefoil.editing.models import EditedModel
from trefoil.people.models import Partnership

LONGEST_HOST = 120


class Site(EditedModel):
    """The public site of one partnership. Every field but `is_on` and the version may be read by anybody.

    An empty telephone number or address is left out of the pages; nothing is put in its place.
    """

    partnership = models.OneToOneField(Partnership, on_delete=models.PROTECT, related_name="site")
    host = models.CharField(max_length=LONGEST_HOST, blank=True)
    is_on = models.BooleanField(default=False)
    lead = models.CharField(max_length=300, blank=True)
    email = models.EmailField(blank=True)
    phone = models.CharField(max_length=30, blank=True)
    post_address = models.CharField(max_length=300, blank=True)
    privacy_email = models.EmailField(blank=True)
    front_door_name = models.CharField(max_length=80, blank=True)
    front_door_phone = models.CharField(max_length=30, blank=True)
    front_door_hours = models.CharField(max_length=150, blank=True)
    out_of_hours_phone = models.CharField(max_length=30, blank=True)
    front_door_page = models.URLField(blank=True)
    procedures_name = models.CharField(max_length=100, blank=True)
    procedures_page = models.URLField(blank=True)
    training = models.TextField(max_length=2000, blank=True)
    lists_agencies = models.BooleanField(default=False)
    lists_groups = models.BooleanField(default=False)

    class Meta:
        ordering = ["partnership__name"]
        constraints = [
            *EditedModel.Meta.constraints,
            models.UniqueConstraint(fields=["host"], condition=~Q(host=""), name="one_site_of_a_host"),
            models.CheckConstraint(
                name="procedures_have_name_and_page",
                condition=Q(procedures_name="", procedures_page="") | (~Q(procedures_name="") & ~Q(procedures_page="")),
            ),
        ]

    def __str__(self) -> str:
        return self.host or f"site of {self.partnership_id}"

    @property
    def reference(self) -> str:
        return f"site:{self.pk}"
