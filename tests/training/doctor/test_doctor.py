import csv
import pathlib

import keras
import numpy as np
import pytest

from keras_productgen import models
from keras_productgen.training import GANDoctor
from tests.checks import to_numpy
from tests.training.doctor import broken
from tests.training.doctor import broken_data
from tests.training.doctor.cases import train
from tests.training.doctor.networks import colors
from tests.training.toys import pictures
from tests.training.toys import small_gan


def fit(doctor, model=None, epochs=2, callbacks=()):
    model = model or small_gan()
    history = model.fit(
        pictures(32),
        batch_size=8,
        epochs=epochs,
        shuffle=False,
        verbose=0,
        callbacks=[doctor, *callbacks],
    )
    return history.history


def doctor_of(**settings):
    settings = {"every": 3, "verbose": 0, **settings}
    return GANDoctor(pictures(32), encoder=colors(), **settings)


def test_checks_come_every_so_many_batches_and_at_the_end():
    doctor = doctor_of()
    fit(doctor)
    assert [v["step"] for v in doctor.vitals] == [0.0, 3.0, 6.0, 8.0]


def test_vitals_stand_in_the_logs_and_in_the_table(tmp_path):
    doctor = doctor_of()
    table = keras.callbacks.CSVLogger(tmp_path / "log.csv")
    logs = fit(doctor, callbacks=[table])
    with open(tmp_path / "log.csv") as file:
        rows = list(csv.DictReader(file))
    for name in ("diversity", "d_movement", "kid"):
        value = doctor.vitals[2][name]  # The end is after the last epoch.
        assert logs[f"doctor_{name}"][-1] == value
        assert float(rows[-1][f"doctor_{name}"]) == pytest.approx(value)


def test_a_finding_is_shown_once_in_the_language_asked_for(capsys):
    case = broken_data.zero_to_one()
    doctor = train(case, language="zh", verbose=1, every=2)
    shown = capsys.readouterr().out
    assert shown.count("图片只用了取值范围里亮的一半。") == 1
    (finding,) = doctor.findings
    assert shown == f"\n{finding}\n"
    assert finding.step == 0 and finding.severity == "error"
    assert str(finding) in doctor.report()


def test_stops_on_what_it_is_told_to():
    doctor = train(broken_data.zero_to_one(), stop_on=("value_range",))
    assert doctor.vitals[-1]["step"] == 1.0


def test_a_model_without_adversary_is_refused():
    model = models.Autoencoder(image_size=8, latent_dim=4, width=8)
    model.compile()
    with pytest.raises(ValueError, match="discriminator.*Autoencoder"):
        fit(doctor_of(), model)


@pytest.mark.parametrize(
    "settings",
    [
        {"every": 0},
        {"language": "fr"},
        {"stop_on": ("flu",)},
        {"num_images": 1},
    ],
)
def test_nonsense_is_refused(settings):
    (name,) = settings
    with pytest.raises(ValueError, match=f"{name}="):
        GANDoctor(pictures(), **settings)
    with pytest.raises(ValueError, match="at least 2 pictures"):
        GANDoctor(pictures(1))


@pytest.mark.parametrize(
    "data",
    [None, "photos", pathlib.Path("photos"), {"images": pictures(4)}, 3],
    ids=repr,
)
def test_what_are_no_pictures_is_refused_at_once(data):
    with pytest.raises(ValueError, match="`data` must be an array of pict"):
        GANDoctor(data)


@pytest.mark.parametrize(
    "data,message",
    [
        (np.full((4, 8, 8, 3), np.nan), "finite numbers alone"),
        ((pictures(4), {"color": np.full((4, 3), np.inf)}), "finite numbers"),
        (("photos", "labels"), "must hold pictures"),
        (np.zeros((4, 8, 8)), r"shapes \[\(4, 8, 8\)\]"),
    ],
    ids=["nan", "infinite condition", "paths", "no channels"],
)
def test_arrays_that_are_no_pictures_are_refused_at_once(data, message):
    with pytest.raises(ValueError, match=message):
        GANDoctor(data)


def test_datasets_are_looked_at_when_training_begins():
    batches = [np.full((4, 8, 8, 3), np.nan, "float32")]
    doctor = GANDoctor(batches, encoder=colors(), verbose=0)
    with pytest.raises(ValueError, match="finite numbers alone"):
        fit(doctor)


@pytest.mark.slow
def test_watches_a_translation_too():
    model = models.CycleGAN(
        image_size=8, width=2, num_blocks=1, discriminator_layers=1, seed=0
    )
    model.compile()
    data = pictures(8), pictures(8, seed=1)
    doctor = GANDoctor(data, every=2, verbose=0)
    model.fit(*data, batch_size=4, epochs=2, verbose=0, callbacks=[doctor])
    assert doctor.findings == []
    assert "g_gradient" in doctor.vitals[-1]
    assert "kid" not in doctor.vitals[-1]


def test_plot_marks_findings_and_writes_a_picture(tmp_path):
    doctor = train(broken_data.zero_to_one(), every=2)
    figure = doctor.plot(tmp_path / "doctor.png")
    assert "value_range (upper_half)" in figure.get_suptitle()
    assert (tmp_path / "doctor.png").read_bytes()[1:4] == b"PNG"
    with pytest.raises(ValueError, match="train with the doctor first"):
        doctor_of().plot()


def test_a_dataset_is_read_no_further_than_needed():
    read = []

    class Data:
        def __iter__(self):
            for seed in range(9):
                read.append(seed)
                yield pictures(8, seed)

    doctor = GANDoctor(Data(), encoder=colors(), num_images=20, verbose=0)
    fit(doctor)
    assert read == [0, 1, 2]
    assert doctor.examination.probe.num_rows == 20


def test_without_stop_on_a_nan_stays():
    case = broken.deviation_of_zero()
    doctor = train(case, stop_on=())
    assert [finding.name for finding in doctor.findings] == ["nan"]
    weights = [to_numpy(w) for w in case.model.trainable_variables]
    assert not all(np.isfinite(w).all() for w in weights)
