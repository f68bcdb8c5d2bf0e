"""What can go wrong in proving to a service who calls, in words; the rest of the tree is in `connector/errors.py`.

ConnectorError
├── CannotBuild
│   ├── SecretMissing      422  there is no saved secret
│   │   └── SecretGone          it was removed before the request was sent again
│   ├── OptionWrong        422  the authentication is not filled in
│   ├── CertificateUnreadable   the client certificate or its key cannot be used
│   └── KeyUnreadable           the key that signs a JWT cannot be used
├── SecretElsewhere        409  the secret was saved for another scheme, host or port
├── SecretUnreadable       409  the secret was sealed with a key this server no longer has
├── NoAnswer
│   ├── CertificateRefused 502  the service wants another client certificate, or one at all
│   └── SecretNotRead      502  the database did not say which secret is saved now
└── NoToken                502  the service that gives tokens gave none
    ├── TokenRefused            it answered with an HTTP error, or a redirect
    └── TokenNotFound           it answered, and no token stands where one should
"""

from typing import Any

from connector.asking.errors import CannotBuild
from connector.errors import ConnectorError, NoAnswer, it_says


class SecretMissing(CannotBuild):
    code = "secret_missing"
    sentence = "{service} has no key yet."
    why = "Its authentication is {scheme}, and no secret is saved for it."
    todo = "Open authentication and put the key in."


class SecretGone(SecretMissing):
    code = "secret_gone"
    sentence = "The key of {service} was removed."
    why = "That was after the call had begun, and nothing is sent with a key that was removed."


class OptionWrong(CannotBuild):
    code = "option_wrong"
    sentence = "The authentication of {service} is not complete."
    why = "{option}: {reason}"
    todo = "Open authentication and fill it in."


class CertificateUnreadable(CannotBuild):
    """`field` names the secret that is wrong."""

    code = "certificate_unreadable"
    sentence = "The client certificate cannot be used: {reason}."
    todo = "Paste certificate and key again as PEM, from -----BEGIN to END-----."


class KeyUnreadable(CannotBuild):
    code = "key_unreadable"
    sentence = "The key that signs the JWT cannot be used: {reason}."
    todo = "Paste it again as the service shows it, or choose the other algorithm."


class SecretElsewhere(ConnectorError):
    code = "secret_elsewhere"
    status = 409
    sentence = "The saved key is not for {origin}."
    why = "A key is only sent to the scheme, host and port it was saved for: {saved}."
    todo = "Put the key in again for the new address."


class SecretUnreadable(ConnectorError):
    code = "secret_unreadable"
    status = 409
    sentence = "The saved key can no longer be read."
    why = "It was sealed with a vault key this server does not have, or it was changed."
    todo = "Put the key in again."


class CertificateRefused(NoAnswer):
    code = "certificate_refused"
    sentence = "{service} did not accept the client certificate."
    why = "It ended the TLS handshake: {reason}."
    todo = "Open authentication, choose client certificate, and paste the one that the service knows."


class SecretNotRead(NoAnswer):
    code = "secret_not_read"
    sentence = "The key of {service} could not be read just now."
    why = "The database did not answer, and nothing is sent again before it has said which key is saved."
    todo = "Try again."


class NoToken(ConnectorError):
    """`message` is the token service's own sentence, masked, if there was one."""

    code = "no_token"
    sentence = "{service} gave no token."
    todo = "Open authentication and check its secrets and the address of the token."

    def __init__(self, sentence: str | None = None, **data: Any):
        message = str(data.get("message") or "").strip()
        super().__init__(sentence, **(data | {"message": message, "said": it_says(message)}))


class TokenRefused(NoToken):
    code = "token_refused"
    sentence = "{service} gave no token ({http_status})."
    why = "It did not accept the secrets or the way they were sent.{said}"


class TokenNotFound(NoToken):
    code = "token_not_found"
    sentence = "{service} answered without a token at {path}."
    why = "{holds}{said}"
    todo = "Open authentication and check the path of the token and what is sent for it."
