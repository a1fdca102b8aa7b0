// ftp_load MODE PORT [options]: the load generator. See --help.

#include <sys/resource.h>
#include <unistd.h>

#include <cstdio>
#include <string>
#include <vector>

#include "check.h"
#include "load.h"
#include "program.h"

namespace {

void raise_descriptor_limit() {
  rlimit limit{};
  kit::check(::getrlimit(RLIMIT_NOFILE, &limit), "getrlimit");
  limit.rlim_cur = limit.rlim_max;
  kit::check(::setrlimit(RLIMIT_NOFILE, &limit), "setrlimit");
}

/// Prints a line, then waits for one when the run goes step by step.
void step(const std::string& text, bool wait) {
  std::puts(text.c_str());
  std::fflush(stdout);
  for (int c = 0; wait && c != EOF && c != '\n';) {
    c = std::getchar();
  }
}

}  // namespace

int main(int argc, char** argv) {
  return kit::run_program("ftp_load", [&]() -> int {
    const auto options = bench::parse_load_options(std::vector<std::string>(argv + 1, argv + argc));
    if (options.help) {
      std::fputs(bench::load_help().c_str(), stdout);
      return kit::exit_ok;
    }
    raise_descriptor_limit();
    bench::Load load(options);
    load.open();
    step(load.opened(), options.steps);
    load.run();
    step(load.done(), options.steps);
    // Coroutines that wait for a server that never answered are left to the kernel.
    std::fflush(stdout);
    ::_exit(kit::exit_ok);
  });
}
