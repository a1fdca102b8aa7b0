#include "program.h"

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

}  // namespace

int run_program(std::string_view name, const std::function<int()>& body) {
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
