"""Case types as content over one workflow engine: from application to archive."""
