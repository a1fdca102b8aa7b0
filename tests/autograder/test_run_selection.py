"""What a check selects: a lab's own scenarios, the regressions it has to keep, and the programs they need."""

from __future__ import annotations

import unittest
from unittest import mock

from autograder import scenario as scenarios
from autograder.errors import WrongUse
from autograder.labs import latest_lab_with, program_for
from autograder.run import selection
from autograder.run.build import Target
from tests.autograder.samples import entry


def peer_only(peer) -> None:
    """Nothing but a scripted peer."""


def with_server(server, client) -> None:
    """Both sides."""


SAMPLES = {found.name: found for found in (
    entry(peer_only, name="lines_carry", lab=2, program="line_server", carries=True),
    entry(peer_only, name="line_client_carries", lab=2, program="line_client", carries=True),
    entry(peer_only, name="login_carries", lab=3, carries=True),
    entry(peer_only, name="login_stays", lab=3),
    entry(peer_only, name="passive", lab=5),
    entry(with_server, name="milestone", lab=6, program="ftp_client"),
    entry(peer_only, name="client_alone", lab=6, program="ftp_client"),
)}


class Selecting(unittest.TestCase):
    def setUp(self) -> None:
        for patch in (mock.patch.dict(scenarios.REGISTRY, SAMPLES, clear=True),
                      mock.patch.object(selection, "load_all", lambda: None)):
            patch.start()
            self.addCleanup(patch.stop)

    def test_earlier_scenarios_that_carry_are_regressions(self) -> None:
        chosen = selection.select(5)
        self.assertEqual([scenario.name for scenario in chosen.scenarios], ["passive"])
        self.assertEqual([scenario.name for scenario in chosen.regressions], ["lines_carry", "login_carries"])

    def test_an_earlier_program_is_replaced_by_the_one_that_stands_in_for_it(self) -> None:
        self.assertEqual(selection.select(5).targets(),
                         {"ftp_server": Target(5, "ftp_server"), "line_server": Target(5, "ftp_server")})
        self.assertEqual(program_for(5, "line_server"), "ftp_server")
        self.assertIsNone(program_for(6, "line_server"))

    def test_a_client_scenario_that_wants_a_server_gets_the_newest(self) -> None:
        self.assertEqual(latest_lab_with("ftp_server", 6), 5)
        self.assertEqual(selection.select(6, ["milestone"]).targets(),
                         {"ftp_client": Target(6, "ftp_client"), "ftp_server": Target(5, "ftp_server")})
        self.assertEqual(selection.select(6, ["client_alone"]).targets(), {"ftp_client": Target(6, "ftp_client")})

    def test_only_takes_regressions_too(self) -> None:
        chosen = selection.select(5, ["login_carries"])
        self.assertEqual((chosen.scenarios, len(chosen.regressions)), ((), 1))

    def test_nothing_selected_is_an_error_and_never_a_pass(self) -> None:
        with self.assertRaisesRegex(WrongUse, "nothing was checked"):
            selection.select(1)
        with self.assertRaisesRegex(WrongUse, "did you mean passive"):
            selection.select(5, ["pasive"])
        with self.assertRaisesRegex(WrongUse, "is a scenario of lab 3"):
            selection.select(5, ["login_stays"])


if __name__ == "__main__":
    unittest.main()
