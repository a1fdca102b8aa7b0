#include "program.h"

#include <fcntl.h>
#include <unistd.h>

#include <cstdio>
#include <exception>

#include "arguments.h"
#include "todo.h"

namespace kit {
namespace {

int report(std::string_view name, const std::exception& error, int status) {
  std::fprintf(stderr, "%.*s: %s\n", static_cast<int>(name.size()), name.data(), error.what());
  return status;
}

// Takes the numbers 0, 1 and 2 where the program was started without them: the next socket would get one, and what is
// meant for a terminal or a log would go to the peer. Opened the wrong way round, they fail as if they were closed.
void fill_standard_descriptors() {
  for (int descriptor = STDIN_FILENO; descriptor <= STDERR_FILENO; ++descriptor) {
    if (::fcntl(descriptor, F_GETFD) < 0) {
      [[maybe_unused]] const int lowest = ::open("/dev/null", descriptor == STDIN_FILENO ? O_WRONLY : O_RDONLY);
    }
  }
}

}  // namespace

int run_program(std::string_view name, const std::function<int()>& body) {
  fill_standard_descriptors();
  try {
    return body();
  } catch (const UsageError& error) {
    return report(name, error, exit_usage);
  } catch (const Todo& error) {
    return report(name, error, exit_todo);
  } catch (const std::exception& error) {
    return report(name, error, exit_failed);
  }
}

void announce_listening(std::string_view address) {
  std::printf("listening on %.*s\n", static_cast<int>(address.size()), address.data());
  std::fflush(stdout);
}

std::string version_line(std::string_view name) {
  return std::string(name) + " (FTP from an echo socket) " + KIT_VERSION;
}

}  // namespace kit
