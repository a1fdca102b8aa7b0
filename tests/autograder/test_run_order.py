"""In which order scenarios run, beside which others, in which weather, and from which seed."""

from __future__ import annotations

import time
import unittest

from autograder.run.job import Circumstances
from autograder.run.runner import Runner
from autograder.scenario import Verdict, Weather
from tests.autograder import fakes
from tests.autograder.runner_case import RunnerTest, a_scenario, echoes, starts


class Order(RunnerTest):
    def test_what_comes_after_a_failure_is_blocked_by_its_root_cause(self) -> None:
        first = a_scenario(echoes, name="first")
        second = a_scenario(echoes, name="second", after=("first",))
        third = a_scenario(echoes, name="third", after=("second",))
        other = a_scenario(starts, name="other")
        results = self.run_all(fakes.EXITS_AT_ONCE, first, second, third, other)
        self.assertEqual([result.scenario for result in results], ["first", "second", "third", "other"])
        self.assertEqual([result.blocked_by for result in results], ["", "first", "first", ""])

    def test_the_first_weather_that_fails_speaks(self) -> None:
        def only_plain(server, context) -> None:
            """Passes in plain weather only."""
            if context.conditions.weather is not Weather.PLAIN:
                raise AssertionError(context.conditions.weather)

        weathers = (Weather.PLAIN, Weather.SPLIT, Weather.DRIP)
        result = self.run_one(fakes.ECHO, only_plain, weather=weathers)
        self.assertEqual((result.verdict, result.weather), (Verdict.GRADER_ERROR, "split"))

    def test_without_the_shim_its_weather_is_left_out(self) -> None:
        result = self.run_one(fakes.ECHO, weather=(Weather.PLAIN, Weather.SHORT_IO))
        self.assertEqual((result.verdict, result.weather), (Verdict.PASS, "plain"))

    def test_scenarios_run_side_by_side_and_the_lonely_ones_by_themselves(self) -> None:
        def works(context) -> None:
            """Takes a while, and notes when it began and ended."""
            began = time.monotonic()  # the same clock in every worker
            time.sleep(0.3)  # the work itself: nothing waits for it to be over
            context.transcript.step(f"{began} {time.monotonic()}")

        together = [a_scenario(works, name=f"together_{number}") for number in range(4)]
        alone = [a_scenario(works, name=f"alone_{number}", alone=True) for number in range(2)]
        results = self.run_all(fakes.ECHO, *alone, *together, jobs=4)
        times = {result.scenario: [float(word) for word in result.steps[0].split()] for result in results}
        self.assertEqual(len(times), 6)
        side_by_side = [times[scenario.name] for scenario in together]
        self.assertLess(max(began for began, _ in side_by_side), min(ended for _, ended in side_by_side))
        for name in ("alone_0", "alone_1"):
            began, ended = times[name]
            others = [other for key, other in times.items() if key != name]
            self.assertTrue(all(other[1] <= began or ended <= other[0] for other in others), times)

    def test_the_same_seed_gives_the_same_chances_and_another_gives_others(self) -> None:
        def draws(context) -> None:
            """Shows what it draws."""
            context.transcript.step(str(context.seed))

        drawn = [self.run_all(fakes.ECHO, a_scenario(draws), seed=seed)[0].steps for seed in (1, 1, 2)]
        self.assertEqual(drawn[0], drawn[1])
        self.assertNotEqual(drawn[0], drawn[2])

    def test_a_regression_counts_for_nothing(self) -> None:
        circumstances = Circumstances(commands={"echo_server": fakes.ECHO}, workspace=self.folder)
        result = Runner(circumstances).run([], [a_scenario(echoes)])[0]
        self.assertEqual((result.regression, result.points, result.max_points), (True, 0, 0))


if __name__ == "__main__":
    unittest.main()
