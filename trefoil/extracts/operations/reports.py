"""What a check found, written down: findings by rule, the quality of each field, values that wait for a meaning."""

from datetime import datetime

from django.db import transaction

from trefoil.audit.enums import EventType
from trefoil.audit.operations import record
from trefoil.people.models import Person

from ..checked import Checked, Group
from ..models import Extract, FieldQuality, Finding, FindingCount, MappedValue

LONGEST_VALUE = 200


@transaction.atomic
def keep_report(*, extract: Extract, checked: Checked, by: Person | None, now: datetime) -> None:
    """Replace what an interrupted check of the same extract may have left, and put its new values on the map."""
    extract.finding_counts.all().delete()
    extract.qualities.all().delete()
    for group in checked.groups:
        _keep(extract, group)
    FieldQuality.objects.bulk_create(
        FieldQuality(
            extract=extract, table=one.table, field=one.field, rows=one.rows, filled=one.filled, valid=one.valid
        )
        for one in checked.qualities
    )
    _put_on_map(extract, checked, now)
    record(
        event=EventType.EXTRACT_CHECKED,
        by=by,
        now=now,
        partnership=extract.partnership.slug,
        subject=f"extract:{extract.pk}",
        detail={level: checked.count(level) for level in ("fault", "unmapped", "warning")},
    )


def _keep(extract: Extract, group: Group) -> None:
    counted = FindingCount.objects.create(
        extract=extract,
        level=group.level,
        rule=group.rule[:80],
        file=group.file[:200],
        column=group.column[:120],
        found=group.found,
        cure=group.cure[:400],
    )
    Finding.objects.bulk_create(
        Finding(count=counted, sheet=one.sheet[:120], row=one.row, value=one.value[:LONGEST_VALUE])
        for one in group.listed
    )


def _put_on_map(extract: Extract, checked: Checked, now: datetime) -> None:
    """New spellings wait; of those that wait already the number of rows is brought up to date."""
    held = {
        (value.code_list, value.raw): value
        for value in MappedValue.objects.filter(partnership=extract.partnership, agency=extract.agency)
    }
    new = []
    for (code_list, raw), seen in checked.unmapped.items():
        key = (code_list, raw[:LONGEST_VALUE])
        if key in held:
            MappedValue.objects.filter(pk=held[key].pk).update(seen=seen)
        else:
            new.append(
                MappedValue(
                    partnership=extract.partnership,
                    agency=extract.agency,
                    code_list=code_list,
                    raw=key[1],
                    seen=seen,
                    first_seen_at=now,
                )
            )
    MappedValue.objects.bulk_create(new)
