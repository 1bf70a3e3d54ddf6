"""Pages of the workspace, one module for each part of it."""
