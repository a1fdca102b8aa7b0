#include "line_sender.h"

#include <algorithm>
#include <utility>

namespace kit {
namespace {

constexpr std::size_t full = 65536;      // bytes of a piece that is sent
constexpr std::size_t some_lines = 128;  // that are made before the first of them is sent

}  // namespace

LineSender::LineSender(Session& session, TcpStream& data)
    : seams_(session.service<TransferSeams>()), sender_(session, data, Content::text) {}

void LineSender::write(std::string_view line) {
  buffer_.append(line).append("\r\n");
  send_full();
}

void LineSender::write_each(std::size_t count, const LineMaker& line_of) {
  seams_.lines(count, line_of, [this](std::string_view lines) {
    buffer_.append(lines);
    send_full();
  });
}

void LineSender::finish() {
  sender_.write(buffer_);
  sender_.finish();
}

void LineSender::send_full() {
  if (buffer_.size() >= full) {
    sender_.write(std::exchange(buffer_, {}));
  }
}

std::string lines_between(std::size_t begin, std::size_t end, const LineMaker& line_of) {
  std::string lines;
  for (std::size_t number = begin; number < end; ++number) {
    if (const std::optional<std::string> line = line_of(number)) {
      lines.append(*line).append("\r\n");
    }
  }
  return lines;
}

void make_lines(std::size_t count, const LineMaker& line_of, const LinesVisitor& visit) {
  for (std::size_t begin = 0; begin < count; begin += some_lines) {
    visit(lines_between(begin, std::min(begin + some_lines, count), line_of));
  }
}

}  // namespace kit
