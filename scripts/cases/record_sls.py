"""Writes `expect` of the SLS cases: runs real Salt on each.

    $SALT_PYTHON scripts/cases/record_sls.py Tests/StatesTests/Cases [PART OF A PATH] [--new] [--check]

SALT_PYTHON is the Python that has `salt`. `--new` records only cases without `expect`. `--check` changes nothing
and exits with 1 when Salt's answer is not what a case says. Run it as root.
"""

import os

from salt_runs import Place, entries_of, forked, main

LEFT_OUT = {"start_time", "duration", "__run_num__", "__id__", "__sls__", "name", "__pid__"}


def results(place, answer):
    """The list of results in run order, or None when the answer is no map of results."""
    if not isinstance(answer, dict) or not answer:
        return None
    if not all("_|-" in key and isinstance(item, dict) and "result" in item for key, item in answer.items()):
        return None
    ordered = sorted(answer.items(), key=lambda pair: pair[1].get("__run_num__", 0))
    names = {item.get("__sls__") for _, item in ordered}
    found = []
    for tag, item in ordered:
        entry = {"tag": tag}
        if len(names) > 1:
            entry["sls"] = item.get("__sls__")
        for key in ("result", "changes", "comment"):
            if key in item:
                entry[key] = item[key]
        for key in sorted(item):
            if key not in LEFT_OUT and key not in entry:
                entry[key] = item[key]
        found.append(entry)
    return place.normalised(found)


def run(salt, place, extra):
    call = place.case["call"]
    kwargs = dict(call.get("kwargs", {}), **extra)
    return forked(lambda: salt.call(place, call["fun"], call.get("args", []), kwargs))


def record(salt, case):
    case = {key: value for key, value in case.items() if key != "expect"}
    place = Place(case)
    try:
        case["expect"] = expectation(salt, place)
    finally:
        place.remove()
    return case


def expectation(salt, place):
    case = place.case
    runs = case.get("runs", ["test", "run", "second"])
    if "test" in case["call"].get("kwargs", {}):
        runs = [one for one in runs if one != "test"]
    expect = {}
    files = entries_of(place.root)
    answers = {}
    for name in ("test", "run", "second"):
        if name not in runs:
            continue
        answer = run(salt, place, {"test": True} if name == "test" else {})
        after = entries_of(place.root)
        if "failed" in answer:
            raise SystemExit(f"{case['about']}: {answer['failed']}\n{answer.get('trace', '')}")
        answers[name] = outcome(place, answer)
        if name == "run" or after != files:
            answers[name]["files"] = place.normalised(after)
        files = after
    for key in ("error", "raised", "states", "data", "retcode"):
        if key in answers["run"]:
            expect[key] = answers["run"][key]
    for name in ("test", "second"):
        if name not in answers:
            continue
        one = answers[name]
        if "states" in one:
            expect[name] = "same" if one["states"] == answers["run"].get("states") else one["states"]
        elif "error" in one and one["error"] != answers["run"].get("error"):
            expect[name + "_error"] = one["error"]
        elif "data" in one and one["data"] != answers["run"].get("data"):
            expect[name] = one["data"]
    uses_files = bool(answers["run"].get("files"))
    if uses_files:
        expect["files"] = answers["run"]["files"]
    for name in ("test", "second"):
        if "files" in answers.get(name, {}):
            expect[name + "_files"] = answers[name]["files"]
    return expect


def outcome(place, answer):
    if "raised" in answer:
        return {"raised": place.normalised(answer["raised"])}
    value, found = answer["return"], {}
    states = results(place, value)
    if states is not None:
        found["states"] = states
    elif isinstance(value, list) and answer["retcode"] != 0:
        found["error"] = place.normalised(value)
    else:
        found["data"] = place.normalised(value)
    found["retcode"] = answer["retcode"]
    return found


if __name__ == "__main__":
    here = os.path.dirname(os.path.abspath(__file__))
    main(record, os.path.join(here, "../../Tests/StatesTests/Cases"))
