"""What gunicorn serves, and where `flask` finds the app."""

import gc

from chatbot.app import create_app

app = create_app()
# What stands now stands until the process ends: a collection during a visitor's request need not go through it.
gc.freeze()
