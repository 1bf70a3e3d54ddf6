"""National statistics as published: written by the pack's loader alone, never edited."""

from django.db import models

from trefoil.people.models import Area


class Release(models.Model):
    """One statistical release: where figures come from, under which licence, and how they stood on which day."""

    code = models.SlugField(primary_key=True)
    title = models.CharField(max_length=200)
    publisher = models.CharField(max_length=120)
    licence = models.CharField(max_length=120)
    statistics_date = models.CharField(max_length=60)
    sha256 = models.CharField(max_length=64)
    rows = models.IntegerField()
    loaded_at = models.DateTimeField()

    class Meta:
        ordering = ["code"]

    def __str__(self) -> str:
        return self.title


class PublishedValue(models.Model):
    """One published value of a measure, area and period. `value` is empty where it was hidden; `shown` says how."""

    release = models.ForeignKey(Release, on_delete=models.CASCADE, related_name="values")
    measure = models.CharField(max_length=60)
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+", db_index=False)
    period_start = models.DateField()
    period_end = models.DateField()
    label = models.CharField(max_length=30)
    value = models.DecimalField(max_digits=20, decimal_places=6, null=True)
    shown = models.CharField(max_length=30)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["measure", "area", "period_end", "label"], name="one_published_value")
        ]

    def __str__(self) -> str:
        return f"{self.measure} {self.area_id} {self.label}"


class Population(models.Model):
    """Children aged 0 to 17 in the middle of a year (30 June), from the Office for National Statistics."""

    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="populations")
    mid_year = models.IntegerField()
    children = models.IntegerField()
    is_invented = models.BooleanField(default=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["area", "mid_year"], name="one_population")]

    def __str__(self) -> str:
        return f"{self.area_id} {self.mid_year}"


class EthnicGroup(models.Model):
    """Residents of all ages by ethnic group, Census 2021."""

    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="ethnic_groups")
    code = models.IntegerField()
    name = models.CharField(max_length=100)
    people = models.IntegerField()

    class Meta:
        ordering = ["code"]
        constraints = [models.UniqueConstraint(fields=["area", "code"], name="one_ethnic_group")]

    def __str__(self) -> str:
        return f"{self.area_id} {self.name}"


class Neighbour(models.Model):
    """A statistical neighbour: 1 is the nearest of ten."""

    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="neighbours")
    neighbour = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")
    rank = models.IntegerField()
    closeness = models.CharField(max_length=30)
    model_year = models.IntegerField()

    class Meta:
        ordering = ["rank"]
        constraints = [models.UniqueConstraint(fields=["area", "model_year", "rank"], name="one_neighbour_a_rank")]

    def __str__(self) -> str:
        return f"{self.area_id} {self.rank}"
