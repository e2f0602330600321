"""The project's settings, for tests: quick hashing, mail in memory, files in a temporary folder, everything strict."""

import os
import tempfile

from jinja2 import FileSystemBytecodeCache

os.environ.setdefault("CONCERTOIT_DATA", tempfile.mkdtemp(prefix="concertoit-tests-"))
os.environ.setdefault("CONCERTOIT_SECRET_KEY", "tests-only")
os.environ.setdefault("CONCERTOIT_DEMO", "0")

from concertoit.config.settings import *  # noqa: F403
from concertoit.config.settings import INSTALLED_APPS, LOGGING, MIDDLEWARE, STORAGES, TEMPLATES

INSTALLED_APPS = [*INSTALLED_APPS, "zeal"]  # a query per row fails the page that makes it
MIDDLEWARE = ["tests.hostile.one_at_a_time", "zeal.middleware.zeal_middleware", *MIDDLEWARE]
# Refusals are what the permission table asks for; they are not news.
LOGGING["loggers"]["django.request"] = {"level": "ERROR"}

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
STORAGES = {**STORAGES, "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]
SITE_URL = "http://testserver"
# Six hundred templates are compiled once for all processes and runs, not once for each (kept by their digest).
TEMPLATES[0]["OPTIONS"]["bytecode_cache"] = FileSystemBytecodeCache()
