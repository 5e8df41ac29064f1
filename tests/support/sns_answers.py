"""What SNS's answers carry: times, errors with their words."""

from answers import Text, refused

ISO = Text(r"20\d\d-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z")
SENDER = {"Type": "Sender"}


def invalid(message):
    return refused(400, "InvalidParameter", message, **SENDER)
