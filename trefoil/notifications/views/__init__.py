"""Pages of messages, letters and calendar addresses."""
