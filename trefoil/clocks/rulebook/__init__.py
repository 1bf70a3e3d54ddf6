"""The time limits themselves as reviewed data: the schema and the loader of `rule_packs/*.toml`. Pure: no database."""
