"""Wrong FTP servers: PASV, and what listens behind it."""

from autograder.kit.mutants import Mutant

CHANNEL, HOST_PORT = "lab05_passive/data_channel.cpp", "lab05_passive/host_port.cpp"
COMMANDS, TRANSFER = "lab05_passive/passive_commands.cpp", "lab05_passive/transfer.cpp"
PORT_BYTES = 'std::to_string(address.port / 256) + "," + std::to_string(address.port % 256)'

MUTANTS = [
    Mutant(
        id="P01", file=HOST_PORT, needle=PORT_BYTES,
        replacement='std::to_string(address.port % 256) + "," + std::to_string(address.port / 256)',
        symptom="p1 and p2 are swapped", killed_by="pasv_opens_the_port_that_it_tells",
    ),
    Mutant(
        id="P01b", file=HOST_PORT, needle=PORT_BYTES,
        replacement='std::to_string((address.port - 1) / 256) + "," + std::to_string((address.port - 1) % 256 + 1)',
        symptom="a low byte of 0 is told as 256", killed_by="pasv_writes_every_port_right",
    ),
    Mutant(
        id="P02", file=CHANNEL, needle="if (error.code() != std::errc::address_in_use) {",
        replacement='if (error.code() != std::error_code()) {', symptom="one try: the first port in use is an error",
        killed_by="pasv_passes_over_ports_in_use",
    ),
    Mutant(
        id="P02b", file=CHANNEL, needle="thread_local std::random_device device;",
        replacement="std::minstd_rand device(1);",
        symptom="the random generator is not seeded: the port can be foreseen",
        killed_by="data_ports_cannot_be_foreseen",
    ),
    Mutant(
        id="P03", file=COMMANDS, needle="options.passive_address.empty() ? own.host()",
        replacement='options.passive_address.empty() ? std::string("127.0.0.1")',
        symptom="a fixed host in 227", killed_by="pasv_tells_the_address_that_the_client_reached",
    ),
    Mutant(
        id="P04", file=COMMANDS, needle="connector.reset();  //",
        replacement="static_cast<void>(connector.release());  //",
        symptom="the listener of an earlier PASV is never closed", killed_by="pasv_replaces_the_one_before",
    ),
    Mutant(
        id="P04b", file=COMMANDS, needle='{"PASV", reads,', replacement='{"PASV", Policy{.login = false},',
        symptom="PASV opens a port for anybody", killed_by="pasv_needs_a_login",
    ),
    Mutant(
        id="P05", file=CHANNEL, needle="if (next && (!client_ || next->peer.same_host(*client_))) {",
        replacement="if (next) {", symptom="whoever connects first gets the data", killed_by="strangers_get_no_data",
    ),
    Mutant(
        id="P05b", file=COMMANDS, needle="if (!host_port_of(own)) {", replacement="if (own.port() == 0) {",
        symptom="PASV over IPv6 is an internal error", killed_by="pasv_over_ipv6_is_refused",
    ),
    Mutant(
        id="P07", file=TRANSFER,
        needle="const std::unique_ptr<DataConnector> connector = std::move(session_.part<DataChannel>().connector);",
        replacement="DataConnector* const connector = session_.part<DataChannel>().connector.get();",
        symptom="PASV is not used up: a second RETR waits for a client that does not know of it",
        killed_by="one_pasv_serves_one_transfer",
    ),
    Mutant(
        id="P08", file=TRANSFER, needle="if (!session.part<DataChannel>().connector) {",
        replacement="if (!session.user()) {",
        symptom="a transfer without PASV crashes the server", killed_by="one_pasv_serves_one_transfer",
    ),
    Mutant(
        id="P10", file=TRANSFER, needle="    connector->refuse();", replacement="    return;",
        symptom="550, but the data connection stays open", killed_by="refused_retr_ends_the_data_connection",
    ),
    Mutant(
        id="P10b", file=TRANSFER, needle="    connector->refuse();",
        replacement="    session_.part<DataChannel>().connector.reset();",
        symptom="a refused command closes the listener", killed_by="refused_retr_keeps_the_listener",
    ),
    Mutant(
        id="P20", file=CHANNEL,
        needle='waiter.wait(listener_.descriptor(), POLLIN, deadline, "waiting for the data connection");',
        replacement="pollfd waiting{listener_.descriptor(), POLLIN, 0};\n    static_cast<void>(deadline);\n"
                    "    ::poll(&waiting, 1, -1);",
        symptom="accept has no deadline: a client that never connects holds the server", killed_by="nobody_connects",
    ),
]
