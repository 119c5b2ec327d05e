"""Keeping the service running: its health, copies of it, and full disks."""
