"""A committee report as a Word document, in a council's own template or in a plain one."""
