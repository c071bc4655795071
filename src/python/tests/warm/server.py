"""A Python that has imported PyTorch, and Keras where it is there, and runs programs in forks of itself: `server.py SOCKET`.

What a program of a few steps costs is the import of its framework. In a fork that was made before; for the program, and for the hook
that waits for it, the framework is imported where the program says so.
"""

import contextlib
import importlib.abc
import importlib.machinery
import importlib.util
import json
import os
import socket
import sys
import types

FRAMEWORKS = ("torch", "keras")


class Kept(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Gives the frameworks again that were imported before the fork."""

    def __init__(self):
        self.modules = {name: sys.modules.pop(name) for name in FRAMEWORKS if name in sys.modules}
        self.specs = {name: module.__spec__ for name, module in self.modules.items()}

    def find_spec(self, name, path, target=None):
        return importlib.machinery.ModuleSpec(name, self) if name in self.modules else None

    def create_module(self, spec):
        return self.modules.pop(spec.name)

    def exec_module(self, module):
        module.__spec__ = self.specs[module.__name__]
        if module.__name__ == "keras":
            import torch  # noqa: F401  as its backend does


def become(request):
    """Makes this process what the program's own would be, up to its first line; returns that and the names of its module."""
    os.chdir(request["folder"])
    os.environ.clear()
    os.environ.update(request["environment"])
    sys.argv[:] = request["arguments"]
    sys.path[:] = [*filter(None, os.environ.get("PYTHONPATH", "").split(os.pathsep)), *sys.path[1:]]
    sys.meta_path.insert(0, Kept())
    sys.modules.pop("sitecustomize", None)
    if importlib.util.find_spec("sitecustomize") is not None:
        import sitecustomize  # noqa: F401
    path = os.path.abspath(sys.argv[0])
    sys.path.insert(0, os.path.dirname(path))
    main = sys.modules["__main__"] = types.ModuleType("__main__")
    main.__file__ = sys.argv[0]
    with open(path, "rb") as file:
        return compile(file.read(), sys.argv[0], "exec"), vars(main)


def serve(path):
    """Runs one program after another, until the tests end this process; returns in each fork."""
    import torch

    torch.set_num_threads(1)
    torch.optim.SGD([torch.nn.Parameter(torch.zeros(1))], lr=1.0)  # imports much that is imported late
    if importlib.util.find_spec("keras") is not None:
        import keras  # noqa: F401
    with socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET) as listening:
        listening.bind(f"{path}.bound")
        listening.listen()
        os.rename(f"{path}.bound", path)
        listening.settimeout(1)
        tests = os.getppid()
        while os.getppid() == tests:  # who ends the tests need not say so
            try:
                connection, _ = listening.accept()
            except TimeoutError:
                continue
            if os.fork() == 0:
                listening.close()
                return begin(connection)
            connection.close()
            with contextlib.suppress(ChildProcessError):
                while os.waitpid(-1, os.WNOHANG)[0]:  # of the programs that have ended since
                    pass
    sys.exit()


def begin(connection):
    """Returns in the process of the program; the one that waits for it sends its number, then its exit code."""
    data, streams, _, _ = socket.recv_fds(connection, 1 << 20, 3)
    child = os.fork()
    if child:
        for stream in streams:
            os.close(stream)
        connection.sendall(str(child).encode())
        connection.sendall(str(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])).encode())
        os._exit(0)
    connection.close()
    for number, stream in enumerate(streams):
        os.dup2(stream, number)
        os.close(stream)
    return json.loads(data)


if __name__ == "__main__":
    exec(*become(serve(sys.argv[1])))
