"""Wrong servers of many clients, each with the one mistake that its scenario must find."""

from autograder.kit.mutants import Mutant

SERVER, THREADS = "lab08_concurrency/thread_server.cpp", "lab08_concurrency/session_threads.cpp"
LIMITS, SESSION = "lab08_concurrency/session_limits.cpp", "lab08_concurrency/concurrent_session.cpp"
LOGIN, START = "lab08_concurrency/urgent_commands.cpp", "    running.thread = std::thread("

MUTANTS = [
    Mutant(
        id="T01", file=THREADS, needle="      finished = true;\n    });\n",
        replacement="      finished = true;\n    });\n    running.thread.join();\n    running.thread = std::thread([] {});\n",
        symptom="the thread is joined right after its start: one client at a time",
        killed_by=("one_idle_client_blocks_nobody",),
    ),
    Mutant(
        id="T02", file=SERVER, needle="  const auto stream = std::make_shared<std::optional<TcpStream>>(std::move(client));\n",
        replacement="  static const auto stream = std::make_shared<std::optional<TcpStream>>();\n"
                    "  stream->emplace(std::move(client));\n",
        symptom="all threads share the variable of the accepted socket (&connfd)",
        killed_by=("sixteen_connect_at_once", "sessions_come_and_go_in_parallel"),
    ),
    Mutant(
        id="T03", file="lab04_files/path_commands.h", needle="  VirtualPath path;",
        replacement="  inline static VirtualPath path;",
        symptom="the working directory is one for all sessions", killed_by="sessions_share_nothing",
    ),
    Mutant(
        id="T04", file="lab05_passive/transfer.cpp", needle="  const auto& seams = session_.service<TransferSeams>();\n",
        replacement="  static std::mutex one_at_a_time;\n  const std::lock_guard lock(one_at_a_time);\n"
                    "  const auto& seams = session_.service<TransferSeams>();\n",
        also=(("lab05_passive/transfer.cpp", "#include <csignal>\n", "#include <csignal>\n#include <mutex>\n"),),
        symptom="a lock is held for as long as a transfer lasts",
        killed_by=("waiting_for_data_blocks_nobody", "clients_that_do_not_read_block_nobody",
                   "many_transfers_at_once"),
    ),
    Mutant(
        id="T05", file=SERVER, needle="      std::optional<TcpStream> client = acceptor.next();\n",
        replacement="      std::optional<TcpStream> client = acceptor.next();\n"
                    "      if (client) {\n        client->waiter().wait(client->descriptor(), POLLIN, Deadline::never(), \"\");\n"
                    "      }\n",
        symptom="the acceptor waits for each client's first line",
        killed_by="one_idle_client_blocks_nobody",
    ),
    Mutant(
        id="T06", file=SERVER, needle="      threads.join_finished();\n",
        replacement="      threads.join_finished();\n      while (threads.count() >= 24) {\n"
                    "        std::this_thread::sleep_for(std::chrono::milliseconds(10));\n"
                    "        threads.join_finished();\n      }\n",
        also=((SERVER, "#include <system_error>\n", "#include <system_error>\n#include <thread>\n"),),
        symptom="a fixed number of threads: two dozen silent clients hold all of them",
        killed_by="half_lines_block_nobody",
    ),
    Mutant(
        id="T08", file=SESSION, needle="  } catch (const std::exception& error) {\n    reason = error.what();\n  }",
        replacement="  } catch (const TimedOut& error) {\n    reason = error.what();\n  }",
        also=((SERVER, "  } catch (const std::exception& error) {\n    context.log.error(",
               "  } catch (const TimedOut& error) {\n    context.log.error("),),
        symptom="an exception leaves the thread: the server dies of a client's reset",
        killed_by="resets_hurt_only_their_session",
    ),
    Mutant(
        id="T09", file=SERVER, needle="    run_concurrent_session(session);\n",
        replacement="    run_concurrent_session(session);\n    (void)::dup(2);\n",
        also=((SERVER, "#include <fcntl.h>\n", "#include <fcntl.h>\n#include <unistd.h>\n"),),
        symptom="a descriptor is left of every session", killed_by="threads_leave_nothing_behind",
    ),
    Mutant(
        id="T10", file="lab08_concurrency/urgent_waiter.cpp", needle="  ended_ = true;\n", replacement="",
        symptom="a control connection that has ended is watched on: a busy loop", killed_by="idle_sessions_use_no_cpu",
    ),
    Mutant(
        id="T13", file="lab08_concurrency/urgent_waiter.h", needle="most_waiting = 64;",
        replacement="most_waiting = std::size_t{1} << 30U;",
        symptom="lines that come in a transfer are kept without a limit", killed_by="endless_commands_take_no_memory",
    ),
    Mutant(
        id="L01", file=SERVER, needle="    turn_away(*std::exchange(*stream, {}), refusal.reply());",
        replacement="    stream->reset();",
        symptom="the connection over the limit is closed without a word", killed_by="over_the_limit_gets_421",
    ),
    Mutant(
        id="L02", file=LIMITS, needle="sessions_now_ >= sessions_", replacement="sessions_now_ > sessions_",
        symptom="one session too many gets in", killed_by="over_the_limit_gets_421",
    ),
    Mutant(
        id="L03", file=LIMITS, needle="  --sessions_now_;\n", replacement="",
        symptom="a place is never given back", killed_by="a_freed_place_is_given_again",
    ),
    Mutant(
        id="L04", file=LIMITS, needle="const std::string host = peer.host();",
        replacement="const std::string host = peer.to_string();",
        symptom="the limit per address counts every port for itself", killed_by="each_address_has_its_own_limit",
    ),
    Mutant(
        id="L05", file=LIMITS, needle="const std::string host = peer.host();",
        replacement='const std::string host = peer.family() == 0 ? "" : "everybody";',
        symptom="all addresses share one count", killed_by="each_address_has_its_own_limit",
    ),
    Mutant(
        id="L06", file="lab05_passive/transfer.cpp", needle="  const std::shared_ptr<void> slot = seams.slot(session_);",
        replacement="  seams.slot(session_);",
        symptom="the slot is given back before the transfer begins", killed_by="transfers_over_the_limit_get_450",
    ),
    Mutant(
        id="L07", file=LIMITS, needle="  --transfers_now_;\n", replacement="",
        symptom="a slot is never given back", killed_by="transfers_over_the_limit_get_450",
    ),
    Mutant(
        id="L08", file=SESSION, needle="    } else if (!deadline_) {", replacement="    } else {",
        symptom="every command begins the time to log in anew", killed_by="talking_is_no_login",
    ),
    Mutant(
        id="L09", file=SESSION, needle="    if (logged_in) {\n      deadline_.reset();\n    } else if (!deadline_) {",
        replacement="    if (!logged_in && !deadline_) {",
        symptom="the time to log in goes on behind the login", killed_by="who_is_logged_in_has_time",
    ),
    Mutant(
        id="L10", file=LOGIN, needle="  if (reply.failed()) {", replacement="  if (reply.preliminary()) {",
        symptom="a wrong password is answered at once", killed_by="a_wrong_password_delays_its_own_session",
    ),
    Mutant(
        id="L11", file=LOGIN, needle="  if (reply.failed()) {\n",
        replacement="  if (reply.failed()) {\n    static std::mutex one;\n    const std::lock_guard lock(one);\n",
        also=((LOGIN, "#include <string>\n", "#include <mutex>\n#include <string>\n"),),
        symptom="the delay is made with a lock held: the guessers wait one behind the other",
        killed_by="a_wrong_password_delays_its_own_session",
    ),
    Mutant(
        id="L12", file=SESSION, needle='    session.control().send({421, "The server is going down"});\n', replacement="",
        symptom="clients are not told that the server stops", killed_by="sigterm_says_goodbye_to_everybody",
    ),
    Mutant(
        id="L13", file=THREADS, needle="    running.thread.join();\n  }\n  // STARTER",
        replacement="    running.thread.detach();\n  }\n  // STARTER",
        symptom="threads are detached: main() ends, and what they use is gone",
        killed_by="sigterm_lets_a_transfer_finish",
    ),
    Mutant(
        id="L17", file="lab08_concurrency/urgent_waiter.cpp",
        needle="      grace_ = Deadline::after(session_.options().stop_timeout);\n      watch_.stopping = true;\n",
        replacement="      throw;\n",
        symptom="transfers are broken off the moment that the server is asked to stop",
        killed_by="sigterm_lets_a_transfer_finish",
    ),
    Mutant(
        id="L18", file="lab08_concurrency/urgent_waiter.cpp",
        needle="Deadline::after(session_.options().stop_timeout);", replacement="Deadline::never();",
        symptom="a transfer that stands still keeps the server from ending", killed_by="sigterm_ends_transfers_too",
    ),
    Mutant(
        id="L14", file=LOGIN, needle="      control.waiter().wait(control.descriptor(), POLLRDHUP, until, \"a wrong password\");",
        replacement="      std::this_thread::sleep_for(std::chrono::seconds(20));\n      (void)until;",
        also=((LOGIN, "#include <string>\n", "#include <string>\n#include <thread>\n"),),
        symptom="the delay is a sleep, which the server's stop does not end", killed_by="sigterm_ends_transfers_too",
    ),
    Mutant(
        id="L15", file="lab08_concurrency/urgent_waiter.cpp",
        needle="    wait_below(watched, until, what);",
        replacement="    wait_below(watched, Deadline::after(session_.options().stall_timeout), what);",
        symptom="each command begins the stall timeout anew",
        killed_by="commands_do_not_keep_a_stalled_transfer_alive",
    ),
    Mutant(
        id="T14", file="lab05_passive/upload.cpp", needle="random_name());", replacement='"0123456789abcdef");',
        symptom="the temporaries of all uploads have one name", killed_by="uploads_of_one_name_do_not_mix",
    ),
    Mutant(
        id="T15", file=SERVER, needle="    return std::nullopt;\n  }\n  // END", replacement="    throw;\n  }\n  // END",
        symptom="a failed accept() ends the server", killed_by="no_descriptor_left_is_survived",
    ),
    Mutant(
        id="T16", file=SERVER, needle="    run_concurrent_session(session);\n",
        replacement="    run_concurrent_session(session);\n"
                    "    session.control().stream().waiter().wait_any({}, Deadline::never(), \"\");\n",
        symptom="a session's thread never ends", killed_by="threads_leave_nothing_behind",
    ),
    Mutant(
        id="L16", file="lab08_concurrency/urgent_waiter.cpp",
        needle="Deadline::after(session_.options().stall_timeout));", replacement="whole_);",
        also=(("lab08_concurrency/urgent_waiter.h", "  bool ended_ = false;",
               "  Deadline whole_ = Deadline::after(session_.options().idle_timeout);\n  bool ended_ = false;"),),
        symptom="the idle timer runs in a transfer", killed_by="a_transfer_is_not_idle",
    ),
]
