"""Python runs this file at its start, in a program that `aitia record` has started."""


def _begin() -> None:
    import importlib.util
    import os
    import sys

    here = os.path.dirname(os.path.abspath(__file__))
    sys.path[:] = [p for p in sys.path if os.path.abspath(p or ".") != here]
    ours = sys.modules.pop("sitecustomize", None)
    try:
        import sitecustomize  # noqa: F401  the one of the environment
    except ImportError:
        if ours is not None:
            sys.modules["sitecustomize"] = ours
    if not os.environ.get("AITIA_RECORD"):
        return
    # Aitia may be installed for another interpreter than the program's.
    package = os.path.dirname(here)
    if importlib.util.find_spec("aitia") is None:
        spec = importlib.util.spec_from_file_location("aitia", os.path.join(package, "__init__.py"), submodule_search_locations=[package])
        module = importlib.util.module_from_spec(spec)
        sys.modules["aitia"] = module
        spec.loader.exec_module(module)
    from aitia import hook

    hook.install()


try:
    _begin()
except Exception as e:
    import sys

    print(f"aitia: the recorder could not begin, the program goes on: {e!r}", file=sys.stderr)
