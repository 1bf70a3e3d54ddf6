"""The only writers of the room's tables, split by record."""
