"""Visitors of the pages, without a browser."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.web.page import Visitor


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


@pytest.fixture
def page(client: FlaskClient) -> Visitor:
    """Somebody who opens pages; each one is checked."""
    return Visitor(client)


@pytest.fixture
def visitor(app: Flask) -> Callable[[], Visitor]:
    """Further people with browsers of their own."""
    return lambda: Visitor(app.test_client())
