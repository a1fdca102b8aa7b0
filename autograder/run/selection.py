"""Which scenarios a check runs, and which programs they need."""

from __future__ import annotations

import difflib
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from autograder.errors import WrongUse
from autograder.labs import LABS, STANDS_IN_FOR, latest_lab_with, program_for
from autograder.run.build import Target
from autograder.scenario import REGISTRY, Scenario, Weather, carried_into, of_lab
from autograder.scenarios import load_all

_STARTED_BY = {"server": "server", "ftp": "server", "client": "client"}  # fixture -> the side of the pair it starts


@dataclass(frozen=True)
class Selection:
    """The scenarios of one check."""

    lab: int
    scenarios: tuple[Scenario, ...]
    regressions: tuple[Scenario, ...] = ()  # of earlier labs: reported, not counted

    @property
    def all(self) -> tuple[Scenario, ...]:
        """Those that count and those that do not."""
        return self.scenarios + self.regressions

    @property
    def needs_shim(self) -> bool:
        """Whether some scenario runs with short reads and writes."""
        return any(Weather.SHORT_IO in scenario.weather for scenario in self.all)

    def targets(self) -> dict[str, Target]:
        """The programs that the scenarios start, by the name the scenarios know them by."""
        return {name: target for scenario in self.all for name, target in self._targets_of(scenario).items()}

    def limited_to(self, programs: Collection[str]) -> Selection:
        """The scenarios that need no other programs than these."""
        def kept(scenarios: Sequence[Scenario]) -> tuple[Scenario, ...]:
            return tuple(scenario for scenario in scenarios if self._targets_of(scenario).keys() <= set(programs))

        return Selection(self.lab, kept(self.scenarios), kept(self.regressions))

    def _targets_of(self, scenario: Scenario) -> dict[str, Target]:
        family = scenario.program.rpartition("_")[0]
        others = {f"{family}_{_STARTED_BY[fixture]}" for fixture in scenario.fixtures if fixture in _STARTED_BY}
        found: dict[str, Target] = {}
        for name in sorted({scenario.program, *others}):
            program = program_for(self.lab, name) or name
            lab = latest_lab_with(program, self.lab)
            if lab:
                found[name] = Target(lab, program)
        return found


def select(lab: int, only: Sequence[str] = ()) -> Selection:
    """The scenarios of a lab and the regressions it has to keep, or those named in `only`. Raises WrongUse."""
    load_all()
    if lab not in LABS:
        raise WrongUse(f"there is no lab {lab}: the labs are {min(LABS)} to {max(LABS)}")
    own = of_lab(lab)
    carried = [s for s in carried_into(lab, _known_programs(lab)) if program_for(lab, s.program)]
    if only:
        for name in only:
            _known(name, [scenario.name for scenario in own + carried], lab)
        own = [scenario for scenario in own if scenario.name in only]
        carried = [scenario for scenario in carried if scenario.name in only]
    if not own and not carried:
        raise WrongUse(f"lab {lab} has no scenarios: nothing was checked")
    return Selection(lab, tuple(own), tuple(carried))


def _known_programs(lab: int) -> tuple[str, ...]:
    programs = LABS[lab].programs
    return programs + tuple(earlier for earlier, later in STANDS_IN_FOR.items() if later in programs)


def _known(name: str, names: Sequence[str], lab: int) -> None:
    """Raises WrongUse with the nearest name that exists."""
    if name in names:
        return
    if name in REGISTRY:
        raise WrongUse(f"{name} is a scenario of lab {REGISTRY[name].lab}: `python3 autograder check "
                       f"{REGISTRY[name].lab} --only {name}`")
    near = difflib.get_close_matches(name, names or list(REGISTRY), 1, 0.4)
    hint = f": did you mean {near[0]}?" if near else ": `python3 autograder catalog` lists them"
    raise WrongUse(f"lab {lab} has no scenario {name}{hint}")


def scenario_named(name: str) -> Scenario:
    """A scenario of any lab. Raises WrongUse with the nearest name that exists."""
    load_all()
    if name not in REGISTRY:
        near = difflib.get_close_matches(name, list(REGISTRY), 1, 0.4)
        raise WrongUse(f"there is no scenario {name}" + (f": did you mean {near[0]}?" if near else ""))
    return REGISTRY[name]
