"""Runs calls of real Salt in forked processes of this one, with a configuration of their own.

Run by Salt's own Python. Salt is loaded once; each run is a fork, so no run sees what another one left behind.
"""

import base64
import json
import logging
import os
import re
import shutil
import signal
import stat
import sys
import tempfile
import traceback

GRAINS = {
    "os": "Debian",
    "os_family": "Debian",
    "osfinger": "Debian-12",
    "osfullname": "Debian",
    "osrelease": "12",
    "osmajorrelease": 12,
    "oscodename": "bookworm",
    "kernel": "Linux",
    "osarch": "amd64",
    "cpuarch": "x86_64",
    "init": "systemd",
    "roles": ["web", "db"],
}
RUN_SECONDS = 60
ENVIRONMENT = {
    "PATH": "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
    "HOME": "/root",
    "LANG": "C.UTF-8",
    "LC_ALL": "C.UTF-8",
}


def text(value):
    """A text of a case: a string, or a list of lines that each get a newline."""
    return value if isinstance(value, str) else "".join(line + "\n" for line in value)


def as_text(value):
    """The reverse: lines where every line ends with a newline, else the string."""
    if not value.endswith("\n"):
        return value
    return value[:-1].split("\n")


def replaced(value, old, new):
    """The value with `old` replaced by `new` in every string, keys too."""
    if isinstance(value, str):
        return value.replace(old, new)
    if isinstance(value, list):
        return [replaced(item, old, new) for item in value]
    if isinstance(value, dict):
        return {replaced(key, old, new): replaced(item, old, new) for key, item in value.items()}
    return value


def write_tree(folder, tree):
    for path, content in tree.items():
        full = os.path.join(folder, path)
        os.makedirs(os.path.dirname(full), exist_ok=True)
        with open(full, "w", encoding="utf-8", newline="") as file:
            file.write(text(content))


def make_entries(root, entries):
    for path, entry in entries.items():
        full = os.path.join(root, path)
        os.makedirs(os.path.dirname(full), exist_ok=True)
        if "symlink" in entry:
            os.symlink(entry["symlink"], full)
        elif "hardlink" in entry:
            os.link(os.path.join(root, entry["hardlink"]), full)
        elif entry.get("directory"):
            os.makedirs(full, exist_ok=True)
            os.chmod(full, int(entry.get("mode", "0755"), 8))
        else:
            data = base64.b64decode(entry["base64"]) if "base64" in entry else text(entry["content"]).encode()
            with open(full, "wb") as file:
                file.write(data)
            os.chmod(full, int(entry.get("mode", "0644"), 8))


def entries_of(root):
    """What lies below root, as entries."""
    found = {}
    for folder, folders, files in os.walk(root):
        folders.sort()
        for name in sorted(folders + files):
            full = os.path.join(folder, name)
            path = os.path.relpath(full, root)
            information = os.lstat(full)
            mode = "%04o" % stat.S_IMODE(information.st_mode)
            if stat.S_ISLNK(information.st_mode):
                found[path] = {"symlink": os.readlink(full)}
            elif stat.S_ISDIR(information.st_mode):
                found[path] = {"directory": True, "mode": mode}
            elif stat.S_ISREG(information.st_mode):
                with open(full, "rb") as file:
                    data = file.read()
                try:
                    found[path] = {"content": as_text(data.decode()), "mode": mode}
                except UnicodeDecodeError:
                    found[path] = {"base64": base64.b64encode(data).decode(), "mode": mode}
            else:
                found[path] = {"special": True, "mode": mode}
    return dict(sorted(found.items()))


