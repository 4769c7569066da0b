"""Muon for convolutions: steps of equal size in every direction of a kernel, so that fewer are needed."""

import keras
from keras import ops


class KernelMuon(keras.optimizers.Muon):  # type: ignore[misc]
    """Keras' Muon, which orthogonalises what dense layers learn, for kernels of convolutions.

    Jordan et al. 2024, "Muon: An optimizer for hidden layers in neural networks". A kernel of
    (height, width, channels, filters) counts as a matrix of (height · width · channels, filters), as
    there; all else, one weight a channel or fewer and the last layer, is learnt by AdamW.
    """

    def _should_use_adamw(self, variable: keras.Variable) -> bool:
        return len(variable.shape) != 4 or variable.shape[-1] == 1

    def zeropower_via_newtonschulz5(self, x: keras.KerasTensor, steps: int) -> keras.KerasTensor:
        matrix = super().zeropower_via_newtonschulz5(ops.reshape(x, (-1, x.shape[-1])), steps)
        return ops.reshape(matrix, x.shape)

    def lr_adjust(self, x: keras.KerasTensor) -> keras.KerasTensor:
        return ops.reshape(super().lr_adjust(ops.reshape(x, (-1, x.shape[-1]))), x.shape)
