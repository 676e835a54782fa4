"""From Python 3.13 on the module of durable-rules can only be imported with lazy binding."""

import sys


def raw() -> str:
    """Import it as any other module."""
    try:
        import durable_rules_engine
    except ImportError as error:
        return f"ImportError: {error}"
    return durable_rules_engine.__name__


def ours() -> str:
    """Import it as the engine does."""
    from partnerrules.engine.durable import durable_module

    return str(durable_module().__name__)


if __name__ == "__main__":
    print({"raw": raw, "ours": ours}[sys.argv[1]]())
