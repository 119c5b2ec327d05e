"""The command ``wenye``: one thin file per job, and the frame they stand in."""