class Place:
    """The temporary folders of one case."""

    def __init__(self, case):
        self.top = tempfile.mkdtemp(prefix="brine-case-")
        self.root = os.path.join(self.top, "root")
        self.cache = os.path.join(self.top, "cache")
        self.configuration = os.path.join(self.top, "conf")
        for folder in (self.root, self.cache, self.configuration):
            os.makedirs(folder)
        self.case = replaced(replaced(case, "%ROOT%", self.root), "%CACHE%", self.cache)
        self.write()

    def write(self):
        case = self.case
        roots = {}
        for environment, tree in case.get("tree", {}).items():
            folder = os.path.join(self.top, "tree", environment)
            os.makedirs(folder)
            write_tree(folder, tree)
            roots[environment] = [folder]
        pillar_roots = {}
        pillar = case.get("pillar_tree")
        if pillar is None and case.get("pillar"):
            data = "#!json\n" + json.dumps(case["pillar"])
            pillar = {"base": {"top.sls": "base:\n  '*':\n    - data\n", "data.sls": data}}
        for environment, tree in (pillar or {}).items():
            folder = os.path.join(self.top, "pillar", environment)
            os.makedirs(folder)
            write_tree(folder, tree)
            pillar_roots[environment] = [folder]
        configuration = {
            "id": case.get("id", "minion"),
            "root_dir": self.top,
            "cachedir": self.cache,
            "conf_file": os.path.join(self.configuration, "minion"),
            "pki_dir": os.path.join(self.top, "pki"),
            "sock_dir": os.path.join(self.top, "sock"),
            "log_file": os.path.join(self.top, "log"),
            "extension_modules": os.path.join(self.top, "extmods"),
            "file_client": "local",
            "file_roots": roots or {"base": [os.path.join(self.top, "none")]},
            "pillar_roots": pillar_roots or {"base": [os.path.join(self.top, "none")]},
        }
        configuration.update(case.get("config", case.get("options", {})))
        with open(os.path.join(self.configuration, "minion"), "w", encoding="utf-8") as file:
            json.dump(configuration, file)
        make_entries(self.root, case.get("setup", {}))

    def remove(self):
        shutil.rmtree(self.top, ignore_errors=True)

    def normalised(self, value):
        value = replaced(replaced(value, self.root, "%ROOT%"), self.cache, "%CACHE%")
        return temporary_names(replaced(value, self.top, "%TOP%"))


TEMPORARY = re.compile(r"/tmp/(?:tmp[a-z0-9_]{6,}|__salt\.tmp\.[A-Za-z0-9_]+)|__salt\.tmp\.[A-Za-z0-9_]+")


FAILED = "One or more requisite failed: "
TRACE = re.compile(r"Traceback \(most recent call last\):\n(?:[ ^~].*\n|\n)*")
CHAINED = re.compile(
    r"(?:.*\n)\n(?:During handling of the above exception|The above exception was the direct cause).*\n\n"
)


def temporary_names(value):
    if isinstance(value, str) and value.startswith(FAILED):
        return FAILED + ", ".join(sorted(value[len(FAILED):].split(", ")))  # Salt's order is a set's
    if isinstance(value, str) and value.startswith("#### "):
        return "#### " + "\n#### ".join(sorted(part.strip("\n") for part in value[5:].split("\n#### ")))
    if isinstance(value, str):
        return TEMPORARY.sub("%TMP%", CHAINED.sub("", TRACE.sub("", value)))
    if isinstance(value, list):
        return [temporary_names(item) for item in value]
    if isinstance(value, dict):
        return {key: normal_item(key, item) for key, item in value.items()}
    return value


def normal_item(key, item):
    if key == "pid":
        return 0
    if key == "removed" and isinstance(item, list):
        return sorted(item)  # Salt's order is a set's
    return temporary_names(item)


def forked(work):
    """Runs `work` in a fork; returns what it returned (as JSON values)."""
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reader)
        try:
            os.setpgid(0, 0)
            quiet = os.open(os.devnull, os.O_RDWR)
            for descriptor in (0, 1, 2):
                os.dup2(quiet, descriptor)
            answer = work()
        except BaseException as error:  # every failure is an answer
            answer = {"failed": f"{type(error).__name__}: {error}", "trace": traceback.format_exc()}
        with os.fdopen(writer, "w") as pipe:
            json.dump(answer, pipe, default=str)
        os._exit(0)
    os.close(writer)

    def stop(*_):
        os.killpg(child, signal.SIGKILL)

    signal.signal(signal.SIGALRM, stop)
    signal.alarm(RUN_SECONDS)
    with os.fdopen(reader) as pipe:
        data = pipe.read()
    signal.alarm(0)
    os.waitpid(child, 0)
    return json.loads(data) if data else {"failed": f"no answer within {RUN_SECONDS} s"}


