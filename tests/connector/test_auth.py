"""What is special about single ways to authenticate."""

import httpx
import pytest

from connector.auth import auth
from connector.sending.auth_errors import OptionWrong


def headers(name, secrets, options=None):
    request = httpx.Request("GET", "https://api.acme.example/")
    return next(auth[name].using(secrets, options or {}).auth_flow(request)).headers


def test_a_token_pasted_with_bearer_or_blanks_is_sent_once():
    for pasted in ("tok", "Bearer tok", "bearer tok", " tok\n"):
        assert headers("bearer", {"token": pasted})["authorization"] == "Bearer tok"


def test_a_key_goes_to_x_api_key_unless_said_otherwise():
    assert headers("key_in_header", {"key": "k"})["x-api-key"] == "k"
    assert headers("key_in_header", {"key": "k"}, {"header": "api-key"})["api-key"] == "k"


@pytest.mark.parametrize("header", ["Host", "X Y", "X\nY", "proxy-authorization"])
def test_a_key_cannot_be_put_into_a_header_of_the_connection(header):
    assert not auth["key_in_header"].Options({"header": header}).is_valid()
    with pytest.raises(OptionWrong):
        headers("key_in_header", {"key": "k"}, {"header": header})
