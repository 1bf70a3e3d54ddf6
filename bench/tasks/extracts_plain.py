"""The same files by the obvious pandas program: read, checked column by column, a handful of figures by month.

Written as an analyst would: no pseudonyms, nothing stored, far fewer checks and figures than Trefoil's.
"""

from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import numpy as np
import pandas as pd

CODES = {
    "ReferralSource": {"1A", "1B", "2A", "2B", "3A", "3B", "4", "5A", "5B", "6", "7", "8"},
    "Ethnicity": {"WBRI", "WOTH", "MWBC", "AIND", "BAFR", "OOTH", "NOBT"},
    "Sex": {"M", "F", "U"},
}


def cin(path: str) -> dict[str, Any]:
    """A census: ElementTree into data frames, codes and dates checked, nine figures by month."""
    root = ElementTree.parse(path).getroot()  # noqa: S314 our own file of a moment ago
    referrals, assessments, enquiries, plans = [], [], [], []
    for child in root.iter("Child"):
        name = child.findtext("ChildIdentifiers/LAchildID")
        about = {
            "child": name,
            "Sex": child.findtext("ChildIdentifiers/Sex"),
            "Ethnicity": child.findtext("ChildCharacteristics/Ethnicity"),
        }
        for details in child.iter("CINdetails"):
            referrals.append(about | {tag: details.findtext(tag) for tag in ("CINreferralDate", "ReferralSource")})
            assessments += [{"child": name} | _texts(one) for one in details.iter("Assessments")]
            enquiries += [{"child": name} | _texts(one) for one in details.iter("Section47")]
            plans += [{"child": name} | _texts(one) for one in details.iter("ChildProtectionPlans")]
    return _census_figures(*(pd.DataFrame(rows) for rows in (referrals, assessments, enquiries, plans)))


def _texts(element: ElementTree.Element) -> dict[str, str | None]:
    return {child.tag: child.text for child in element}


def _census_figures(
    referrals: pd.DataFrame, assessments: pd.DataFrame, enquiries: pd.DataFrame, plans: pd.DataFrame
) -> dict[str, Any]:
    wrong = sum(int((~referrals[name].isin(codes)).sum()) for name, codes in CODES.items())
    for frame in (referrals, assessments, enquiries, plans):
        for column in [name for name in frame.columns if "Date" in name or name.endswith("target")]:
            frame[column] = pd.to_datetime(frame[column], errors="coerce")
            wrong += int(frame[column].isna().sum())
    begun, agreed = assessments["AssessmentActualStartDate"], assessments["AssessmentAuthorisationDate"]
    assessments["in time"] = _working_days(begun, agreed) <= 45
    enquiries["in time"] = _working_days(enquiries["S47ActualStartDate"], enquiries["DateOfInitialCPC"]) <= 15
    referrals = referrals.sort_values(["child", "CINreferralDate"])
    before = referrals.groupby("child")["CINreferralDate"].shift()
    referrals["again"] = referrals["CINreferralDate"] - before < pd.Timedelta(days=365)
    months = [
        _by_month(referrals, "CINreferralDate", "again"),
        _by_month(assessments, "AssessmentAuthorisationDate", "in time"),
        _by_month(enquiries, "S47ActualStartDate", "in time"),
        _by_month(plans, "CPPstartDate"),
    ]
    open_plans = [
        int((plans["CPPstartDate"] <= day).sum()) for day in pd.date_range("2025-04-30", periods=12, freq="ME")
    ]
    return {"rows": len(referrals), "wrong": wrong, "figures": sum(len(one) for one in months) + len(open_plans)}


def annex_a(path: str) -> dict[str, Any]:
    """A workbook: every sheet by openpyxl into a data frame, blanks counted, dates checked, figures by month."""
    sheets = pd.read_excel(path, sheet_name=None)
    figures = wrong = 0
    for frame in sheets.values():
        day = frame.columns[5]
        for column in [name for name in frame.columns if "Date" in name]:
            frame[column] = pd.to_datetime(frame[column], errors="coerce")
        wrong += int(frame.isna().sum().sum())
        figures += len(_by_month(frame, day))
    return {"rows": sum(len(frame) for frame in sheets.values()), "wrong": wrong, "figures": figures}


