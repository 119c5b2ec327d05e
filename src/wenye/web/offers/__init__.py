"""Pages of offers: what somebody may have, who was told, and the runs that found it."""
