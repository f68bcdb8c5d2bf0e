"""Settings under test: the shipped ones, with a temporary home and cheap password hashing."""

import atexit
import os
import shutil
import tempfile

if "STREAMWRIGHT_HOME" not in os.environ:
    _home = tempfile.mkdtemp(prefix="streamwright-test-")
    os.environ["STREAMWRIGHT_HOME"] = _home
    atexit.register(shutil.rmtree, _home, ignore_errors=True)

from streamwright.settings import *  # noqa: F403
from streamwright.settings import STORAGES

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
STORAGES = STORAGES | {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
WHITENOISE_AUTOREFRESH = True
