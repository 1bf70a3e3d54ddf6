"""From approved figures to a table that may be published. `prepared` is the one way through suppression."""
