"""The log of what was done and who was read, for auditors and for those who were read."""
