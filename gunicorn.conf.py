"""How `gunicorn wsgi:app` serves on one machine; a reverse proxy with TLS stands in front of it."""

import logging
import os
import shutil
import sys
import tempfile
import time

from chatbot.errors import SettingsError
from chatbot.loglines import KindsOnly, logging_setup
from chatbot.settings import read_settings
from chatbot.web.limits import AskLimit, refuse_many_workers

wsgi_app = "wsgi:app"
bind = f"127.0.0.1:{os.environ.get('PORT', '8000')}"
worker_class = "chatbot.web.worker.Worker"
# Measured beside sync workers: a reload under load costs no visitor the answer.
threads = 8
graceful_timeout = 30
# No access log, so that nothing about a visitor is written down.
accesslog = None
# A line of JSON an event for programs, plain words for whoever started it by hand.
logconfig_dict = dict(logging_setup(for_people=sys.stderr.isatty()))
# Only CHATBOT_TRUSTED_PROXIES says whose forwarding headers count.
forwarded_allow_ips = ""
control_socket_disable = True
BOOT_SECONDS = 300
# for a worker to read the articles, index them and open the database; 1,000 articles without a kept index took 16 s of
# processor time


def on_starting(server):
    """Stop before the first worker starts when the settings are wrong, with the reason and no traceback."""
    try:
        settings = read_settings(os.environ)
        refuse_many_workers(settings, server.cfg.workers)
        AskLimit(settings)
    except SettingsError as error:
        sys.exit(f"The chatbot cannot start:\n{error}")
    if server.cfg.workers > 1:
        # Each process counts into files of its own in one folder; whichever is asked adds them up.
        # Not a TemporaryDirectory: each worker that ends would remove it, and the next one could not begin.
        server.metrics_folder = tempfile.mkdtemp(prefix="chatbot-metrics-")
        os.environ["PROMETHEUS_MULTIPROC_DIR"] = server.metrics_folder


def on_exit(server):
    """Remove the folder that the workers counted into, when the last of them has ended."""
    if folder := getattr(server, "metrics_folder", ""):
        shutil.rmtree(folder, ignore_errors=True)


def post_fork(server, worker):
    """Let a worker that hangs while it boots be replaced, too.

    A worker is missed when the time of its file is older than the time-out, but until it first reports, that file has
    the time of the calendar, which gunicorn compares with a clock that counts from the start of the machine: never
    older. So it gets a time by which it must have booted; far enough away that a slow disk ends in no circle of boots.
    """
    boots_until = time.monotonic() + BOOT_SECONDS - server.cfg.timeout
    os.utime(worker.tmp.fileno(), (boots_until, boots_until))


def post_worker_init(worker):
    """Watch the corpus and open the database in every worker from its first moment, not from its first question.

    From here on gunicorn's lines may hold what visitors sent; a start that fails is told in full.
    """
    for logger in (logging.getLogger(), logging.getLogger("gunicorn.error")):
        for handler in logger.handlers:
            handler.addFilter(KindsOnly())
    worker.wsgi.extensions["chatbot"].start()


def worker_exit(server, worker):
    """Write down what visitors thought before the process ends."""
    if getattr(worker, "wsgi", None):
        # One that never came to load the app has none.
        worker.wsgi.extensions["chatbot"].stop()


def when_ready(server):
    """Say where to find it."""
    for listener in server.LISTENERS:
        server.log.info("Ask at %s", listener)
