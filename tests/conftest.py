"""What all tests share: no test is timed, and none writes into the user's cache folder."""

import pytest
from hypothesis import settings

settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")


@pytest.fixture(scope="session", autouse=True)
def _cache_folder(tmp_path_factory):
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PARTNERRULES_CACHE", str(tmp_path_factory.mktemp("cache")))
        yield
