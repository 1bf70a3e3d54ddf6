"""The pages of child deaths."""
