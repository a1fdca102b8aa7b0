#include "reception.h"

#include <fcntl.h>
#include <sys/socket.h>

#include <cerrno>
#include <system_error>

#include "check.h"
#include "thread_server.h"

namespace kit {
namespace {

FileDescriptor open_reserve() { return FileDescriptor(::open("/dev/null", O_RDONLY | O_CLOEXEC)); }

}  // namespace

Reception::Reception(const TcpListener& listener, Waiter& waiter, Log& log)
    : listener_(listener), waiter_(waiter), log_(log), reserve_(open_reserve()) {}
namespace {

bool lacks_resources(int error) { return error == EMFILE || error == ENFILE || error == ENOBUFS || error == ENOMEM; }

}  // namespace

// Throws std::system_error where it is not just that nobody is there.
std::optional<Reception::Client> Reception::accept() {
  while (true) {
    sockaddr_storage raw{};
    socklen_t size = sizeof raw;
    auto* address = reinterpret_cast<sockaddr*>(&raw);
    const int accepted =
        retry_eintr([&] { return ::accept4(listener_.descriptor(), address, &size, SOCK_NONBLOCK | SOCK_CLOEXEC); });
    if (accepted >= 0) {
      return Client{TcpStream(FileDescriptor(accepted), waiter_), Address(address, size)};
    }
    if (errno == EAGAIN) {
      return std::nullopt;
    }
    if (lacks_resources(errno)) {
      throw std::system_error(errno, std::generic_category(), "accept");
    }
    // Else this client has gone again: the next one.
  }
}

// Returns whether there was one.
bool Reception::turn_away_one() {
  reserve_.reset();
  bool found = false;
  try {
    if (std::optional<Client> client = accept()) {
      turn_away(std::move(client->stream), {421, "Too many clients"});
      found = true;
    }
  } catch (const std::system_error&) {
    exhausted_ = true;  // a worker was faster and has taken the descriptor
  }
  reserve_ = open_reserve();
  return found;
}

std::optional<Reception::Client> Reception::next() {
  exhausted_ = false;
  while (true) {
    try {
      return accept();
    } catch (const std::system_error& error) {
      ++failures_;
      log_.warning("no client accepted", {{"reason", error.what()}});
      if (!reserve_) {
        reserve_ = open_reserve();
      }
      exhausted_ = error.code() != std::errc::too_many_files_open || !reserve_;
      if (exhausted_ || !turn_away_one()) {
        return std::nullopt;
      }
    }
  }
}

}  // namespace kit
