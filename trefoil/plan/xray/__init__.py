"""The X-ray of a plan: pure functions over plain rows that find what looks finished and is not. No Django here."""
