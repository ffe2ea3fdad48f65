import pytest

from keras_productgen import models
from keras_productgen.evaluation.subject import open_subject


def test_models_that_come_with_the_package_go_by_name():
    subject = open_subject("catalog")
    assert subject.title == "catalog" and subject.source is None
    assert subject.image_size == (64, 64)
    assert list(subject.model.categories) == ["category", "pattern"]


def test_a_shipped_model_that_makes_no_pictures_is_refused():
    assert "matting" in models.shipped_models()
    with pytest.raises(ValueError, match="must hold a model that generates"):
        open_subject("matting")


def test_other_names_are_refused():
    with pytest.raises(ValueError, match="comes with the package.*'catalogue'"):
        open_subject("catalogue")
