"""Pages about the policy: what one is entitled to, why, and what is written where."""
