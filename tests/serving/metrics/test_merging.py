"""Pages of several servers as one that Prometheus reads."""

from keras_productgen.serving.errors import Code
from keras_productgen.serving.metrics import ServingMetrics
from keras_productgen.serving.metrics import merged


def test_each_line_says_whose_it_is():
    first = """\
# HELP a How many.
# TYPE a counter
a{model="m"} 1
# HELP b Now.
# TYPE b gauge
b 2
"""
    second = """\
# HELP a How many.
# TYPE a counter
a{model="x} y",status="OK"} 3
# HELP c Later.
# TYPE c gauge
"""
    assert merged({"r1": first, "r2": second}).splitlines() == [
        "# HELP a How many.",
        "# TYPE a counter",
        'a{replica="r1",model="m"} 1',
        'a{replica="r2",model="x} y",status="OK"} 3',
        "# HELP b Now.",
        "# TYPE b gauge",
        'b{replica="r1"} 2',
        "# HELP c Later.",
        "# TYPE c gauge",
    ]


def test_nothing_of_a_real_page_is_lost():
    metrics = ServingMetrics()
    for seconds in (0.001, 0.2):
        metrics.answered("shoes", "predict", "REST", Code.OK, seconds)
    metrics.refused(429)
    page = metrics.page()
    lines = merged({"a": page, "b": page}).splitlines()
    heads = [line for line in page.splitlines() if line.startswith("#")]
    assert [line for line in lines if line.startswith("#")] == heads
    for name in "ab":
        own = [line for line in lines if f'replica="{name}"' in line]
        bare = [
            line.replace(f'{{replica="{name}",', "{").replace(
                f'{{replica="{name}"}}', ""
            )
            for line in own
        ]
        assert bare == [x for x in page.splitlines() if x[0] != "#"]


def test_a_page_of_none_is_empty():
    assert merged({}) == "\n"
