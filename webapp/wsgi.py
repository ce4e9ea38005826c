"""The site for WSGI servers: `gunicorn webapp.wsgi:app`."""

import logging
import os

from webapp.factory import create_app
from webapp.settings import Settings, prepare_home

logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s: %(message)s")
settings = Settings.from_env(os.environ)
prepare_home(settings)
app = create_app(settings)
