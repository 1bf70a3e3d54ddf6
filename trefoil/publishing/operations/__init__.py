"""The only writers of publishing."""