def ssda903(path: str) -> dict[str, Any]:
    """Files of the return: read_csv, dates and codes checked, children in care on each month's last day."""
    frames = {name: pd.read_csv(Path(path) / f"{name}.csv", dtype=str) for name in ("header", "episodes", "reviews")}
    episodes = frames["episodes"].merge(frames["header"], on="CHILD")
    wrong = 0
    for column in ("DECOM", "DEC", "DOB"):
        given = episodes[column].notna()
        episodes[column] = pd.to_datetime(episodes[column], format="%d/%m/%Y", errors="coerce")
        wrong += int((given & episodes[column].isna()).sum())
    wrong += int((~episodes["LS"].isin({"C1", "C2", "E1", "V2", "J1"})).sum())
    figures = []
    for day in pd.date_range("2025-04-30", periods=12, freq="ME"):
        inside = episodes[(episodes["DECOM"] <= day) & (episodes["DEC"].isna() | (episodes["DEC"] > day))]
        figures += [inside["CHILD"].nunique(), *inside.groupby("LS")["CHILD"].nunique()]
        year = episodes[(episodes["DECOM"] > day - pd.Timedelta(days=365)) & (episodes["DECOM"] <= day)]
        figures.append(int((year.groupby("CHILD").size() >= 3).sum()))
    return {"rows": sum(len(frame) for frame in frames.values()), "wrong": wrong, "figures": len(figures)}


def nation(root: str) -> dict[str, Any]:
    """Ten figures by month and area from the stored tables of all areas, held in memory at once."""
    figures = 0
    for table, day in (
        ("ssd_contacts", "cont_contact_date"),
        ("ssd_cin_episodes", "cine_referral_date"),
        ("ssd_cin_assessments", "cina_assessment_auth_date"),
        ("ssd_s47_enquiry", "s47e_s47_start_date"),
        ("ssd_initial_cp_conference", "icpc_icpc_date"),
        ("ssd_cp_plans", "cppl_cp_plan_start_date"),
        ("ssd_missing", "miss_missing_episode_start_date"),
    ):
        frame = pd.concat([pd.read_parquet(path) for path in sorted(Path(root).glob(f"*/*/{table}.parquet"))])
        frame[day] = pd.to_datetime(frame[day])
        frame["month"] = frame[day].dt.to_period("M")
        figures += len(frame.groupby(["area", "month"]).size())
        if table == "ssd_cin_episodes":
            frame = frame.sort_values(["area", "cine_person_id", day, "cine_referral_id"])
            frame["again"] = frame[day] - frame.groupby(["area", "cine_person_id"])[day].shift() < pd.Timedelta(
                days=365
            )
            figures += len(frame.groupby(["area", "month"])["again"].mean())
        if table == "ssd_cin_assessments":
            frame["in time"] = _working_days(frame["cina_assessment_start_date"], frame[day]) <= 45
            figures += len(frame.groupby(["area", "month"])["in time"].mean())
        if table == "ssd_cp_plans":
            for last in pd.date_range("2023-11-30", periods=36, freq="ME"):
                inside = frame[(frame[day] <= last) & ~(frame["cppl_cp_plan_end_date"] <= last.date())]
                figures += len(inside.groupby("area").size())
    return {"figures": figures}


def _working_days(first: pd.Series, last: pd.Series) -> np.ndarray[Any, Any]:
    """Working days between two columns; England's holidays by hand would come on top. Unknown dates: very many."""
    known = (first.notna() & last.notna()).to_numpy()
    days = np.full(len(first), 10_000)
    begins, ends = (one[known].to_numpy().astype("datetime64[D]") for one in (first, pd.to_datetime(last)))
    days[known] = np.busday_count(begins, ends)
    return days


def _by_month(frame: pd.DataFrame, day: str, flag: str = "") -> pd.DataFrame:
    grouped = frame.groupby(frame[day].dt.to_period("M"))
    return grouped.agg(count=(day, "size"), **({"share": (flag, "mean")} if flag else {}))
