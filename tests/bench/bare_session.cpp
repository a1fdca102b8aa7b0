#include "bare_session.h"

#include <sys/socket.h>

#include <algorithm>
#include <cstring>

#include "check.h"

namespace bench {
namespace {

struct Canned {
  std::string_view verb;
  std::string_view reply;
};

constexpr std::array canned{
    Canned{"NOOP", "200 OK.\r\n"}, Canned{"USER", "331 Password.\r\n"}, Canned{"PASS", "230 Hello.\r\n"},
    Canned{"TYPE", "200 OK.\r\n"}, Canned{"QUIT", "221 Bye.\r\n"},
};

}  // namespace

Task<bool> BareSession::receive() {
  for (;;) {
    const auto got =
        kit::retry_eintr([&] { return ::recv(control_.get(), in_.data() + used_, in_.size() - used_, 0); });
    if (got >= 0) {
      used_ += static_cast<std::size_t>(got);
      co_return got > 0;
    }
    if (errno != EAGAIN) {
      kit::check(got, "recv");
    }
    co_await control_.readable();
  }
}

Task<> BareSession::flush() {
  std::string_view rest = out_;
  while (!rest.empty()) {
    const auto sent = kit::retry_eintr([&] { return ::send(control_.get(), rest.data(), rest.size(), MSG_NOSIGNAL); });
    if (sent >= 0) {
      rest.remove_prefix(static_cast<std::size_t>(sent));
    } else if (errno == EAGAIN) {
      co_await control_.writable();
    } else {
      kit::check(sent, "send");
    }
  }
  out_.clear();
}

Task<> BareSession::run() {
  if (!shared_.echo) {
    out_ = "220 Bare.\r\n";
    co_await flush();
  }
  while (co_await receive()) {
    std::size_t begin = 0;
    while (begin < used_) {
      const char* from = in_.data() + begin;
      const auto* end = static_cast<const char*>(std::memchr(from, '\n', used_ - begin));
      if (end == nullptr) {
        break;
      }
      const std::string_view line(from, static_cast<std::size_t>(end - from) + 1);
      begin += line.size();
      if (shared_.echo) {
        out_ += line;
      } else {
        co_await handle(line);
      }
    }
    std::memmove(in_.data(), in_.data() + begin, used_ - begin);
    used_ -= begin;
    if (used_ == in_.size()) {
      co_return;  // a line longer than anything the load generator sends
    }
    co_await flush();
    if (out_.capacity() > 128) {
      std::string().swap(out_);
    }
  }
}

Task<> BareSession::handle(std::string_view line) {
  const std::string_view verb = line.substr(0, 4);
  const auto* row = std::find_if(canned.begin(), canned.end(), [&](const Canned& c) { return c.verb == verb; });
  if (row != canned.end()) {
    out_ += row->reply;
  } else if (verb == "PASV" || verb == "EPSV") {
    listen(verb == "EPSV");
  } else if ((verb == "RETR" || verb == "STOR" || verb == "LIST" || verb == "MLSD") && listener_) {
    const std::string_view path = line.substr(std::min<std::size_t>(5, line.size()));
    co_await transfer(std::string(verb), std::string(path.substr(0, path.find('\r'))));
  } else {
    out_ += "500 What?\r\n";
  }
}

}  // namespace bench
