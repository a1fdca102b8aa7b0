"""Wrong parked servers, each with the one mistake that its scenario must find."""

from autograder.kit.mutants import Mutant

SERVER, LOT = "lab10_scale/parked_server.cpp", "lab10_scale/parking_lot.cpp"
RUNNER, VISIT, VISIT_H = "lab10_scale/visit_runner.cpp", "lab10_scale/visit.cpp", "lab10_scale/visit.h"
POOL, WHEEL, RECEPTION = "lab10_scale/worker_pool.cpp", "lab10_scale/timer_wheel.cpp", "lab10_scale/reception.cpp"

MUTANTS = [
    Mutant(
        id="P01", file="lab10_scale/serve_parked.cpp", needle="  ParkedServer server(listener, context, settings);\n",
        replacement="  return serve_with_threads(listener, context);\n"
                    "  ParkedServer server(listener, context, settings);\n",
        also=(("lab10_scale/serve_parked.cpp", '#include "transfer_slots.h"\n',
               '#include "thread_server.h"\n#include "transfer_slots.h"\n'),),
        symptom="every session has a thread, as in lab 8", killed_by="idle_sessions_have_no_threads",
    ),
    Mutant(
        id="P02", file=VISIT_H, needle="  std::string unsent_;\n",
        replacement="  std::string buffer_ = std::string(65536, 'x');\n  std::string unsent_;\n",
        symptom="each session has a buffer of 64 KiB of its own", killed_by="idle_sessions_are_small",
    ),
    Mutant(
        id="P03", file=LOT, needle="  return visit.unsent() > 0 ? EPOLLOUT : EPOLLIN;", replacement="  return EPOLLIN | EPOLLOUT;",
        symptom="the loop is told all the time that sockets are writable", killed_by="a_parked_server_sleeps",
    ),
    Mutant(
        id="P04", file=SERVER, needle="  return soonest;", replacement="  return Clock::now();",
        symptom="the loop is woken at once, whether a timer is due or not", killed_by="a_parked_server_sleeps",
    ),
    Mutant(
        id="P05", file=VISIT, needle='  return row->policy.may_block && !(row->verb == "PASS" && anonymous_next_);',
        replacement="  return true;", symptom="every command goes to a worker", killed_by="quick_commands_need_no_worker",
    ),
    Mutant(
        id="P06", file=VISIT, needle=" || (row->policy.login && !session_.user())", replacement="",
        symptom="what will be refused takes a worker", killed_by="quick_commands_need_no_worker",
    ),
    Mutant(
        id="P07", file=RUNNER, needle="  visit.waiting()->push_front(std::move(line));\n",
        replacement="  if (std::optional<Line> next = visit.session().control().buffered_line()) {\n"
                    "    visit.answer(*next);\n  }\n  visit.waiting()->push_front(std::move(line));\n",
        symptom="the loop goes on with the line behind the one for a worker",
        killed_by="a_pipeline_keeps_its_order",
    ),
    Mutant(
        id="P09", file=LOT, needle="  poll_.remove(descriptor);\n", replacement="",
        symptom="epoll watches a session that a worker runs",
        killed_by="sessions_move_to_workers_and_back",
    ),
    Mutant(
        id="P23", file=RUNNER, needle="  while (visit.unsent() == 0 && pause == Pause::unsent) {",
        replacement="  if (visit.unsent() == 0 && pause == Pause::unsent) {",
        symptom="a session whose replies have gone at the second try is parked with lines left",
        killed_by="a_pipeline_keeps_its_order",
    ),
    Mutant(
        id="P10", file="lab10_scale/visit_queue.cpp", needle="  if (visits_.size() == 1) {\n    wake_up_.ring();",
        replacement="  if (visits_.size() == 2) {\n    wake_up_.ring();",
        symptom="the loop is not woken for a session that comes back",
        killed_by="a_pipeline_keeps_its_order",
    ),
    Mutant(
        id="P11", file=VISIT, needle="    if (!unsent_.empty()) {\n      if (sent > 0) {\n        touch();\n      }\n      return;\n    }\n",
        replacement="    unsent_.clear();\n",
        symptom="what the socket does not take is thrown away", killed_by="who_does_not_read_blocks_nobody",
    ),
    Mutant(
        id="P12", file=VISIT, needle="    if (!unsent_.empty()) {\n      if (sent > 0) {",
        replacement="    if (!unsent_.empty()) {\n      pollfd one{descriptor(), POLLOUT, 0};\n"
                    "      ::poll(&one, 1, -1);\n      return flush();\n      if (sent > 0) {",
        symptom="the loop waits for a client that does not read", killed_by="who_does_not_read_blocks_nobody",
    ),
    Mutant(
        id="P13", file=VISIT, needle="    enter(Phase::held, times_.after_wrong_password);",
        replacement="    ::poll(nullptr, 0, static_cast<int>(times_.after_wrong_password.count()));",
        symptom="a worker sleeps behind a wrong password", killed_by="wrong_passwords_take_no_threads",
    ),
    Mutant(
        id="P14", file=VISIT, needle="    enter(Phase::held, times_.after_wrong_password);", replacement="    touch();",
        symptom="a wrong password is answered at once", killed_by="wrong_passwords_take_no_threads",
    ),
    Mutant(
        id="P24", file=VISIT, needle="    case Phase::parting: leave(std::nullopt); break;\n",
        replacement="    case Phase::parting: enter(Phase::parting, clients_turn); break;\n",
        symptom="behind QUIT the server waits for the client to close, for ever",
        killed_by="idle_sessions_have_no_threads",
    ),
    Mutant(
        id="P15", file=LOT, needle="    if (visit.due() <= now) {\n", replacement="    if (true) {\n",
        symptom="a session is idle though it has talked: the first timer counts", killed_by="timers_of_many_sessions",
    ),
    Mutant(
        id="P16", file=LOT, needle="  wheel_.set(*visit, visit->due());\n", replacement="  if (!visit->session().user()) {\n    wheel_.set(*visit, visit->due());\n  }\n",
        symptom="a session that comes back from a worker has no timer", killed_by="timers_of_many_sessions",
    ),
    Mutant(
        id="P17", file=POOL, needle="  work_or_end_.wait_for(lock, idle_time_, [this]", replacement="  work_or_end_.wait(lock, [this]",
        symptom="workers never end", killed_by=("workers_go_when_there_is_no_work", "metrics_tell_what_is"),
    ),
    Mutant(
        id="P18", file=POOL, needle="    more = queue_.size() > idle_ && count_ < most_;", replacement="    more = count_ < 1;",
        symptom="there is one worker", killed_by=("workers_go_when_there_is_no_work", "slow_transfers_leave_workers"),
    ),
    Mutant(
        id="P19", file=SERVER, needle="  constexpr int batch = 64;\n", replacement="  constexpr int batch = 1;\n",
        also=((SERVER, "    begin(*std::move(client));\n",
               "    begin(*std::move(client));\n    ::poll(nullptr, 0, 50);\n"),
              (SERVER, "#include <algorithm>\n", "#include <poll.h>\n\n#include <algorithm>\n"),),
        symptom="something slow is done for each client that comes", killed_by="a_storm_of_clients",
    ),
    Mutant(
        id="P20", file=RECEPTION, needle="      if (exhausted_ || !turn_away_one()) {\n        return std::nullopt;",
        replacement="      exhausted_ = false;\n      if (true) {\n        return std::nullopt;",
        symptom="a client that cannot be let in wakes the loop for ever", killed_by="no_descriptor_left",
    ),
    Mutant(
        id="P21", file=RUNNER, needle="  visit.session().control().stream().wait_through(waiter);\n",
        replacement="  static Waiter unstoppable;\n  (void)waiter;\n"
                    "  visit.session().control().stream().wait_through(unstoppable);\n",
        symptom="SIGTERM waits for stalled transfers", killed_by="sigterm_waits_for_nobody_for_long",
    ),
    Mutant(
        id="P22", file=SERVER, needle="  return stopping_ && away_ == 0 && (", replacement="  return stopping_ && (",
        symptom="the loop ends before the workers have: their sessions are not told 421",
        killed_by="sigterm_lets_a_transfer_end",
    ),
]
