"""Counting on an existing Apache Spark cluster: the second backend, an optional extra of the package.

Every worker must see the folders of the stored extracts under one path. Needs Java 17 and `requirements/spark.txt`.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

import ibis
import ibis.expr.types as ir
import pyarrow as pa
from pyspark.sql import DataFrame, SparkSession

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

    `settings` are Spark's own, for instance `{"spark.executor.memory": "2g"}`.
    """

    name = "spark"

    def __init__(self, master: str, settings: Mapping[str, str] | None = None) -> None:
        builder = SparkSession.builder.appName("trefoil").master(master)
        for name, value in {**_SETTINGS, **(settings or {})}.items():
            builder = builder.config(name, value)
        self._session = builder.getOrCreate()
        self._session.sparkContext.setLogLevel("ERROR")
        cores = max(2, self._session.sparkContext.defaultParallelism)
        self._session.conf.set("spark.sql.shuffle.partitions", str(cores * _PARTS_PER_CORE))
        self._connection = ibis.pyspark.connect(self._session)

    def open_parquet(self, paths: Sequence[Path]) -> ir.Table:
        """See Backend."""
        return self._named(self._session.read.parquet(*(str(path.absolute()) for path in paths)), "opened")

    def from_arrow(self, table: pa.Table) -> ir.Table:
        """See Backend."""
        return self._named(self._session.createDataFrame(table), "made")

    @contextmanager
    def keeping(self, table: ir.Table) -> Iterator[ir.Table]:
        """See Backend."""
        kept = self._frame(table).persist()
        name = ibis.util.gen_name("kept")
        kept.createOrReplaceTempView(name)
        try:
            yield self._connection.table(name)
        finally:
            self._session.catalog.dropTempView(name)
            kept.unpersist()

    def fetch(self, table: ir.Table) -> pa.Table:
        """See Backend."""
        fetched: pa.Table = self._frame(table).toArrow()
        return fetched

    def close(self) -> None:
        """See Backend."""
        self._session.stop()

    def _frame(self, table: ir.Table) -> DataFrame:
        # Not Ibis's own execution: it passes every row through pandas, which turns whole numbers with gaps into floats.
        return self._session.sql(str(ibis.to_sql(table, dialect="pyspark")))

    def _named(self, frame: DataFrame, word: str) -> ir.Table:
        name = ibis.util.gen_name(word)
        frame.createOrReplaceTempView(name)
        return self._connection.table(name)
