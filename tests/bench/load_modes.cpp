#include "load.h"

namespace bench {
namespace {

constexpr std::string_view noop = "NOOP\r\n";

std::string repeated(std::string_view text, std::size_t times) {
  std::string result;
  for (std::size_t i = 0; i < times; ++i) {
    result += text;
  }
  return result;
}

/// The command of a transfer; every session stores a file of its own.
std::string command_of(const LoadOptions& options, std::size_t session) {
  const std::string argument = options.path.empty() ? "" : " " + options.path;
  switch (options.mode) {
    case Mode::stor:
      return "STOR " + (options.path.empty() ? "" : options.path + "/") + "up-" + std::to_string(session) + "\r\n";
    case Mode::list: return "LIST" + argument + "\r\n";
    case Mode::mlsd: return "MLSD" + argument + "\r\n";
    default: return "RETR" + argument + "\r\n";
  }
}

}  // namespace

Task<> Load::transfers(std::size_t session) {
  const Transfer transfer{.command = command_of(options_, session),
                          .source = source_.get(),
                          .size = options_.size,
                          .extended = options_.extended,
                          .copy = options_.copy};
  for (std::uint64_t i = 0; i == 0 || !over(i); ++i) {
    const auto since = Clock::now();
    const std::uint64_t bytes = co_await carry_out(loop_, *sessions_[session], transfer);
    tally_.done(since, 1, bytes);
  }
}

Task<> Load::logins(std::size_t /*session*/) {
  for (std::uint64_t i = 0; !over(i); ++i) {
    const auto since = Clock::now();
    Control control(loop_, options_.port);
    co_await log_in(control, options_);
    co_await log_out(control);
    tally_.done(since, 1, 0);
  }
}

Task<> Load::round_trips(std::size_t session) {
  Control& control = *sessions_[session];
  const std::string batch = repeated(noop, options_.depth);
  for (std::uint64_t i = 0; !over(i); ++i) {
    const auto since = Clock::now();
    co_await control.send(batch);
    co_await control.expect_all(options_.depth);
    tally_.done(since, options_.depth, 0);
  }
}

Task<> Load::echoes(std::size_t session) {
  Control& control = *sessions_[session];
  const std::string batch = repeated(noop, options_.depth);
  for (std::uint64_t i = 0; !over(i); ++i) {
    const auto since = Clock::now();
    co_await control.send(batch);
    co_await control.skip(batch.size());
    tally_.done(since, options_.depth, 0);
  }
}

Task<> Load::probes(std::size_t /*session*/) {
  std::uniform_int_distribution<std::size_t> any(0, sessions_.size() - 1);
  for (std::uint64_t i = 0; !over(i); ++i) {
    const auto since = Clock::now();
    co_await sessions_[any(random_)]->ask(noop, 200, 299);
    tally_.done(since, 1, 0);
  }
}

}  // namespace bench