class Salt:
    """Salt, loaded."""

    def __init__(self):
        os.environ.clear()
        os.environ.update(ENVIRONMENT)
        os.umask(0o022)
        logging.disable(logging.CRITICAL)
        import salt.config
        import salt.loader
        import salt.minion

        place = Place({})
        found = salt.loader.grains(salt.config.minion_config(os.path.join(place.configuration, "minion")))
        place.remove()
        self.grains = {key: value for key, value in found.items()}

    def options(self, place):
        import salt.config
        import salt.loader
        import salt.utils.yaml

        options = salt.config.minion_config(os.path.join(place.configuration, "minion"))
        options["caller"] = True
        options["local"] = True
        options["__cli"] = "salt-call"
        identity = options["id"]

        def grains(*_, **__):
            values = dict(self.grains)
            values.update({"id": identity, "nodename": identity, "host": identity, "localhost": identity})
            values.update(json.loads(json.dumps(GRAINS)))
            static = os.path.join(place.configuration, "grains")
            if os.path.exists(static):
                with open(static, encoding="utf-8") as file:
                    values.update(salt.utils.yaml.safe_load(file) or {})
            values.update(place.case.get("grains", {}))
            return values

        salt.loader.grains = grains
        return options

    def call(self, place, fun, args, kwargs):
        """Runs one function; returns {"return", "retcode"} or {"raised"}."""
        import salt.minion

        options = self.options(place)
        options["fun"] = fun
        minion = salt.minion.SMinion(options)
        if fun not in minion.functions:
            return {"raised": minion.functions.missing_fun_string(fun)}
        function = minion.functions[fun]
        given = list(args)
        if kwargs:
            given.append(dict(kwargs, __kwarg__=True))
        try:
            args, kwargs = salt.minion.load_args_and_kwargs(
                function, given, data={"fun": fun, "jid": "20260101000000000000", "tgt": "salt-call"}
            )
            answer = minion.executors["direct_call.execute"](minion.opts, {"fun": fun}, function, args, kwargs)
        except Exception as error:
            return {"raised": f"{type(error).__name__}: {error}"}
        return {"return": answer, "retcode": minion.executors.pack["__context__"].get("retcode", 0)}


def pretty(value, indent=0, width=118):
    """JSON that a person can read: what fits in a line is in one line."""
    flat = json.dumps(value, ensure_ascii=False)
    if not isinstance(value, (dict, list)) or not value:
        return flat
    if len(flat) + indent <= width and not (indent == 0 and isinstance(value, dict)):
        return flat
    inner = " " * (indent + 2)
    if isinstance(value, list):
        items = [inner + pretty(item, indent + 2, width) for item in value]
        return "[\n" + ",\n".join(items) + "\n" + " " * indent + "]"
    items = []
    for key, item in value.items():
        head = inner + json.dumps(key, ensure_ascii=False) + ": "
        body = pretty(item, indent + 2, width)
        if "\n" not in body and len(head) + len(body) > width and isinstance(item, (dict, list)) and item:
            body = pretty(item, indent + 2, 1)
        items.append(head + body)
    return "{\n" + ",\n".join(items) + "\n" + " " * indent + "}"


def main(record, folder, pattern=""):
    """Records every case below `folder` whose path has `pattern`; with --check it only compares."""
    check = "--check" in sys.argv
    arguments = [argument for argument in sys.argv[1:] if not argument.startswith("--")]
    folder = arguments[0] if arguments else folder
    pattern = arguments[1] if len(arguments) > 1 else pattern
    only_new = "--new" in sys.argv
    salt = Salt()
    different = 0
    for path in sorted(case_files(folder)):
        if pattern not in path:
            continue
        with open(path, encoding="utf-8") as file:
            content = json.load(file)
        cases = content if isinstance(content, list) else [content]
        if only_new and all("expect" in case for case in cases):
            continue
        recorded = [record(salt, case) for case in cases]
        after = recorded if isinstance(content, list) else recorded[0]
        if check and after != content:
            different += 1
            print(f"{path}: Salt answers otherwise than recorded")
        elif not check:
            with open(path, "w", encoding="utf-8") as file:
                file.write(pretty(after) + "\n")
    if different:
        sys.exit(1)


def case_files(folder):
    for parent, _, names in os.walk(folder):
        for name in names:
            if name.endswith(".json"):
                yield os.path.join(parent, name)
