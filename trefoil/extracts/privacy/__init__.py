"""The only way from a checked table to the store: pseudonyms, ages, localities."""
