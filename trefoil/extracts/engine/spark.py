"""Counting on an existing Apache Spark cluster: the second backend, an optional extra of the package.

Every worker must see the folders of the stored extracts under one path. Needs Java 17 and `requirements/spark.txt`.
"""

from collections.abc import Mapping, Sequence

import ibis
import ibis.expr.types as ir
import pyarrow as pa
from py4j.protocol import Py4JError
from pyspark.errors import PySparkException
from pyspark.sql import DataFrame, SparkSession

from trefoil.extracts.standard import load_tables

from .backends import AreaFile

# A borough is small: Spark's own 200 parts of every join would cost more than they save.
_PARTS_PER_CORE = 2
_SETTINGS = {
    "spark.ui.enabled": "false",
    "spark.sql.session.timeZone": "UTC",
    "spark.sql.ansi.enabled": "true",
    "spark.sql.execution.arrow.pyspark.enabled": "true",
    "spark.ui.showConsoleProgress": "false",
}


class Spark:
    """A cluster by its address (`spark://host:port`), or `local[2]` for one inside this machine.

    `settings` are Spark's own, for instance `{"spark.executor.memory": "2g"}`. Raises ValueError where it cannot start.
    """

    name = "spark"

    def __init__(self, master: str, settings: Mapping[str, str] | None = None) -> None:
        builder = SparkSession.builder.appName("trefoil").master(master)
        for name, value in {**_SETTINGS, **(settings or {})}.items():
            builder = builder.config(name, value)
        try:
            self._session = builder.getOrCreate()
        except (Py4JError, PySparkException) as wrong:
            words = f"Spark cannot be used at {master}: see that the cluster runs, and that Java 17 is here"
            raise ValueError(words) from wrong
        self._session.sparkContext.setLogLevel("ERROR")
        cores = max(2, self._session.sparkContext.defaultParallelism)
        self._session.conf.set("spark.sql.shuffle.partitions", str(cores * _PARTS_PER_CORE))
        self._connection = ibis.pyspark.connect(self._session)
        self._kept: dict[str, DataFrame] = {}

    def open_parquet(self, name: str, files: Sequence[AreaFile], columns: Sequence[str]) -> None:
        """See Backend."""
        # Said and not found out: to look into the files for their columns is a job of the cluster for every table.
        kinds = {
            column: kind.replace("VARCHAR", "STRING") for column, kind in load_tables()[name].stored_columns.items()
        }
        said = self._session.read.schema(", ".join(f"{column} {kinds[column]}" for column in columns))
        frame = said.parquet(*(str(one.path.absolute()) for one in files))
        numbers = ", ".join(f"'{one.code}', {one.number}" for one in files)
        wanted = [f"CAST(map({numbers})[area] AS SMALLINT) AS area" if one == "area" else one for one in columns]
        frame.selectExpr(*wanted).createOrReplaceTempView(name)

    def from_arrow(self, name: str, table: pa.Table) -> None:
        """See Backend."""
        self._session.createDataFrame(table).createOrReplaceTempView(name)

    def table(self, name: str) -> ir.Table:
        """See Backend."""
        return self._connection.table(name)

    def sql(self, table: ir.Table) -> str:
        """See Backend."""
        return str(ibis.to_sql(table, dialect="pyspark"))

    def keep(self, name: str, sql: str) -> None:
        """See Backend."""
        self._kept[name] = self._session.sql(sql).persist()
        self._kept[name].createOrReplaceTempView(name)

    def view(self, name: str, sql: str) -> None:
        """See Backend."""
        self._session.sql(sql).createOrReplaceTempView(name)

    def drop(self, name: str) -> None:
        """See Backend."""
        self._session.catalog.dropTempView(name)
        self._kept.pop(name).unpersist()

    def fetch(self, sql: str) -> pa.Table:
        """See Backend."""
        # Not Ibis's own execution: it passes every row through pandas, which turns whole numbers with gaps into floats.
        fetched: pa.Table = self._session.sql(sql).toArrow()
        return fetched

    def close(self) -> None:
        """See Backend."""
        self._session.stop()
