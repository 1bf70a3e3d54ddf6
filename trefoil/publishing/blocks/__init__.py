"""Figures out of the records as blocks of a document: read from the rooms below, never stored but in an offer."""
