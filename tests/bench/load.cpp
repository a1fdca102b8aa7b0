#include "load.h"

#include <sys/mman.h>
#include <unistd.h>

#include <algorithm>
#include <array>

#include "check.h"

namespace bench {
namespace {

constexpr std::size_t most_openers = 64;       // sessions that log in at the same time
constexpr std::uint64_t failures_to_end = 32;  // a server that refuses so many sessions is full

/// A file of `size` bytes in memory.
kit::FileDescriptor file_in_memory(std::uint64_t size) {
  kit::FileDescriptor file(kit::check(::memfd_create("upload", MFD_CLOEXEC), "memfd_create"));
  std::vector<char> block(std::min<std::uint64_t>(size, 1 << 20));
  for (std::size_t i = 0; i < block.size(); ++i) {
    block[i] = static_cast<char>(i * 31 + i / 251);
  }
  for (std::uint64_t written = 0; written < size;) {
    const auto part = std::min<std::uint64_t>(block.size(), size - written);
    written += static_cast<std::uint64_t>(kit::check(::write(file.get(), block.data(), part), "write"));
  }
  return file;
}

}  // namespace

Load::Load(LoadOptions options) : options_(std::move(options)), limit_(Clock::now() + options_.limit) {
  if (options_.mode == Mode::stor) {
    source_ = file_in_memory(options_.size);
  }
}

void Load::open() {
  opening_tally_.begin();
  if (options_.mode == Mode::login) {
    return;
  }
  opening_ = true;
  until_ = std::min(Clock::now() + options_.opening, limit_);
  sessions_.reserve(options_.sessions);
  for (std::size_t i = 0; i < std::min(most_openers, options_.sessions); ++i) {
    open_some();
  }
  if (!loop_.run([this] { return openers_ == 0; }, until_)) {
    opening_tally_.failed("not opened in time");
  }
  opening_ = false;  // what logs in later is let go
}

Detached Load::open_some() {
  ++openers_;
  while (asked_ < options_.sessions && Clock::now() < until_ && opening_tally_.failures() < failures_to_end) {
    ++asked_;
    try {
      const auto since = Clock::now();
      auto control = std::make_unique<Control>(loop_, options_.port);
      if (options_.mode != Mode::echo) {
        co_await log_in(*control, options_);
        co_await control->ask("TYPE I\r\n", 200, 299);
      }
      if (!opening_) {
        break;
      }
      sessions_.push_back(std::move(control));
      opening_tally_.done(since, 1, 0);
    } catch (const std::exception& error) {
      opening_tally_.failed(error.what());
    }
  }
  --openers_;
}

void Load::run() {
  const std::size_t workers = options_.mode == Mode::login  ? options_.sessions
                              : options_.mode == Mode::idle ? std::min<std::size_t>(sessions_.size(), 1)
                                                            : sessions_.size();
  tally_.begin();
  until_ = std::min(Clock::now() + options_.time, limit_);
  for (std::size_t i = 0; i < workers; ++i) {
    work(i, operation());
  }
  if (!loop_.run([this] { return active_ == 0; }, limit_)) {
    tally_.failed("not done in time");
  }
}

Load::Operation Load::operation() const {
  switch (options_.mode) {
    case Mode::retr:
    case Mode::stor:
    case Mode::list:
    case Mode::mlsd: return &Load::transfers;
    case Mode::login: return &Load::logins;
    case Mode::idle: return &Load::probes;
    case Mode::echo: return &Load::echoes;
    case Mode::noop: break;
  }
  return &Load::round_trips;
}

bool Load::over(std::uint64_t operations) const {
  return options_.count > 0 ? operations >= options_.count : Clock::now() >= until_;
}

Detached Load::work(std::size_t session, Operation run_on) {
  ++active_;
  try {
    co_await (this->*run_on)(session);
  } catch (const std::exception& error) {
    tally_.failed(error.what());
  }
  --active_;
}

std::string Load::opened() const {
  return R"({"held": )" + std::to_string(sessions_.size()) + R"(, "opening": )" + opening_tally_.json() + "}";
}

std::string Load::done() const { return tally_.json(); }

}  // namespace bench
