"""What teams are called in a stored extract. Their identifiers are pseudonyms there; their names are kept."""

from pathlib import Path

import pyarrow.parquet as pq

TABLE = "ssd_department.parquet"


def team_names(folder: Path) -> dict[str, str]:
    """Pseudonym as text to name, for the teams that have one."""
    path = folder / TABLE
    if not path.is_file():
        return {}
    table = pq.read_table(path, columns=["dept_team_id", "dept_team_name"], memory_map=False)
    return {
        str(row["dept_team_id"]): row["dept_team_name"]
        for row in table.to_pylist()
        if row["dept_team_id"] is not None and row["dept_team_name"]
    }
