"""Makes large files in the national shapes, valid from the first row to the last: the same bytes every time."""

import csv
import random
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from xml.sax.saxutils import escape

from openpyxl import Workbook

AS_AT = date(2026, 3, 31)
FIRST_DAY = date(2025, 4, 1)
ETHNICITIES = ("WBRI", "WOTH", "MWBC", "AIND", "BAFR", "OOTH", "NOBT")
CATEGORIES = ("NEG", "PHY", "SAB", "EMO", "MUL")
PLACEMENTS = ("U4", "U6", "K2", "U3")
Person = tuple[str, str, date, str]


def cin(folder: str, children: int) -> str:
    """A children in need census of so many children, each with referrals, assessments, enquiries and plans."""
    chance = random.Random(1)  # noqa: S311 the same file each time, no secret
    place = Path(folder) / "census.xml"
    with place.open("w", encoding="utf-8") as file:
        file.write('<?xml version="1.0" encoding="UTF-8"?>\n<Message>\n<Header><CollectionDetails>')
        file.write("<Collection>CIN</Collection><Year>2026</Year><ReferenceDate>2026-03-31</ReferenceDate>")
        file.write(
            "</CollectionDetails><Source><SourceLevel>L</SourceLevel><LEA>302</LEA></Source></Header>\n<Children>\n"
        )
        for number in range(children):
            file.write(_child(chance, number))
        file.write("</Children>\n</Message>\n")
    return str(place)


def _child(chance: random.Random, number: int) -> str:
    name, sex, born, ethnicity = _person(chance, number)
    details = "".join(_details(chance) for _ in range(chance.choice((1, 1, 1, 2))))
    return (
        f"<Child>\n<ChildIdentifiers>{_tag('LAchildID', name)}{_tag('UPNunknown', 'UN1')}"
        f"{_tag('PersonBirthDate', born)}{_tag('Sex', sex)}</ChildIdentifiers>\n"
        f"<ChildCharacteristics>{_tag('Ethnicity', ethnicity)}"
        f"<Disabilities>{_tag('Disability', chance.choice(('NONE', 'NONE', 'LD')))}</Disabilities>"
        f"</ChildCharacteristics>\n{details}</Child>\n"
    )


def _details(chance: random.Random) -> str:
    referred = _day(chance, FIRST_DAY, 300)
    begun = referred + timedelta(days=chance.randrange(5))
    agreed = begun + timedelta(days=chance.randrange(20, 60))
    parts = [
        _tag("CINreferralDate", referred),
        _tag("ReferralSource", chance.choice(("1A", "2A", "3A", "5B", "6"))),
        _tag("PrimaryNeedCode", "N1"),
        "<Assessments>",
        _tag("AssessmentActualStartDate", begun),
        _tag("AssessmentAuthorisationDate", min(agreed, AS_AT)),
        "<FactorsIdentifiedAtAssessment>",
        *(_tag("AssessmentFactors", code) for code in chance.sample(("1B", "3B", "4B", "16A", "17A"), 2)),
        "</FactorsIdentifiedAtAssessment></Assessments>",
        "<CINPlanDates>",
        _tag("CINPlanStartDate", min(agreed, AS_AT)),
        "</CINPlanDates>",
    ]
    if chance.random() < 0.4:
        parts += _enquiry(chance, begun)
    return f"<CINdetails>\n{''.join(parts)}{_tag('ReferralNFA', '0')}\n</CINdetails>\n"


def _enquiry(chance: random.Random, begun: date) -> Iterator[str]:
    conferred = min(begun + timedelta(days=chance.randrange(10, 30)), AS_AT)
    yield f"<Section47>{_tag('S47ActualStartDate', begun)}{_tag('InitialCPCtarget', begun + timedelta(days=21))}"
    yield f"{_tag('DateOfInitialCPC', conferred)}{_tag('ICPCnotRequired', '0')}</Section47>"
    category = chance.choice(CATEGORIES)
    yield f"<ChildProtectionPlans>{_tag('CPPstartDate', conferred)}{_tag('InitialCategoryOfAbuse', category)}"
    yield f"{_tag('LatestCategoryOfAbuse', category)}{_tag('NumberOfPreviousCPP', '0')}"
    reviewed = min(conferred + timedelta(days=80), AS_AT)
    yield f"<Reviews>{_tag('CPPreviewDate', reviewed)}</Reviews></ChildProtectionPlans>"


