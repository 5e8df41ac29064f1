"""Without a browser these tests fail; they are not passed over."""

import browser
import pytest


def test_no_browser_is_an_error(monkeypatch):
    monkeypatch.setenv("KUMIKI_BROWSER", "no-such-browser")
    with pytest.raises(FileNotFoundError, match="no browser: none of no-such-browser is installed"):
        browser.Browser()
