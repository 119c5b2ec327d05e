"""The parts of ``wenye.policy.scaffold``: what of a read document becomes which file."""
