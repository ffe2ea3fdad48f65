"""TensorFlow Serving's REST interface.

`server` has the server. Nothing is imported here, so that a client can share
the JSON without TensorFlow.
"""
