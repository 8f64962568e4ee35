"""Writes `expect` of the template cases: renders each with real Salt.

    $SALT_PYTHON scripts/cases/record_jinja.py Tests/JinjaTests/Cases [PART OF A PATH] [--new] [--check]

SALT_PYTHON is the Python that has `salt`. `--new` records only files that have no `expect`. `--check` changes nothing
and exits with 1 when Salt's answer is not what a case says.
"""

import os
import re
import traceback

from salt_runs import Place, as_text, forked, main, text


def render(loaded, place):
    """Renders the case's template as Salt does; returns what `expect` says."""
    import salt.exceptions
    import salt.minion
    import salt.utils.templates

    minion = salt.minion.SMinion(loaded.options(place))
    case = place.case
    arguments = {
        "opts": minion.opts,
        "saltenv": case.get("saltenv", "base"),
        "salt": minion.functions,
        "grains": minion.opts["grains"],
        "pillar": minion.opts["pillar"],
    }
    if "sls" in case:
        arguments["sls"] = case["sls"]
        path = os.path.join(place.top, "tree", arguments["saltenv"], *case["sls"].split("."))
        folder = os.path.join(path, "init.sls")
        arguments["tmplpath"] = folder if os.path.exists(folder) else path + ".sls"
    try:
        answer = salt.utils.templates.JINJA(
            text(case["template"]), from_str=True, to_str=True, context=case.get("context", {}), **arguments
        )
    except salt.exceptions.SaltRenderError as error:
        return {"error": described(place, error)}
    if not answer["result"]:
        return {"error": from_trace(answer["data"])}
    return answer["data"]


def from_trace(trace):
    """Salt could not make an error of its own of it, and answered with a Python traceback: its first exception."""
    kind, message = re.search(r"^([A-Za-z.]+): (.*)$", trace, re.MULTILINE).groups()
    return {"kind": "syntax" if kind == "SyntaxError" else kind, "message": message}


def described(place, error):
    import jinja2.exceptions
    from salt.exceptions import CommandExecutionError, SaltInvocationError

    cause = error.__context__
    kinds = [
        (jinja2.exceptions.UndefinedError, "undefined"),
        (jinja2.exceptions.SecurityError, "security"),
        (jinja2.exceptions.TemplateSyntaxError, "syntax"),
        (jinja2.exceptions.TemplateRuntimeError, "runtime"),
        (jinja2.exceptions.TemplateError, "runtime"),
        ((CommandExecutionError, SaltInvocationError), "call"),
    ]
    kind = next((name for kinds_of, name in kinds if isinstance(cause, kinds_of)), type(cause).__name__)
    found = {"kind": kind}
    file, line = None, None
    if isinstance(cause, jinja2.exceptions.TemplateSyntaxError):
        file, line = cause.filename or "", cause.lineno
    else:
        for frame in traceback.extract_tb(cause.__traceback__):
            if frame.name in ("template", "top-level template code") or frame.name.startswith("block "):
                file, line = frame.filename, frame.lineno
    if line:
        found["line"] = line
        base = os.path.join(place.cache, "files") + os.sep
        if file.startswith(base):
            found["file"] = file[len(base):].split(os.sep, 1)[1]
    sentence = str(cause).split("\n")[0] or type(cause).__name__
    found["message"] = place.normalised(sentence)
    return found


def record(loaded, case):
    case = {key: value for key, value in case.items() if key != "expect"}
    place = Place(dict(case, tree={case.get("saltenv", "base"): case.get("files", {})}))
    try:
        answer = forked(lambda: {"value": render(loaded, place)})
    finally:
        place.remove()
    answer = answer.get("value", answer)
    if isinstance(answer, dict) and "failed" in answer:
        raise SystemExit(f"{case['template']}: {answer['failed']}\n{answer.get('trace', '')}")
    if isinstance(answer, str):
        answer = place.normalised(answer)
        answer = as_text(answer) if answer.count("\n") > 1 else answer
    case["expect"] = answer
    return case


if __name__ == "__main__":
    here = os.path.dirname(os.path.abspath(__file__))
    main(record, os.path.join(here, "../../Tests/JinjaTests/Cases"))
