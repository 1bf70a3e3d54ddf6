"""What is done with an edition once it is frozen: scrutiny, whom it is sent to, by when. Pure data and rules."""
