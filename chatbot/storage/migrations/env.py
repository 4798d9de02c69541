"""Where alembic finds the connection; `migrating.py` hands it over inside a transaction."""

from alembic import context

from chatbot.storage.tables import Base

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    render_as_batch=True,
    # SQLite rolls changes of tables back as well: a migration that is killed has not happened.
    transactional_ddl=True,
)
with context.begin_transaction():
    context.run_migrations()
