"""gRPC's own service of health, without a channel."""

import threading

import grpc
import pytest

pytest.importorskip("grpc_health", reason="needs the extra `serving`")

from grpc_health.v1 import health_pb2  # noqa: E402

from keras_productgen.serving.grpc_interface import health  # noqa: E402

NOT_SERVING = health_pb2.HealthCheckResponse.NOT_SERVING


class Aborted(Exception):
    pass


class Admission:
    draining = False


class Models:
    names, not_serving, ready = [], [], True

    def __contains__(self, name):
        return False


class Context:
    def __init__(self, peer="ipv4:127.0.0.1:50000"):
        self.callbacks, self._peer = [], peer

    def peer(self):
        return self._peer

    def abort(self, code, details):
        raise Aborted(code)

    def add_callback(self, callback):
        self.callbacks.append(callback)
        return True


def open_to_all(metadata):
    pass


def asked(name):
    return health_pb2.HealthCheckRequest(service=name)


def watch(found, peer):
    """Returns whether a peer may watch, and what ends that."""
    context = Context(peer)
    try:
        found.Watch(asked(""), context, lambda response: None)
    except Aborted as error:
        assert error.args == (grpc.StatusCode.RESOURCE_EXHAUSTED,)
        return None
    return context.callbacks[0]


def test_who_reads_nothing_keeps_nobody_from_asking_or_closing(monkeypatch):
    monkeypatch.setattr(health, "PATIENCE", 0.05)
    stuck, goes_on, sent = threading.Event(), threading.Event(), []

    def send(response):
        sent.append(response)
        if len(sent) > 1:
            stuck.set()
            goes_on.wait(9)

    found = health.Health(Models(), Admission(), 5, open_to_all)
    found.start()
    found.Watch(asked(""), Context(), send)
    found.admission.draining = True
    assert stuck.wait(9)
    assert found.Check(asked(""), Context()).status == NOT_SERVING
    found.stop()
    goes_on.set()
    found._thread.join(9)
    assert [each and each.status for each in sent] == [1, 2, None]


@pytest.mark.parametrize(
    "peer, address",
    [
        ("ipv4:10.0.0.7:50000", "ipv4:10.0.0.7"),
        ("ipv6:%5B::1%5D:50000", "ipv6:%5B::1%5D"),
        ("unix:", "unix"),
    ],
)
def test_an_address_has_no_port(peer, address):
    assert health.address_of(peer) == address


@pytest.mark.parametrize("most, share", [(1, 1), (2, 1), (5, 2), (6, 3)])
def test_one_address_has_half_of_the_watches(most, share):
    found = health.Health(Models(), Admission(), most, open_to_all)
    peers = [f"ipv4:10.0.0.7:{port}" for port in range(most + 1)]
    ends = [end for peer in peers if (end := watch(found, peer))]
    assert len(ends) == share
    others = [watch(found, f"ipv4:10.0.1.{n}:1") for n in range(most)]
    assert sum(end is not None for end in others) == most - share
    # Who leaves makes room, once.
    ends[0]()
    ends[0]()
    assert watch(found, peers[-1])
    assert not watch(found, peers[-1])


def test_a_model_by_a_name_of_the_server_is_not_told_of_without_a_key():
    models = Models()
    models.not_serving = ["PredictionService"]
    found = health.Health(models, Admission(), 5, open_to_all)
    assert found.status("PredictionService") == found.status("")
