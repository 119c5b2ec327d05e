"""Deliveries of bureau files: received safely, read into staging, put in force or discarded."""
