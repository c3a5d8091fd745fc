"""The systemd units and the Kubernetes manifest: valid, and what they run writes the file."""

import os
import pathlib
import re
import shutil
import subprocess
import tempfile

import yaml

from fakes import Container, Metadata
from helper import SCRIPT

SHELLS = ["dash"]
FILE = "/run/s3sign/credentials"


def run(tap, helper):
    systemd(tap, helper)
    kubernetes(tap, helper)


def called(tap, helper, fake, command, what):
    """What a unit runs, with the scratch file instead of its file."""
    helper.path.unlink(missing_ok=True)
    command = [str(SCRIPT) if word.endswith("s3sign-credentials") else word.replace(FILE, str(helper.path))
               for word in command if word != "--loop"]
    result = subprocess.run(command, env=helper.environment(fake.variables()), capture_output=True, text=True,
                            check=False)
    tap.check(result.returncode == 0 and helper.written(), what, result.stderr)


def systemd(tap, helper):
    units = [SCRIPT.with_suffix(suffix) for suffix in (".service", ".timer")]
    service = units[0].read_text()
    with Metadata() as fake:
        command = re.search(r"^ExecStart=(.*)$", service, re.M)[1]
        source = re.search(r"^Environment=SOURCE=(.*)$", service, re.M)[1]
        called(tap, helper, fake, command.replace("$SOURCE", source).split(), "what the service runs")
    if not shutil.which("systemd-analyze"):
        tap.skip("systemd-analyze verify", "systemd-analyze is missing")
        return
    folder = pathlib.Path(tempfile.mkdtemp(dir=os.environ["SCRATCH"]))
    for unit in units:
        # neither the program nor its manual page is installed
        text = unit.read_text().replace("ExecStart=", "ExecStart=%s/" % SCRIPT.parent)
        (folder / unit.name).write_text(re.sub(r"^Documentation=man:.*\n", "", text, flags=re.M))
    result = subprocess.run(["systemd-analyze", "--man=no", "verify", *map(str, folder.iterdir())],
                            capture_output=True, text=True, check=False)
    tap.same((result.returncode, result.stdout + result.stderr), (0, ""), "systemd-analyze verify")


def kubernetes(tap, helper):
    account, pod = yaml.safe_load_all(SCRIPT.with_suffix(".yaml").read_text())
    tap.same([(part["apiVersion"], part["kind"]) for part in (account, pod)],
             [("v1", "ServiceAccount"), ("v1", "Pod")], "the manifest has a service account and a pod")
    spec = pod["spec"]
    sidecar, = spec["initContainers"]
    server, = spec["containers"]
    tap.same(spec["serviceAccountName"], account["metadata"]["name"], "the pod has the service account")
    volumes = {volume["name"] for volume in spec["volumes"]}
    mounts = [{mount["name"]: mount["mountPath"] for mount in part["volumeMounts"]} for part in (sidecar, server)]
    tap.check(all(set(mount) <= volumes for mount in mounts), "each mount is of a volume", (mounts, volumes))
    tap.same([mount["credentials"] for mount in mounts], [str(pathlib.Path(FILE).parent)] * 2,
             "both containers see the file's folder")
    tap.same(sidecar["startupProbe"]["exec"]["command"][-1], FILE, "the probe looks at the file")
    with Container() as fake:
        called(tap, helper, fake, sidecar["command"], "what the sidecar runs")
