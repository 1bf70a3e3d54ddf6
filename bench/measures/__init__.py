"""One module for each measurement: `measure(place)` gives its section of docs/benchmarks.md."""
