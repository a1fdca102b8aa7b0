"""Wrong servers that connect to whom they should not, or do not connect, each with one mistake."""

from autograder.kit.mutants import Mutant

COMMANDS, CONNECTOR = "lab07_active/active_commands.cpp", "lab07_active/active_connector.cpp"
ADDRESS, TRANSFER = "lab07_active/extended_address.cpp", "lab05_passive/transfer.cpp"
AGREE = "session.part<DataChannel>().connector = std::make_unique<ActiveConnector>(own, target);"
SAID = "struct ExtendedPassiveOnly {\n  bool said = false;"

MUTANTS = [
    Mutant(
        id="A01", file=COMMANDS, needle="parse_host_port(argument.text())",
        replacement="find_host_port(argument.text())",
        symptom="PORT takes six numbers out of whatever stands around them",
        killed_by="port_refuses_what_is_no_address",
    ),
    Mutant(
        id="A02", file=COMMANDS, needle="if (!session.options().allow_foreign_data && ", replacement="if (false && ",
        symptom="PORT makes the server connect to anybody",
        killed_by=("port_leads_to_the_client_only", "eprt_leads_to_the_client_only"),
    ),
    Mutant(
        id="A02b", file=COMMANDS, needle="if (target.port() < first_unprivileged_port) {",
        replacement="if (target.port() < first_unprivileged_port / 1024) {",
        symptom="PORT leads to the ports of services", killed_by="port_leads_to_no_privileged_port",
    ),
    Mutant(
        id="A02c", file=COMMANDS, needle="!session.options().allow_foreign_data && !target", replacement="!target",
        symptom="--allow-foreign-data is ignored", killed_by="foreign_addresses_are_served_on_request",
    ),
    Mutant(
        id="A03", file=CONNECTOR, needle="    if (error != 0) {",
        replacement="    if (error != 0 && error != ECONNREFUSED) {",
        symptom="that nobody listens is noticed only when the first byte is sent",
        killed_by="a_connection_refused_is_one_425",
    ),
    Mutant(
        id="A04", file=CONNECTOR, needle="  return {std::move(socket), waiter};",
        replacement="  ::shutdown(socket.get(), SHUT_WR);\n  return {std::move(socket), waiter};",
        symptom="nothing can be sent over an active connection", killed_by="uploads_and_lists_travel_actively_too",
    ),
    Mutant(
        id="A05", file=CONNECTOR, needle="if (own.family() == target.family()) {", replacement="if (false) {",
        symptom="the data connection comes from an address that the client does not know",
        killed_by="the_server_calls_from_its_own_address",
    ),
    Mutant(
        id="A08", file=CONNECTOR, needle="throw std::system_error(error, std::generic_category(), ",
        replacement="static_cast<void>(socket.release());\n"
        "      throw std::system_error(error, std::generic_category(), ",
        symptom="each refused connection leaves a descriptor open", killed_by="active_transfers_leave_nothing_open",
    ),
    Mutant(
        id="A09", file=COMMANDS, needle="std::make_unique<ActiveConnector>(own, target);",
        replacement="std::make_unique<PassiveConnector>(\n"
        "      listen_for_data(own, {}, session.control().stream().waiter()), std::nullopt, session.context().log);",
        symptom="after PORT the server listens, and so does the client", killed_by="the_server_connects_after_port",
    ),
    Mutant(
        id="A09b", file=COMMANDS, needle="  return {200, \"Data connections go to \" + target.to_string()};",
        replacement="  ActiveConnector(own, target).open(session.control().stream().waiter(),\n"
        "                                    Deadline::after(std::chrono::seconds(5)));\n"
        "  return {200, \"Data connections go to \" + target.to_string()};",
        symptom="PORT itself connects", killed_by="port_connects_only_for_a_transfer",
    ),
    Mutant(
        id="A10", file=TRANSFER,
        needle="const std::unique_ptr<DataConnector> connector = std::move(session_.part<DataChannel>().connector);",
        replacement="const std::unique_ptr<DataConnector>& connector = session_.part<DataChannel>().connector;",
        symptom="one PORT serves any number of transfers", killed_by="port_serves_one_transfer",
    ),
    Mutant(
        id="A11", file=COMMANDS, needle=AGREE,
        replacement="static_cast<void>(session.part<DataChannel>().connector.release());\n  " + AGREE,
        symptom="PORT leaves the passive port open", killed_by="the_last_of_port_and_pasv_holds",
    ),
    Mutant(
        id="A12", file=COMMANDS, needle="Policy policy{};", replacement="Policy policy{.login = false};",
        symptom="data connections without a login", killed_by="data_connections_want_a_login",
    ),
    Mutant(
        id="X06", file=ADDRESS, needle="delimiter = text.front();", replacement="delimiter = '|';",
        symptom="EPRT knows | only", killed_by="eprt_takes_any_delimiter",
    ),
    Mutant(
        id="X06b", file=COMMANDS, needle='return {522, "Network protocol not supported, use (1,2)"};',
        replacement='return {501, "Network protocol not supported"};',
        symptom="an unknown network is called nonsense", killed_by="eprt_tells_nonsense_from_unknown_networks",
    ),
    Mutant(
        id="X06c", file=ADDRESS, needle='"(|||" + std::to_string(port)', replacement='"(||" + std::to_string(port)',
        symptom="229 with two delimiters", killed_by="epsv_announces_a_port",
    ),
    Mutant(
        id="X06d", file=COMMANDS, needle="if (*network != network_of(own)) {",
        replacement="if (*network != network_of(own) && *network > ipv6_network) {",
        symptom="EPSV 2 is answered with a port that IPv6 does not reach", killed_by="epsv_refuses_another_network",
    ),
    Mutant(
        id="X06e", file=COMMANDS, needle="session.part<ExtendedPassiveOnly>().said = true;",
        replacement="session.part<ExtendedPassiveOnly>().said = false;",
        symptom="EPSV ALL is a word and nothing more", killed_by="epsv_all_rules_out_the_others",
    ),
    Mutant(
        id="X06f", file=COMMANDS, needle=SAID, replacement=SAID.replace("bool said", "static inline bool said"),
        symptom="one client's EPSV ALL binds all", killed_by="epsv_all_rules_out_the_others",
    ),
    Mutant(
        id="X06g", file=CONNECTOR, needle="check(::socket(target.family(), ", replacement="check(::socket(AF_INET, ",
        symptom="EPRT works over IPv4 only", killed_by="both_networks_are_served",
    ),
    Mutant(
        id="X06h", file="lab01_echo/address.cpp", needle="if (IN6_IS_ADDR_V4MAPPED(&address)) {",
        replacement="if (IN6_IS_ADDR_V4COMPAT(&address)) {",
        symptom="a client that comes by IPv4 to a server on :: is taken for one of IPv6",
        killed_by="ipv4_inside_ipv6_is_ipv4",
    ),
    Mutant(
        id="A05b", file=CONNECTOR, needle="return control_port > 1 && ", replacement="return control_port > 1024 && ",
        symptom="a server on port 21 does not call from port 20",
        killed_by="a_privileged_server_calls_from_the_port_below",
    ),
]
