"""What a web server runs."""

import os

from django.core.wsgi import get_wsgi_application

from .warming import warm

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "trefoil.config.settings")
application = get_wsgi_application()
warm()
