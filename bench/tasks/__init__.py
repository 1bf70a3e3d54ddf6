"""What the measurements run in processes of their own, with Django set up."""
