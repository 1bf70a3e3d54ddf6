"""Pages as files: what a page's tables are, what stands on the first sheet, and how they are written."""
