"""Firefox for tests: headless, driven by its own Marionette protocol over a socket."""

import json
import socket
import subprocess
import tempfile
import time
from pathlib import Path
from typing import Any

_PREFERENCES = {
    "marionette.port": 0,
    "app.update.enabled": False,
    "browser.shell.checkDefaultBrowser": False,
    "datareporting.policy.dataSubmissionEnabled": False,
    "network.captive-portal-service.enabled": False,
    "network.connectivity-service.enabled": False,
    "media.autoplay.default": 0,
}
_ERRORS = """
return Services.console.getMessageArray()
  .filter(each => each instanceof Ci.nsIScriptError)
  .filter(each => !(each.flags & Ci.nsIScriptError.warningFlag))
  .filter(each => /^(file|http|data|blob):/.test(each.sourceName)).map(String);
"""


class Firefox:
    """One headless Firefox with one page."""

    def __init__(self, program: str, port: int) -> None:
        self._profile = tempfile.TemporaryDirectory(prefix="firefox")
        lines = {**_PREFERENCES, "marionette.port": port}.items()
        Path(self._profile.name, "user.js").write_text(
            "".join(f"user_pref({json.dumps(k)}, {json.dumps(value)});\n" for k, value in lines)
        )
        ways = ["--headless", "--no-remote", "--marionette", "--remote-allow-system-access"]
        self._process = subprocess.Popen(
            [program, *ways, "--profile", self._profile.name],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        self._number = 0
        try:
            self._socket = self._connected(port)
            self._received()  # who it is
            self._do("WebDriver:NewSession")
            self._do("WebDriver:SetTimeouts", script=60_000)
        except BaseException:
            self._process.kill()
            self._process.wait()
            raise

    def _connected(self, port: int) -> socket.socket:
        for _ in range(300):
            try:
                return socket.create_connection(("127.0.0.1", port), timeout=90)
            except OSError:
                time.sleep(0.1)
        raise TimeoutError("Firefox does not answer")

    def _received(self) -> Any:
        size = b""
        while (byte := self._socket.recv(1)) != b":":
            size += byte
        text = b""
        while len(text) < int(size):
            text += self._socket.recv(int(size) - len(text))
        return json.loads(text)

    def _do(self, command: str, **parameters: object) -> Any:
        self._number += 1
        text = json.dumps([0, self._number, command, parameters]).encode()
        self._socket.sendall(str(len(text)).encode() + b":" + text)
        _, _, error, value = self._received()
        assert error is None, error
        return value

    def open(self, url: str) -> None:
        self._do("WebDriver:Navigate", url=url)

    def run(self, script: str, *arguments: object) -> Any:
        """The value that an async function with this body resolves to."""
        whole = (
            "const done = arguments[arguments.length - 1], given = [...arguments].slice(0, -1);"
            f"(async (...a) => {{{script}}})(...given)"
            ".then(done, e => done({error: String(e)}));"
        )
        answer = self._do("WebDriver:ExecuteAsyncScript", script=whole, args=[*arguments])
        value = answer["value"]
        assert not (isinstance(value, dict) and "error" in value), value
        return value

    def press(self, *keys: str) -> None:
        """Press keys one after the other, as a person would."""
        actions = [{"type": kind, "value": key} for key in keys for kind in ("keyDown", "keyUp")]
        device = {"type": "key", "id": "keyboard", "actions": actions}
        self._do("WebDriver:PerformActions", actions=[device])

    def complaints(self) -> list[str]:
        """What the console shows as errors of pages that were opened."""
        self._do("Marionette:SetContext", value="chrome")
        try:
            return self._do("WebDriver:ExecuteScript", script=_ERRORS, args=[])["value"]
        finally:
            self._do("Marionette:SetContext", value="content")

    def quit(self) -> None:
        self._do("Marionette:Quit", flags=["eForceQuit"])
        self._socket.close()
        self._process.wait(20)
        self._profile.cleanup()
