"""The papers of a meeting as one PDF, with a contents page, page numbers through and bookmarks."""
