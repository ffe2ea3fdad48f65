"""A version in its session: what is left of it when it goes."""

import weakref

from keras_productgen.serving.servable import Servable
from tests.serving.saved_models import floats


def graph_of(servable):
    return weakref.ref(servable._session.graph)


def run(servable):
    values = servable.run("predict", {"x": floats(1.0)}, ["y"])
    assert values["y"] == [2.5]


def test_nothing_is_left_of_a_graph_whose_model_went(half_plus_two):
    servable = Servable("half", 1, half_plus_two)
    servable.signatures["predict"] = servable.signature()[1]
    graph = graph_of(servable)
    run(servable)
    servable.close()
    assert graph() is None


def test_a_graph_stays_while_a_call_runs(half_plus_two):
    servable = Servable("half", 1, half_plus_two)
    servable.signatures["predict"] = servable.signature()[1]
    graph = graph_of(servable)
    servable.hold()
    servable.close()
    assert graph() is not None
    run(servable)
    servable.release()
    assert graph() is None
