"""What may be published. Pure: counts in, what a reader may see out.

Everything marked for publication goes through `publication.prepare_for_publication`. The order of the
modules: `tables` (what goes in), `published` (what comes out), `audit` (what a reader could work out),
`choice` (what to hide), `differencing` (what an earlier publication gives away), `publication` (the one way
through).
"""
