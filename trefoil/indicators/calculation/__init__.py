"""Arithmetic on figures: pure functions on Decimal. No database, no clock, no Django.

One rule for what cannot be worked out holds in every module here: the answer is `None`, never zero and never
an error. That covers a zero denominator, a target of zero and a missing figure.
"""
