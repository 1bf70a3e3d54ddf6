"""The DuckDB connection in which an extract is checked: in memory, without files, network or extensions."""

import duckdb

MEMORY = "2GB"


def connect() -> duckdb.DuckDBPyConnection:
    """A fresh connection that can read and write no file. Nothing is spilt to disk either, for it would be
    identifiable; an extract that does not fit raises duckdb.OutOfMemoryException."""
    connection = duckdb.connect(
        ":memory:",
        config={
            # Threads that share one borough's files wait for one another: two cost a third more and gain nothing.
            "threads": 1,
            "memory_limit": MEMORY,
            "autoinstall_known_extensions": False,
            "autoload_known_extensions": False,
            "python_enable_replacements": False,
        },
    )
    # In this order: without access to files the folder for spilling cannot be set any more.
    for setting in ("temp_directory = ''", "enable_external_access = false", "lock_configuration = true"):
        connection.execute(f"SET {setting}")
    return connection


def quoted(name: str) -> str:
    """A name as SQL writes it."""
    return '"' + name.replace('"', '""') + '"'
