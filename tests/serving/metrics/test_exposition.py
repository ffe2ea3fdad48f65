"""Prometheus' text, by hand."""

from keras_productgen.serving.errors import Code
from keras_productgen.serving.metrics import Counter
from keras_productgen.serving.metrics import Gauge
from keras_productgen.serving.metrics import Histogram
from keras_productgen.serving.metrics import ServingMetrics
from tests.serving import clients


def test_a_counter_is_written_with_its_labels():
    counter = Counter(":a:b", "How many.", ("name",))
    counter.add('quote " and \\ and\nline')
    counter.add("x", amount=2.5)
    counter.add("x")
    assert counter.lines() == [
        "# HELP :a:b How many.",
        "# TYPE :a:b counter",
        ':a:b{name="quote \\" and \\\\ and\\nline"} 1',
        ':a:b{name="x"} 3.5',
    ]


def test_a_histogram_adds_up_its_buckets():
    histogram = Histogram("h", "Sizes.", ("n",), (1, 10))
    for value in (0.5, 1, 5, 100):
        histogram.add("a", value=value)
    assert histogram.lines()[2:] == [
        'h_bucket{n="a",le="1"} 2',
        'h_bucket{n="a",le="10"} 3',
        'h_bucket{n="a",le="+Inf"} 4',
        'h_sum{n="a"} 106.5',
        'h_count{n="a"} 4',
    ]


def test_a_gauge_asks_each_time():
    values = {(): 1}
    gauge = Gauge("g", "Now.", (), lambda: values)
    assert gauge.lines()[-1] == "g 1"
    values[()] = 2
    assert gauge.lines()[-1] == "g 2"


def test_names_that_callers_make_up_take_no_memory():
    metrics = ServingMetrics(lambda name: name == "shoes")
    for number in range(100):
        metrics.answered(f"x{number}", "predict", "REST", Code.NOT_FOUND, 0.1)
    metrics.answered("shoes", "predict", "REST", Code.OK, 0.1)
    counts = [
        line
        for line in metrics.page().splitlines()
        if line.startswith(":tensorflow:serving:request_count{")
    ]
    assert counts == [
        ':tensorflow:serving:request_count{model_name="shoes",status="OK"} 1',
        ':tensorflow:serving:request_count{model_name="unknown",'
        'status="NOT_FOUND"} 100',
    ]


def test_the_page_of_a_server_counts_its_requests(server):
    name = ':tensorflow:serving:request_latency_count{model_name="half",'
    name += 'API="predict",entrypoint="REST"}'

    def count():
        for line in clients.metrics(server).splitlines():
            if line.startswith(name):
                return int(line.rpartition(" ")[2])
        return 0

    before = count()
    clients.post(server, "half:predict", {"instances": [1.0]})
    clients.post(server, "half:predict", {"instances": []})
    assert count() == before + 2
    page = clients.metrics(server)
    state = 'version_state{model_name="half",version="123"} 30'
    assert f"productgen_serving_{state}" in page
    load = 'load_attempt_count{model_path="half/123",status="success"} 1'
    assert load in page