def annex_a(folder: str, rows: int) -> str:
    """An Annex A workbook with so many rows: contacts, referrals and assessments in equal parts."""
    chance = random.Random(2)  # noqa: S311 the same file each time, no secret
    book = Workbook(write_only=True)
    person = ["Child Unique ID", "Gender", "Ethnicity", "Date of Birth", "Age of Child (Years)"]
    lists = {
        "List 1": (["Date of Contact", "Contact Source"], _contact),
        "List 3": (["Date of referral", "Referral Source", "Referral NFA?", "Allocated Team"], _referral),
        "List 4": (
            [
                "Continuous Assessment Start Date",
                "Child Seen During Continuous Assessment",
                "Continuous Assessment Date of Authorisation",
                "Allocated Team",
            ],
            _assessment,
        ),
    }
    for title, (headings, make) in lists.items():
        sheet = book.create_sheet(title)
        sheet.append([*person, *headings])
        for number in range(rows // len(lists)):
            name, sex, born, ethnicity = _person(chance, number)
            gender = {"F": "b) Female", "M": "a) Male"}[sex]
            sheet.append([name, gender, ethnicity, born, (AS_AT - born).days // 366, *make(chance)])
    place = Path(folder) / "annex-a.xlsx"
    book.save(place)
    return str(place)


def _contact(chance: random.Random) -> list[object]:
    return [_day(chance, date(2025, 10, 1), 180), chance.choice(("1A", "2A", "3A", "6"))]


def _referral(chance: random.Random) -> list[object]:
    return [_day(chance, date(2025, 10, 1), 180), chance.choice(("1A", "2A", "3A", "6")), "b) No", "North"]


def _assessment(chance: random.Random) -> list[object]:
    begun = _day(chance, date(2025, 10, 1), 120)
    return [begun, "a) Yes", begun + timedelta(days=chance.randrange(10, 60)), "South"]


def ssda903(folder: str, episodes: int) -> str:
    """SSDA903 files of one year: header, episodes and reviews."""
    chance = random.Random(3)  # noqa: S311 the same files each time, no secret
    place = Path(folder) / "ssda903"
    place.mkdir()
    people = [_person(chance, number) for number in range(episodes // 2)]
    sexes = {"M": "1", "F": "2"}
    _csv(
        place / "header.csv",
        "CHILD,SEX,DOB,ETHNIC,UPN,MOTHER,MC_DOB",
        ([name, sexes[sex], _slashes(born), group, "UN1", "", ""] for name, sex, born, group in people),
    )
    _csv(
        place / "episodes.csv",
        "CHILD,DECOM,RNE,LS,CIN,PLACE,PLACE_PROVIDER,DEC,REC,REASON_PLACE_CHANGE,HOME_POST,PL_POST,URN",
        (row for person in people for row in _two_episodes(chance, person)),
    )
    _csv(
        place / "reviews.csv",
        "CHILD,DOB,REVIEW,REVIEW_CODE",
        ([name, _slashes(born), _slashes(_day(chance, FIRST_DAY, 360)), "PN1"] for name, _, born, _ in people),
    )
    return str(place)


def _two_episodes(chance: random.Random, person: Person) -> Iterator[list[str]]:
    began = _day(chance, FIRST_DAY, 150)
    moved = began + timedelta(days=chance.randrange(10, 150))
    first, second = chance.sample(PLACEMENTS, 2)
    yield [person[0], _slashes(began), "S", "V2", "N1", first, "PR1", _slashes(moved), "X1", "LAREQ", "", "", ""]
    yield [person[0], _slashes(moved), "P", "V2", "N1", second, "PR4", "", "", "", "", "", ""]


def _csv(place: Path, heading: str, rows: Iterator[list[str]]) -> None:
    with place.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(heading.split(","))
        writer.writerows(rows)


def _person(chance: random.Random, number: int) -> Person:
    born = _day(chance, date(2009, 1, 1), 5500)
    return f"SYN{number:07d}", chance.choice("MF"), born, chance.choice(ETHNICITIES)


def _day(chance: random.Random, first: date, days: int) -> date:
    return first + timedelta(days=chance.randrange(days))


def _tag(name: str, value: object) -> str:
    return f"<{name}>{escape(str(value))}</{name}>"


def _slashes(day: date) -> str:
    return f"{day:%d/%m/%Y}"
