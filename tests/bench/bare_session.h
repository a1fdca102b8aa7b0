#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <random>
#include <string>
#include <string_view>

#include "event_loop.h"
#include "task.h"

namespace bench {

/// What all sessions of the bare server share.
struct BareShared {
  EventLoop& loop;
  kit::FileDescriptor root;  ///< the directory that RETR and STOR work in, without any check of paths
  bool echo = false;
  std::map<std::string, std::string> listings;  ///< ready-made bodies of LIST and MLSD
  std::minstd_rand random{std::random_device{}()};
};

/// A session that owes nothing to FTP: it answers every verb with a ready-made reply and moves bytes with sendfile
/// and splice. What a server on one epoll thread can reach on this machine, and no more.
class BareSession {
 public:
  BareSession(BareShared& shared, kit::FileDescriptor socket)
      : shared_(shared), control_(shared.loop, std::move(socket)) {}

  /// Serves until the client goes. Throws std::system_error.
  Task<> run();

 private:
  Task<bool> receive();
  Task<> handle(std::string_view line);
  Task<> flush();

  void listen(bool extended);
  Task<> transfer(std::string verb, std::string path);
  Task<kit::FileDescriptor> accept();
  Task<> send_file(Watched& data, const std::string& path) const;
  Task<> receive_file(Watched& data, const std::string& path);
  Task<> send_text(Watched& data, const std::string& text);
  const std::string& listing(const std::string& verb, const std::string& path);

  BareShared& shared_;
  Watched control_;
  std::array<char, 512> in_{};
  std::size_t used_ = 0;
  std::string out_;
  std::optional<Watched> listener_;
  kit::FileDescriptor pipe_out_;  // STOR splices through a pipe, made once
  kit::FileDescriptor pipe_in_;
};

}  // namespace bench
