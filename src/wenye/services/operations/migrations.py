"""Whether the database is as the program expects it."""

from __future__ import annotations


def pending() -> list[str]:
    """The migrations that are still to be applied, as ``app.name``."""
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return [f"{step.app_label}.{step.name}" for step, backwards in plan if not backwards]


def migrate() -> None:
    """Apply what is pending."""
    from django.core.management import call_command

    call_command("migrate", interactive=False, verbosity=0)


def unknown() -> list[str]:
    """Migrations that the database has and this program does not know: it is the older one."""
    from django.db import connection
    from django.db.migrations.loader import MigrationLoader

    loader = MigrationLoader(connection)
    applied = set(loader.applied_migrations)
    ours = {app for app, _ in loader.disk_migrations}
    known = {
        *loader.disk_migrations,
        *((a, n) for m in loader.disk_migrations.values() for a, n in m.replaces),
    }
    return sorted(f"{app}.{name}" for app, name in applied - known if app in ours)
