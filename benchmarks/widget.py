"""How soon the chat can be used after the press of its button: `python -m benchmarks.widget`.

Starts gunicorn as `make run` does, and another site with the loader on it. Every open has a browser context of its
own, so nothing is cached; the chat and an empty frame of the same server take turns, so that a busy moment of the
machine strikes both. The clock is the host page's: from the click until the panel says that it can be typed into, or
until the empty frame has loaded.
"""

from __future__ import annotations

import argparse
import os
import shutil
import statistics
import sys
from collections.abc import Sequence

from playwright.sync_api import Browser, sync_playwright

from benchmarks.serving import free_port, our_server, site

OPENS = 30
GOAL_MILLISECONDS = 300

HOST = """<!doctype html><html lang="en"><title>Host</title><body><button>Blank</button>
<script>
window.took = new Promise((done) => {
  const button = document.querySelector('button');
  button.addEventListener('click', ({ timeStamp }) => {
    const frame = document.createElement('iframe');
    frame.onload = () => done(performance.now() - timeStamp);
    frame.src = 'HOME/embed/v1/blank';
    document.body.append(frame);
  });
  let pressed;
  addEventListener('click', ({ timeStamp }) => (pressed = timeStamp), true);
  window.ArticleChatbot ||= (...call) => (ArticleChatbot.queue ||= []).push(call);
  ArticleChatbot('on', 'ready', () => done(performance.now() - pressed));
});
</script>
<script async src="HOME/embed/v1.js"></script>"""


def main(arguments: Sequence[str] | None = None) -> int:
    """Print both medians and 95th percentiles and their ratio; exit 1 when a percentile misses `--most`."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.widget", description=__doc__)
    parser.add_argument("--opens", type=int, default=OPENS, metavar="N", help="how often each is opened")
    parser.add_argument("--most", type=float, metavar="MS", help="exit 1 when the chat's 95th percentile is above")
    options = parser.parse_args(arguments)
    chromium = shutil.which("chromium")
    if not chromium:
        print("chromium is not installed: nothing was measured", file=sys.stderr)
        return 2
    # Another name for this machine is another site to the browser.
    home, host = (f"http://{name}:{free_port()}" for name in ("127.0.0.1", "localhost"))
    page = HOST.replace("HOME", home)
    with site(host, page), our_server(home, host, "benchmarks.blank_frame:app"), sync_playwright() as playwright:
        flags = ["--no-sandbox"] if os.geteuid() == 0 else []
        browser = playwright.chromium.launch(executable_path=chromium, args=flags)
        chat, blank = measured(browser, host, options.opens)
        browser.close()
    report(chat, blank)
    return int(options.most is not None and percentile(chat, 95) > options.most)


def measured(browser: Browser, host: str, opens: int) -> tuple[list[float], list[float]]:
    """Open the chat and an empty frame in turns; return the milliseconds of both. The first pair is not counted."""
    chat: list[float] = []
    blank: list[float] = []
    for turn in range(opens + 1):
        times = [opened(browser, host, "Ask our articles"), opened(browser, host, "Blank")]
        if turn:
            chat.append(times[0])
            blank.append(times[1])
    return chat, blank


def opened(browser: Browser, host: str, button: str) -> float:
    """Press a button of the host page in a fresh context and return the milliseconds that it tells."""
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    page = context.new_page()
    page.goto(host)
    page.get_by_role("button", name=button).click()
    took = float(page.evaluate("window.took"))
    context.close()
    return took


def report(chat: Sequence[float], blank: Sequence[float]) -> None:
    """Print the figures of both, and how many times longer the chat takes."""
    print(f"{len(chat)} opens each, milliseconds from the click    median     95 %  longest")
    for name, times in (("the chat can be typed into", chat), ("an empty frame has loaded", blank)):
        print(f"  {name:40} {statistics.median(times):8.0f} {percentile(times, 95):8.0f} {max(times):8.0f}")
    ratio = statistics.median(chat) / statistics.median(blank)
    within = sum(took < GOAL_MILLISECONDS for took in chat)
    print(f"  ratio of the medians {ratio:.2f}; {within} of {len(chat)} within {GOAL_MILLISECONDS} ms")


def percentile(values: Sequence[float], share: int) -> float:
    """Return the smallest value that `share` per cent of the values do not exceed."""
    ordered = sorted(values)
    return ordered[max(0, -(-len(ordered) * share // 100) - 1)]


if __name__ == "__main__":
    sys.exit(main())
