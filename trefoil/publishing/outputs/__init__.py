"""A document written once and given out as web page, Word and tagged PDF, all from one tree of parts."""
