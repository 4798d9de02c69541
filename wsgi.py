"""What gunicorn serves, and where `flask` finds the app."""

import gc
import sys

from chatbot.app import create_app
from chatbot.errors import SettingsError

try:
    app = create_app()
except SettingsError as error:
    # For who typed a command: what to mend, and no traceback. gunicorn.conf.py asks before a worker comes here.
    sys.exit(f"The chatbot cannot start:\n{error}")
# What stands now stands until the process ends: a collection during a visitor's request need not go through it.
gc.freeze()
