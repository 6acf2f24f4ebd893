"""A real browser for tests: headless Chromium, driven by its own driver over HTTP."""

import base64
import io
import json
import socket
import subprocess
import tempfile
import time
import urllib.request
from typing import Any

import numpy as np
from PIL import Image

FLAGS = (
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--window-size=800,600",
    "--autoplay-policy=no-user-gesture-required",
)


class Browser:
    """One headless Chromium with one page, over the WebDriver protocol (W3C, 2018)."""

    def __init__(self, driver: str, port: int) -> None:
        self._url = f"http://127.0.0.1:{port}"
        self._profile = tempfile.TemporaryDirectory(prefix="chromium")
        self._process = subprocess.Popen(
            [driver, f"--port={port}"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        try:
            self._wait()
            options = {"args": [*FLAGS, f"--user-data-dir={self._profile.name}"]}
            wanted = {"goog:chromeOptions": options, "goog:loggingPrefs": {"browser": "ALL"}}
            session = self._post("/session", {"capabilities": {"alwaysMatch": wanted}})
        except BaseException:
            self._process.kill()
            self._process.wait()
            raise
        self._url += f"/session/{session['sessionId']}"

    def _wait(self) -> None:
        for _ in range(100):
            try:
                urllib.request.urlopen(f"{self._url}/status", timeout=5).close()
            except OSError:
                time.sleep(0.1)
            else:
                return
        raise TimeoutError("the browser's driver does not answer")

    def _post(self, path: str, body: dict[str, Any]) -> Any:
        request = urllib.request.Request(
            self._url + path, json.dumps(body).encode(), {"Content-Type": "application/json"}
        )
        with urllib.request.urlopen(request, timeout=60) as answer:
            return json.load(answer)["value"]

    def open(self, url: str) -> None:
        self._post("/url", {"url": url})

    def run(self, script: str, *arguments: object) -> Any:
        """The value that an async function with this body resolves to."""
        whole = (
            "const done = arguments[arguments.length - 1], given = [...arguments].slice(0, -1);"
            f"(async (...a) => {{{script}}})(...given)"
            ".then(done, e => done({error: String(e)}));"
        )
        value = self._post("/execute/async", {"script": whole, "args": list(arguments)})
        assert not (isinstance(value, dict) and "error" in value), value
        return value

    def command(self, name: str, **parameters: object) -> Any:
        """The answer to a command of the DevTools protocol."""
        return self._post("/goog/cdp/execute", {"cmd": name, "params": parameters})

    def press(self, *keys: str) -> None:
        """Press keys one after the other, as a person would."""
        actions = [{"type": kind, "value": key} for key in keys for kind in ("keyDown", "keyUp")]
        device = {"type": "key", "id": "keyboard", "actions": actions}
        self._post("/actions", {"actions": [device]})

    def screenshot(self) -> np.ndarray:
        """What is seen of the page, [height, width, 3] uint8."""
        with urllib.request.urlopen(f"{self._url}/screenshot", timeout=60) as answer:
            png = base64.b64decode(json.load(answer)["value"])
        return np.asarray(Image.open(io.BytesIO(png)).convert("RGB"))

    def complaints(self) -> list[str]:
        """What the console shows as errors."""
        entries = self._post("/se/log", {"type": "browser"})
        return [entry["message"] for entry in entries if entry["level"] == "SEVERE"]

    def quit(self) -> None:
        request = urllib.request.Request(self._url, method="DELETE")
        urllib.request.urlopen(request, timeout=60).close()
        self._process.terminate()
        self._process.wait(20)
        self._profile.cleanup()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
