// line_client HOST PORT: sends the lines of its standard input, each after the reply to the one before, and prints
// every reply whole. This file is given; the lab is in the other files.

#include <unistd.h>

#include <cstdio>
#include <iostream>
#include <stdexcept>
#include <string>

#include "address.h"
#include "arguments.h"
#include "dialogue.h"
#include "escape.h"
#include "program.h"

namespace {

// A terminal would obey control bytes in the server's text; a file or a pipe gets the text as it came.
void print(const kit::Reply& reply) {
  static const bool terminal = ::isatty(STDOUT_FILENO) == 1;
  for (const std::string& line : reply.numbered_lines()) {
    std::cout << (terminal ? kit::escape_controls(line) : line) << '\n';
  }
  if (!std::cout.flush()) {
    throw std::runtime_error("cannot write to standard output");
  }
}

// Preliminary replies (1yz) announce a further one.
void print_replies(kit::Dialogue& dialogue) {
  bool more = true;
  while (more) {
    const kit::Reply reply = dialogue.read();
    print(reply);
    more = reply.preliminary();
  }
}

// Sends each line and prints what is answered. Returns whether every line could be sent.
bool converse_by_line(kit::Dialogue& dialogue) {
  bool all_sent = true;
  print_replies(dialogue);  // the greeting
  for (std::string line; std::getline(std::cin, line);) {
    if (line.ends_with('\r')) {
      line.pop_back();
    }
    try {
      dialogue.send(line);
    } catch (const std::invalid_argument& error) {
      std::fprintf(stderr, "line_client: %s\n", error.what());
      all_sent = false;
      continue;
    }
    print_replies(dialogue);
  }
  return all_sent;
}

}  // namespace

int main(int argc, char** argv) {
  return kit::run_program("line_client", [&] {
    if (argc != 3) {
      throw kit::UsageError("usage: line_client HOST PORT");
    }
    const std::uint16_t port = kit::port_argument(argv[2]);
    kit::Waiter waiter;
    const auto addresses = kit::Address::resolve(argv[1], port);
    kit::TcpStream stream = kit::TcpStream::connect(addresses, waiter, kit::Deadline::after(std::chrono::seconds(10)));
    kit::Dialogue dialogue(std::move(stream), std::chrono::minutes(1));
    return converse_by_line(dialogue) ? kit::exit_ok : kit::exit_failed;
  });
}
