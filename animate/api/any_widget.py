"""The widget as anywidget shows it: what its page and Python tell each other."""

# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false

from collections.abc import Mapping
from importlib.resources import files
from typing import Any

import anywidget
import traitlets

from animate.api.board import Board, Ground, check_fit, paths_of
from animate.api.functions import Given, held
from animate.api.held import Scene
from animate.api.keywords import in_keywords
from animate.api.progress import progress
from animate.api.sliders import Ends, Slider, number, sliders_of, without_option
from animate.api.widget import Widget
from animate.errors import AnimateError, UsageError, sentence
from animate.scene.load import Script
from animate.sources import Solution


def _own(name: str) -> str:
    return files("animate.api").joinpath(name).read_text(encoding="utf-8")


class Sliders(Widget, anywidget.AnyWidget):
    """`values` come from the page, or from the program; `paths` answer them and name those that
    they were made with. `rest` counts how often the page has come to rest: if the picture is that
    of other values, it is drawn anew then."""

    _esm = _own("widget.js")
    _css = _own("widget.css")

    sliders = traitlets.List(read_only=True).tag(sync=True)
    values = traitlets.Dict().tag(sync=True)
    paths = traitlets.Dict(read_only=True).tag(sync=True)
    picture = traitlets.Dict(read_only=True).tag(sync=True)
    rest = traitlets.Int(0).tag(sync=True)

    def __init__(self, scene: Given, *, sliders: Mapping[str, Ends]) -> None:
        script = held(scene).script
        check_fit(script)
        self._first, self._board = script, Board()
        with in_keywords(), progress(script.name) as told:
            self._solution = self._board.trace(script, told)
            rates = self._solution.trajectories.rates
            self._sliders = {each.key: each for each in sliders_of(script, sliders, rates)}
            self._ground: Ground = self._board.ground(script, told)
        self._script = self._drawn = script
        self._busy = False
        begin = {key: each.value for key, each in self._sliders.items()}
        self._newest = begin
        super().__init__(values=begin)
        self.set_trait("sliders", [*map(_told, self._sliders.values())])
        self.set_trait("picture", {**self._ground.told})
        self._answer(begin)
        self.observe(self._follow, "values")
        self.observe(self._settle, "rest")

    @property
    def scene(self) -> Scene:
        """The scene with the last numbers that it could be drawn with."""
        return Scene(self._script)

    @traitlets.validate("values")
    def _whole(self, proposal: Any) -> dict[str, float]:
        """The values of all sliders, those that are not given as they are now."""
        given, values = proposal["value"], dict(self._newest)
        for key, value in given.items():
            slider, told = self._sliders.get(key), number(value)
            if slider is None:
                known = ", ".join(self._sliders)
                raise UsageError(f"values: there is no slider {key!r}; there are {known}")
            if told is None:
                raise UsageError(f"values: {key}: must be a finite number, got {value!r}")
            if not slider.low <= told <= slider.high:
                ends = f"{slider.low:g} to {slider.high:g}"
                raise UsageError(f"values: {key}: must be from {ends}, got {value!r}")
            values[key] = round(told) if slider.whole else told
        self._newest = values
        return dict(values)

    def _follow(self, _: object) -> None:
        """Draw the paths of the newest values; those that come meanwhile and are followed by others
        are left out."""
        if self._busy:
            return
        self._busy = True
        try:
            while self.paths["values"] != self.values:
                self._draw(dict(self.values))
        finally:
            self._busy = False

    def _draw(self, values: dict[str, float]) -> None:
        try:
            script, solution = self._solved(values)
        except Exception as error:
            self._answer(values, _in_words(error))
        else:
            self._script, self._solution = script, solution
            self._answer(values)

    def _solved(self, values: dict[str, float]) -> tuple[Script, Solution]:
        with in_keywords():
            settings = [self._sliders[key].setting(value) for key, value in values.items()]
            script = self._first.changed(settings)
            check_fit(script)
            return script, self._board.trace(script)

    def _answer(self, values: dict[str, float], wrong: str = "") -> None:
        """Tell the last good paths, the values that were asked for, and what is wrong with them."""
        told = paths_of(self._solution, self._ground)
        self.set_trait("paths", {**told, "values": values, "wrong": wrong})

    def _settle(self, _: object) -> None:
        """Draw the picture of the last good paths, if it is that of others."""
        if self._drawn is self._script:
            return
        self._drawn = self._script
        try:
            with in_keywords():
                ground = self._board.ground(self._script)
        except Exception as error:
            self._answer(self.paths["values"], _in_words(error))
            return
        self._ground = ground
        with self.hold_sync():
            self.set_trait("picture", {**ground.told})
            self._answer(self.paths["values"], self.paths["wrong"])

    def __repr__(self) -> str:
        return f"<animate.Widget: {', '.join(f'{k} = {v:g}' for k, v in self.values.items())}>"


def _told(slider: Slider) -> dict[str, Any]:
    """What the page is told of a slider."""
    return {
        "key": slider.key,
        "low": slider.low,
        "high": slider.high,
        "whole": slider.whole,
        "logarithmic": slider.logarithmic,
    }


def _in_words(error: Exception) -> str:
    if isinstance(error, AnimateError):
        return "\n".join(without_option(error))
    return f"this is a mistake of the program, please report it: {sentence(error)}"
