"""A finance file, CSV or XLSX, from its bytes to a partnership's years. Stores nothing."""

from dataclasses import dataclass

from trefoil.indicators.catalogue.loader import catalogue
from trefoil.indicators.intake.context import Context
from trefoil.indicators.intake.read import read_return
from trefoil.indicators.rows import Severity

from .accounts import Account
from .checks import Finding, check_accounts
from .layout import Row, accounts_of


@dataclass(frozen=True)
class FinanceFile:
    """What a file gave: its years with what the checks found, or the errors for which nothing may be stored."""

    accounts: tuple[Account, ...] = ()
    findings: tuple[Finding, ...] = ()
    errors: tuple[str, ...] = ()

    @property
    def faults(self) -> tuple[Finding, ...]:
        return tuple(finding for finding in self.findings if finding.is_fault)


def read_finance(name: str, data: bytes, *, is_final: bool = False) -> FinanceFile:
    """Read a finance file. Opening it, its size and its hostile forms are judged as for every file of figures."""
    read = read_return(name, data, Context(definitions=catalogue()))
    if wrong := read.of(Severity.ERROR):
        return FinanceFile(errors=tuple(str(one) for one in wrong))
    if read.shape != "finance" or not read.money:
        return FinanceFile(
            errors=("error: the file: It holds no accounts. Its headings are year, kind, item, amount_gbp.",)
        )
    rows = [Row(one.place.row, one.year, one.kind, one.item, one.amount_gbp, one.note) for one in read.money]
    accounts, refused = accounts_of(rows, is_final=is_final)
    if refused:
        return FinanceFile(errors=tuple(map(str, refused)))
    return FinanceFile(tuple(accounts), tuple(check_accounts(accounts)))
