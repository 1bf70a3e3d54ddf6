"""The only writers of this room's tables."""
