"""The programs that benchmarks/results runs in turns: each says what a step of a network took."""

import functools
import json
import os
import shutil
import subprocess
from pathlib import Path

HERE = Path(__file__).parent


def output(command, **options):
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, **options)
    return done.stdout if done.returncode == 0 else ""


@functools.lru_cache(maxsize=None)
def python_with(module):
    """The first interpreter that has a module, and its version; RANVIER_PEERS names further interpreters."""
    candidates = os.environ.get("RANVIER_PEERS", "").split(":") + ["/usr/bin/python3", "python3"]
    for python in filter(shutil.which, filter(None, candidates)):
        script = f"import {module}; print(); print({module}.__version__)"
        said = output([python, "-c", script]).split()
        if said:
            return python, said[-1]
    return None, None


class Dialogue:
    """A program that first says what it knows as a JSON line, then "ready", then answers every line."""

    def __init__(self, command):
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                                        stderr=subprocess.DEVNULL, text=True)
        self.facts = {}
        for line in self.process.stdout:
            if line.startswith("{"):
                self.facts = json.loads(line)
            if line.strip() == "ready":
                return
        raise RuntimeError(f"{command[0]} did not begin")

    def ask(self, question):
        self.process.stdin.write(question + "\n")
        self.process.stdin.flush()
        return float(self.process.stdout.readline())

    def close(self):
        self.process.stdin.close()
        self.process.wait()


class Standalone:
    """A network that Brian2 has written and compiled as a program."""

    def __init__(self, python, folder, name, size, seconds, dt):
        self.folder, self.steps = Path(folder), seconds / dt
        self.folder.mkdir(parents=True)
        subprocess.run([python, HERE / "networks_brian2.py", self.folder, name, str(size), str(seconds)], check=True,
                       stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        (self.folder / "results").mkdir(exist_ok=True)

    def ask(self, _):
        subprocess.run(["./main"], cwd=self.folder, check=True, stdout=subprocess.DEVNULL)
        return float((self.folder / "results/taken.txt").read_text().split()[0]) / self.steps * 1e6

    def close(self):
        shutil.rmtree(self.folder, ignore_errors=True)


def peers(folder, name, size, dt):
    """Other simulators that have this network and are installed: a name for the column, and the side."""
    python, _ = python_with("brian2")
    seconds = 1e4 * dt if size <= 10_000 else 3e3 * dt
    tries = [("Brian2", python, lambda: Standalone(python, Path(folder) / f"{name}-{size}", name, size, seconds, dt))]
    nest, _ = python_with("nest")
    tries.append(("NEST", nest, lambda: Dialogue([nest, HERE / "networks_nest.py", name, str(size)])))
    found = {}
    for title, interpreter, begin in tries:
        try:
            if interpreter:
                found[title] = begin()
        except (RuntimeError, subprocess.CalledProcessError):
            pass  # not a network that this one has
    return found
