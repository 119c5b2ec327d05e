"""What people and officers do: Django apps, each one idea, models and plain functions.

Pages and the API stand in ``wenye.web``; a service never imports one. Among the services imports
run downwards too: offers, money, followup → cases → decisions → people → audit → accounts →
security.
"""
