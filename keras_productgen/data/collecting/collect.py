"""Pictures from the web, with their licences, politely."""

import concurrent.futures
import dataclasses
import os
import pathlib
import threading

from keras_productgen.data.collecting.addresses import read_addresses
from keras_productgen.data.collecting.client import Client
from keras_productgen.data.collecting.journal import Journal
from keras_productgen.data.collecting.pace import Pace
from keras_productgen.data.collecting.pace import StoppedError
from keras_productgen.data.collecting.picture import clear_parts
from keras_productgen.data.collecting.picture import collect_one
from keras_productgen.data.collecting.report import CollectReport
from keras_productgen.images.headers import MAX_PIXELS
from keras_productgen.version import __version__

USER_AGENT = f"keras-productgen/{__version__}"
REPORT = "report.json"


@dataclasses.dataclass(frozen=True)
class Settings:
    """How `collect` goes about it; it has the Args."""

    user_agent: str = USER_AGENT
    interval: float = 1.0
    workers: int = 4
    retries: int = 4
    backoff: float = 1.0
    longest_wait: float = 120.0
    timeout: tuple = (10.0, 30.0)
    longest_download: float = 300.0
    max_bytes: int = 50_000_000
    max_pixels: int = MAX_PIXELS
    allow_private_addresses: bool = False
    again: bool = False

    def __post_init__(self):
        for name in ("workers", "longest_download", "max_bytes", "max_pixels"):
            if getattr(self, name) <= 0:
                raise ValueError(
                    f"`{name}` must be above 0. "
                    f"Received: {name}={getattr(self, name)}"
                )
        for name in ("interval", "retries", "backoff", "longest_wait"):
            if getattr(self, name) < 0:
                raise ValueError(
                    f"`{name}` must be at least 0. "
                    f"Received: {name}={getattr(self, name)}"
                )
        agent = self.user_agent.partition("/")[0].strip()
        if not agent or "\n" in self.user_agent or "\r" in self.user_agent:
            raise ValueError(
                "`user_agent` must be one line that begins with a name. "
                f"Received: user_agent={self.user_agent!r}"
            )


def collect(
    addresses: str | os.PathLike | list,
    directory: str | os.PathLike,
    licence=None,
    source=None,
    author=None,
    progress=None,
    **settings,
):
    """Downloads pictures, each with its licence and source on record.

    `manifest.jsonl` in the folder has a line for each picture: file, url,
    final url, licence, source, author, date, SHA-256, content type, size,
    status, category and the further columns of the list. What failed is named
    in the report, which is written to `report.json`. A job that was stopped is
    taken up again by the same call: what is there is not asked for again. What
    was moved out or deleted since stays on record and is not asked for either.

    `robots.txt` is obeyed. Only public addresses are called, whatever a name
    resolves to or a redirect says.

    Args:
        addresses: `.txt` with an address a line, `.csv` or `.jsonl` with the
            column `url` and optionally `licence`, `source`, `author`,
            `category`; or a list of addresses or of dicts.
        directory: Where to write; a category is a folder in it.
        licence: Of the pictures that say none. One of the two is required.
        source: Of the pictures that say none. One of the two is required.
        author: Of the pictures that say none.
        progress: optional function called with `(done, total)`.
        user_agent: By which servers know the program, `name/version (contact)`.
        interval: Seconds between two requests to a host. Defaults to 1.
        workers: Pictures at once, of different hosts. Defaults to 4.
        retries: How often to try again what may come to work. Defaults to 4.
        backoff: Seconds before the second of these, doubled for each after it;
            as many at random are added. Defaults to 1.
        longest_wait: Seconds; a server that asks for more is given up.
            Defaults to 120.
        timeout: Seconds to connect and between two parts of an answer.
            Defaults to `(10, 30)`.
        longest_download: Seconds for a whole picture. Defaults to 300.
        max_bytes: Larger files are given up. Defaults to 50 million.
        max_pixels: Pictures of more are not kept.
        allow_private_addresses: Whether to call this machine and its network,
            for tests and intranets. Defaults to `False`.
        again: Whether to collect what is on record but no more in the folder.
            Defaults to `False`.

    Returns:
        `CollectReport`.

    Raises:
        ValueError: If the list cannot be read, an address lacks a licence or
            a source, or a setting does not fit.
        KeyboardInterrupt: On Ctrl-C, when all that is there is on record.
    """
    settings = Settings(**settings)
    wanted, repeated = read_addresses(addresses, licence, source, author)
    directory = pathlib.Path(directory)
    directory.mkdir(parents=True, exist_ok=True)
    clear_parts(directory)
    journal = Journal(directory, settings.again)
    waiting = [each for each in wanted if not journal.done(each.url)]
    done = [each.url for each in wanted if journal.done(each.url)]
    report = CollectReport(str(directory), repeated=repeated)
    report.gone = sum(map(journal.is_gone, done))
    report.skipped, report.left = len(done) - report.gone, len(waiting)
    pace = Pace(settings.interval, threading.Event())
    client = Client(settings, pace)
    try:
        _collect_all(client, journal, waiting, report, progress)
    finally:
        client.session.close()
        report.save(directory / REPORT)
    return report


def _collect_all(client, journal, waiting, report, progress):
    total = report.skipped + report.gone + len(waiting)
    pool = concurrent.futures.ThreadPoolExecutor(client.settings.workers)
    try:
        futures = {
            pool.submit(collect_one, client, journal, each): each
            for each in _in_turns(waiting)
        }
        for future in concurrent.futures.as_completed(futures):
            _record(report, futures[future], future)
            if progress is not None:
                progress(total - report.left, total)
    finally:
        # Ends at once after Ctrl-C, and after the last picture otherwise.
        client.pace.stop.set()
        pool.shutdown(cancel_futures=True)


def _in_turns(waiting):
    """A picture of each host in turn, so that none holds up the others."""
    seen, turns = {}, []
    for each in waiting:
        turns.append(seen.get(each.host, 0))
        seen[each.host] = turns[-1] + 1
    order = sorted(range(len(waiting)), key=turns.__getitem__)
    return [waiting[index] for index in order]


def _record(report, wanted, future):
    try:
        original = future.result()
    except StoppedError:
        return
    except (ValueError, OSError) as error:
        report.failures.append((wanted.url, f"{wanted.place}: {error}"))
    else:
        if original is None:
            report.collected += 1
        else:
            report.duplicates.append((wanted.url, original))
    report.left -= 1
