#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "transfer.h"

namespace kit {

/// Sends lines over a data connection, each with CRLF, in pieces of a bounded size. Refers to both. Given.
class LineSender {
 public:
  LineSender(Session& session, TcpStream& data);

  void write(std::string_view line);

  /// The lines with the numbers below `count`, in their order: see TransferSeams::lines.
  void write_each(std::size_t count, const LineMaker& line_of);

  /// All lines have been written.
  void finish();

 private:
  void send_full();

  const TransferSeams& seams_;
  DataSender sender_;
  std::string buffer_;
};

/// The lines with numbers from `begin` to before `end`, each with CRLF. Throws what `line_of` throws. Given.
std::string lines_between(std::size_t begin, std::size_t end, const LineMaker& line_of);

/// The default of TransferSeams::lines. Given.
void make_lines(std::size_t count, const LineMaker& line_of, const LinesVisitor& visit);

}  // namespace kit
