"""What replicas know of each other's figures, without Ray."""

from keras_productgen.serving.ray import figures
from keras_productgen.serving.ray.figures import Board
from keras_productgen.serving.ray.figures import SharedFigures


def page_of(counts, name):
    return lambda: f"# TYPE asked counter\nasked {counts[name]}\n"


def replicas(board, counts):
    return [
        SharedFigures(name, page_of(counts, name), board.exchange)
        for name in counts
    ]


def samples(shared):
    return [x for x in shared.page().splitlines() if not x.startswith("#")]


def test_whichever_is_asked_shows_all():
    counts = {"a": 1, "b": 5}
    first, second = replicas(Board(), counts)
    assert samples(first) == ['asked{replica="a"} 1']
    for shared in (first, second, first):
        shared.look()
    both = ['asked{replica="a"} 1', 'asked{replica="b"} 5']
    assert sorted(samples(first)) == sorted(samples(second)) == both
    # What is its own is never old.
    counts["a"] = 2
    assert 'asked{replica="a"} 2' in samples(first)


def test_a_replica_that_is_gone_is_left_out(monkeypatch):
    now = [0.0]
    monkeypatch.setattr(figures.time, "monotonic", lambda: now[0])
    first, second = replicas(Board(), {"a": 1, "b": 5})
    second.look()
    first.look()
    assert len(samples(first)) == 2
    now[0] = figures.STALE_SECONDS + 1
    first.look()
    assert samples(first) == ['asked{replica="a"} 1']


def test_a_board_that_does_not_answer_leaves_what_was_known():
    board = Board()
    first, second = replicas(board, {"a": 1, "b": 5})
    second.look()
    first.look()

    def fail(name, page):
        raise ConnectionError("its machine is gone")

    first._exchange = fail
    first.look()
    assert len(samples(first)) == 2


def test_pages_are_exchanged_until_it_is_stopped(monkeypatch):
    monkeypatch.setattr(figures, "SECONDS", 0.001)
    seen = []

    def exchange(name, page):
        seen.append(name)
        if len(seen) == 3:
            shared.stop()
        return {}

    shared = SharedFigures("a", lambda: "", exchange)
    shared._run()
    assert seen == ["a"] * 3
