"""The two networks of the engine, from the files in rapidocr's wheel: nothing is ever fetched."""

from importlib.util import find_spec
from pathlib import Path

import numpy as np
import onnxruntime
from numpy.typing import NDArray

Floats = NDArray[np.float32]
THREADS = 2


class Network:
    """One network: a batch of pictures in, its first output out."""

    def __init__(self, path: Path) -> None:
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = THREADS
        options.inter_op_num_threads = 1
        options.log_severity_level = 4
        # the arena keeps the largest picture's memory for ever
        options.enable_cpu_mem_arena = False
        options.add_session_config_entry("session.intra_op.allow_spinning", "0")
        self._session = onnxruntime.InferenceSession(
            str(path), options, providers=["CPUExecutionProvider"]
        )
        self._input = self._session.get_inputs()[0].name

    def run(self, batch: Floats) -> Floats:
        """`batch` is pictures x channels x height x width."""
        output: Floats = self._session.run(None, {self._input: batch})[0]
        return output

    def characters(self) -> list[str]:
        """The characters a reading network knows, in its own order."""
        known: str = self._session.get_modelmeta().custom_metadata_map["character"]
        return known.splitlines()


def network(kind: str) -> Network:
    """The wheel's network that detects ("det") or recognises ("rec").

    Raises FileNotFoundError when the wheel holds none.
    """
    spec = find_spec("rapidocr")
    folders = list(spec.submodule_search_locations or ()) if spec else []
    for folder in folders:
        for path in sorted(Path(folder, "models").glob(f"PP-OCR*_{kind}_*.onnx")):
            return Network(path)
    raise FileNotFoundError(f"this version of rapidocr brings no model to {kind}")


def normalised(picture: NDArray[np.uint8]) -> Floats:
    """A picture (height x width x RGB) as the networks want it: -1 to 1, BGR, channels first."""
    swapped = picture[:, :, ::-1].astype(np.float32)
    swapped /= 127.5
    swapped -= 1.0
    return np.ascontiguousarray(swapped.transpose(2, 0, 1))
