"""What a chronology knows without a database: uncertain dates, rows of a file, what looks alike, what is redacted."""
