#pragma once

#include <string>
#include <string_view>
#include <utility>

#include "transfer.h"

namespace kit {

/// Sends lines over a data connection, each with CRLF, in pieces of a bounded size. Given.
class TextSender {
 public:
  TextSender(Session& session, TcpStream& data) : sender_(session, data, Content::text) {}

  void write(std::string_view line) {
    buffer_.append(line).append("\r\n");
    if (buffer_.size() >= piece) {
      sender_.write(std::exchange(buffer_, {}));
    }
  }

  /// All lines have been written.
  void finish() {
    sender_.write(buffer_);
    sender_.finish();
  }

 private:
  static constexpr std::size_t piece = 65536;
  DataSender sender_;
  std::string buffer_;
};

}  // namespace kit
