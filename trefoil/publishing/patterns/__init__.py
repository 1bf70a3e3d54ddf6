"""What each kind of document is made of and what the law's editions ask of it: reviewed data files. Pure."""
