"""TensorFlow Serving's gRPC interface."""

from keras_productgen.serving.grpc_interface.server import (
    GrpcServer as GrpcServer,
)
