"""Where a secret may have left a trace: the server's log and its data directory."""

import os
import pathlib

CLUSTER = pathlib.Path(os.environ["SCRATCH"]) / "cluster"


def log_size():
    return (CLUSTER / "log").stat().st_size


def in_log(secret, since=0):
    with open(CLUSTER / "log", "rb") as file:
        file.seek(since)
        return secret.encode() in file.read()


def files(inside, skip=()):
    """The files below the data directory's folder `inside`, without those below `skip`."""
    for folder, folders, names in os.walk(CLUSTER / "data" / inside):
        folders[:] = [name for name in folders if name not in skip]
        for name in names:
            yield pathlib.Path(folder) / name


def holding(secret, paths):
    found = []
    for path in paths:
        try:
            if secret.encode() in path.read_bytes():
                found.append(str(path.relative_to(CLUSTER)))
        except OSError:  # a socket, or gone by now
            pass
    return found
