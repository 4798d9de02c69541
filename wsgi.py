"""What gunicorn serves, and where `flask` finds the app."""

import gc
import sys

# What a start makes stays, and looking it through for garbage again and again takes a seventh of its CPU.
gc.disable()

from chatbot.app import create_app  # noqa: E402
from chatbot.errors import CorpusError, SettingsError  # noqa: E402

try:
    app = create_app()
except SettingsError as error:
    # For who typed a command: what to mend, and no traceback. gunicorn.conf.py asks before a worker comes here.
    sys.exit(f"The chatbot cannot start:\n{error}")
except CorpusError as error:
    # Without its articles it starts, without its safety rules never.
    sys.exit(f"The chatbot cannot start, its safety rules are broken (in chatbot/answering/safety):\n{error}")
# What stands now stands until the process ends: a collection during a visitor's request need not go through it.
gc.freeze()
gc.enable()
