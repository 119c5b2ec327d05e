"""The handbook of a district's schemes: a page each, with card, pictures and cases."""
