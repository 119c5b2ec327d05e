"""Pages of the monthly follow-up."""
