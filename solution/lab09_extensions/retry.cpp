#include "retry.h"

#include <poll.h>

#include <algorithm>
#include <chrono>
#include <exception>
#include <string>
#include <system_error>

#include "ftp_error.h"
#include "session_shell_commands.h"
#include "todo.h"

namespace kit {
// BEGIN PRIVATE
namespace {

constexpr int longest_pause = 5;  // seconds

// Whether it may go well the next time.
bool is_broken_connection(const std::exception_ptr& failure) {
  try {
    std::rethrow_exception(failure);
  } catch (const FtpError& error) {
    return error.reply().kind() == 4;
  } catch (const TransferError&) {
  } catch (const ConnectionClosed&) {
  } catch (const TimedOut&) {
  } catch (const std::system_error&) {
  } catch (...) {
    return false;
  }
  return true;
}

// Waits before all tries but the first: a server that starts anew needs its time. Ctrl-C ends it.
void pause_before(Waiter& waiter, int again) {
  try {
    const std::chrono::seconds pause(std::min(again - 1, longest_pause));
    waiter.wait_any({}, Deadline::after(pause), "the next try");
  } catch (const TimedOut&) {  // that is what was wanted
  }
}

// The current directory; "" where the server does not tell, which is where the login leads.
std::string directory_of(Client& client) {
  try {
    return client.directory();
  } catch (const FtpError&) {
    return "";
  }
}

void reopen(Shell& shell, const std::string& directory) {
  if (shell.client().connected()) {
    return;
  }
  Destination destination = shell.part<LastSession>().destination;
  destination.path = directory;
  destination.login = destination.login || !destination.user.empty();
  open_session(shell, destination);
}

}  // namespace
// END PRIVATE

void with_retries(Shell& shell, const std::function<void()>& attempt) {
  // BEGIN SOLUTION with_retries
  const int most = shell.part<RetrySettings>().most;
  const std::string directory = most > 0 ? directory_of(shell.client()) : "";
  for (int again = 0;; ++again) {
    try {
      if (again > 0) {
        pause_before(shell.client().waiter(), again);
        reopen(shell, directory);
      }
      attempt();
      return;
    } catch (const std::exception& error) {
      if (again == most || !is_broken_connection(std::current_exception())) {
        throw;
      }
      shell.console().error(std::string(error.what()) + "; trying again (" + std::to_string(again + 1) + " of " +
                            std::to_string(most) + ")");
    }
  }
  // STARTER
  //: if (shell.part<RetrySettings>().most == 0) {
  //:   return attempt();
  //: }
  // END SOLUTION
}

}  // namespace kit
