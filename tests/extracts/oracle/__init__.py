"""The second implementation: every indicator of an extract, slowly, over lists of dicts.

It is written from the words of the definitions and of the engine's subjects, and shares no code with the engine: the
two are held to give the same whole numbers. Clear before fast. Nothing here imports `trefoil`.

* `calendar`: months, working days, bank holidays from the rules of law.
* `area`: one area's stored tables.
* `people`, and a module for each theme: the rows a subject has, as dicts.
* `language`: whether an expression holds of a row.
* `definitions`, `counting`: the `[extract]` of every indicator, and the figures of every period and group.
"""
