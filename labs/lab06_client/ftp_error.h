#pragma once

#include <stdexcept>
#include <string>
#include <utility>

#include "reply.h"

namespace kit {

/// The server refused: its final reply was no 2yz. The connection is in step: the next command can be sent.
class FtpError : public std::runtime_error {
 public:
  /// what() is the reply in one line, harmless for a terminal, behind `context` if there is one.
  explicit FtpError(Reply reply, const std::string& context = "")
      : std::runtime_error(context + reply.summary()), reply_(std::move(reply)) {}

  [[nodiscard]] const Reply& reply() const { return reply_; }

 private:
  Reply reply_;
};

/// The data connection broke, though the server says that all is well. Also in step.
class TransferError : public std::runtime_error {
 public:
  explicit TransferError(const std::string& reason) : std::runtime_error("the data connection broke: " + reason) {}
};

/// There is no control connection, or none any more.
class NotConnected : public std::runtime_error {
 public:
  NotConnected() : std::runtime_error("not connected") {}
};

}  // namespace kit
