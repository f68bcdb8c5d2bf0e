"""What can keep a request from being made, in words; the rest of the tree is in `connector/errors.py`.

ConnectorError
└── CannotBuild       422  the request cannot be made; nothing was sent
    ├── CallGone           the call was removed
    ├── BadAddress         the URL is no address a call can go to
    ├── BadHeader          a header's name or value cannot be sent
    ├── BadBody            the body is not valid JSON once its parameters are filled in
    ├── BadValue           one parameter's value does not fit its place
    └── ValueMissing       a parameter that must have a value has none
"""

from connector.errors import ConnectorError


class CannotBuild(ConnectorError):
    code = "cannot_build"
    status = 422
    sentence = "The request cannot be made."


class CallGone(CannotBuild):
    code = "call_gone"
    sentence = "This call does not exist any more."
    todo = "Open the step or the element and choose another call."


class BadAddress(CannotBuild):
    code = "bad_address"
    sentence = "The URL cannot be called: {reason}."
    todo = "Write it as https://host/path."


class BadHeader(CannotBuild):
    code = "bad_header"
    sentence = "The header {header} cannot be sent: {reason}."


class BadBody(CannotBuild):
    code = "bad_body"
    sentence = "The body is not valid JSON: line {line}, {reason}."
    why = "What was filled in is always written as JSON, so the template itself is not."
    todo = "Check line {line} of the body."


class BadValue(CannotBuild):
    code = "bad_value"
    sentence = "The value of {parameter} cannot be sent: {reason}."


class ValueMissing(CannotBuild):
    code = "value_missing"
    sentence = "{parameter} needs a value."
    why = "It is not optional, has no default, and may not be blank."
    todo = "Give it a value, or tick optional or allow blank."
