"""Time limits as arithmetic: days, hours, months, school days, and what a limit comes to. Pure: no database."""
