#include "client_transfer.h"

#include <sys/socket.h>

#include <chrono>
#include <memory>
#include <span>
#include <system_error>
#include <utility>
#include <vector>

#include "arguments.h"
#include "client.h"
#include "ftp_error.h"
#include "reply_watcher.h"
#include "tcp_stream.h"
#include "todo.h"

namespace kit {

std::optional<std::uint64_t> announced_size(const Reply& preliminary) {
  const std::string_view text = preliminary.lines.back();
  const std::size_t end = text.rfind(" bytes)");
  const std::size_t open = text.substr(0, end).rfind('(');
  if (end == std::string_view::npos || open == std::string_view::npos) {
    return std::nullopt;
  }
  return parse_number<std::uint64_t>(text.substr(open + 1, end - open - 1), 0, UINT64_MAX);
}

TransferResult download(Client& client, const TransferRequest& request, const Sink& sink) {
  KIT_TODO("lab 6, download");
}

TransferResult upload(Client& client, const TransferRequest& request, const Source& source) {
  KIT_TODO("lab 6, upload");
}

}  // namespace kit
