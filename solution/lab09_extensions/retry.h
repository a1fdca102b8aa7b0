#pragma once

#include <functional>

#include "shell.h"

namespace kit {

/// How often a transfer is tried again when its connection broke: a part of the shell, see the command `retries`.
struct RetrySettings {
  int most = 0;
};

/// Calls `attempt`, and calls it again, at most RetrySettings::most times, as long as it fails because a connection
/// broke: the data connection, the control connection, or the server said so with a 4yz. A control connection that is
/// gone is made anew first, with the login and the directory of before. Any other failure, and the last one, is thrown
/// on; so is Ctrl-C. Each further try is told in a line on the error output.
void with_retries(Shell& shell, const std::function<void()>& attempt);

}  // namespace kit
