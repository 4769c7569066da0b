import keras
import numpy as np

from digits_train.muon import KernelMuon


def stepped(layer: keras.layers.Layer, shape: tuple[int, ...]) -> np.ndarray:
    """(inputs, filters): by how much one step at a rate of 1 changes the layer's kernel."""
    keras.utils.set_random_seed(0)
    model = keras.Sequential([keras.Input(shape), layer, keras.layers.Flatten()])
    model.compile(KernelMuon(1.0, weight_decay=None), loss="mse")
    before = model.get_weights()[0]
    rng = np.random.default_rng(0)
    images = rng.normal(size=(8, *shape)).astype(np.float32)
    model.fit(images, rng.normal(size=(8, *model.output_shape[1:])), verbose=0)
    change = model.get_weights()[0] - before
    return change.reshape(-1, change.shape[-1])


def test_a_step_is_as_long_in_every_direction_of_a_kernel() -> None:
    change = stepped(keras.layers.Conv2D(6, 3), (7, 7, 2))
    lengths = np.linalg.svd(change, compute_uv=False) / (0.2 * np.sqrt(18))
    # Five rounds of Newton and Schulz come so near to 1, and are meant to.
    assert 0.6 < lengths.min() <= lengths.max() < 1.3


def test_a_weight_for_each_place_is_learnt_by_adam() -> None:
    change = stepped(keras.layers.DepthwiseConv2D(3), (7, 7, 2))
    np.testing.assert_allclose(np.abs(change), 1, rtol=1e-2)  # its first step is the rate itself
