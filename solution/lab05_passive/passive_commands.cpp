#include "passive_commands.h"

#include <fcntl.h>

#include <ctime>
#include <memory>
#include <string>
#include <vector>

#include "data_channel.h"
#include "directory_listing.h"
#include "host_port.h"
#include "line_sender.h"
#include "login_commands.h"
#include "path_commands.h"
#include "session.h"
#include "todo.h"
#include "transfer.h"
#include "upload.h"

namespace kit {
namespace {

/// The argument of LIST, NLST and STAT.
struct ListingTarget {
  std::string given;  ///< the path as the client put it, without options; "" for the working directory
  VirtualPath path;
};

/// Argument reader: a path behind options that are read over, or nothing: argument.as<ListingTarget>().
void listing_target(Session& session, Argument& argument) {
  const std::string text = argument.text();
  const std::string given(listing_path(text));
  argument.set(ListingTarget{given, session.part<WorkingDirectory>().path.resolve(given)});
}

/// 227 and six numbers: where a listener now waits for the client's data connection. An earlier one is closed. 522 for
/// a client that came by IPv6, whose address six numbers cannot hold; 425 if no port is free.
Reply pasv(Session& session, const Argument& /*argument*/) {
  // BEGIN SOLUTION pasv
  const TcpStream& control = session.control().stream();
  const ServerOptions& options = session.options();
  const Address own = control.local();
  if (!host_port_of(own)) {
    return {522, "PASV is for IPv4 only"};
  }
  auto& connector = session.part<DataChannel>().connector;
  connector.reset();  // first: its port may be the only one that there is
  TcpListener listener = listen_for_data(own, options.passive_ports, control.waiter());
  const std::string host = options.passive_address.empty() ? own.host() : options.passive_address;
  const auto told = host_port_of(host, listener.local().port());
  const auto client = options.allow_foreign_data ? std::nullopt : std::optional(control.peer());
  connector = std::make_unique<PassiveConnector>(std::move(listener), client, session.context().log);
  return {227, "Entering Passive Mode (" + format_host_port(told.value()) + ")"};
  // END SOLUTION
}

/// 550 if there is no such file, or it is none; else 150 with the size in brackets (clients show it), the file, 226.
Reply retr(Session& session, const Argument& argument) {
  // BEGIN SOLUTION retr
  Transfer transfer(session);
  const auto& seams = session.service<TransferSeams>();
  const auto& path = argument.as<VirtualPath>();
  const FileDescriptor file = session.service<Root>().open_file(path, O_RDONLY);
  const std::uint64_t size = skip_to(file.get(), seams.restart_offset(session));
  return transfer.run("Sending " + path.text() + " (" + std::to_string(size) + " bytes)",
                      [&](TcpStream& data) { seams.send(session, file.get(), data); });
  // END SOLUTION
}

// BEGIN PRIVATE
// From here on an error is the file's, and not one of the data connection that has just been opened.
int open_target(Upload& upload) {
  try {
    return upload.open();
  } catch (const std::system_error& error) {
    const Reply reply = reply_for(error.code());
    throw ReplyError(reply.code, reply.lines.front());
  }
}

Reply receive(Session& session, Transfer& transfer, Upload& upload, const std::string& opening) {
  const auto& seams = session.service<TransferSeams>();
  Reply reply = transfer.run(opening, [&](TcpStream& data) { seams.receive(session, data, open_target(upload)); });
  seams.let_go(session, upload.commit());
  return reply;
}
// END PRIVATE

/// The file that the path names becomes what the client sends, and stays as it was unless all of that has come (see
/// Upload).
Reply stor(Session& session, const Argument& argument) {
  // BEGIN SOLUTION stor
  Transfer transfer(session);
  const auto& root = session.service<Root>();
  const auto& path = argument.as<VirtualPath>();
  const auto offset = static_cast<off_t>(session.service<TransferSeams>().restart_offset(session));
  Upload upload = offset == 0 ? Upload::replacing(root, path) : Upload::in_place(root, path, offset);
  return receive(session, transfer, upload, "Ready for " + path.text());
  // END SOLUTION
}

/// What the client sends is added to the end of the file.
Reply appe(Session& session, const Argument& argument) {
  // BEGIN SOLUTION appe
  Transfer transfer(session);
  const auto& path = argument.as<VirtualPath>();
  Upload upload = Upload::in_place(session.service<Root>(), path);
  return receive(session, transfer, upload, "Ready to append to " + path.text());
  // END SOLUTION
}

/// What the client sends becomes a new file in the working directory; 150 says "FILE: " and its name (RFC
/// 1123 4.1.2.9). RFC 959 knows no argument here, but clients send one: its last component begins the name then, and
/// "upload" otherwise.
Reply stou(Session& session, const Argument& argument) {
  // BEGIN SOLUTION stou
  Transfer transfer(session);
  const VirtualPath& directory = session.part<WorkingDirectory>().path;
  const std::string wished = VirtualPath().resolve(argument.text()).name();
  Upload upload = Upload::unique(session.service<Root>(), directory, wished.empty() ? "upload" : wished);
  return receive(session, transfer, upload, "FILE: " + upload.name());
  // END SOLUTION
}

/// 550 if there is no such path; else lines as `ls -l` has them, each with CRLF, whatever TYPE says (RFC 1123 4.1.2.7).
Reply list(Session& session, const Argument& argument) {
  // BEGIN SOLUTION list
  Transfer transfer(session);
  const auto& target = argument.as<ListingTarget>();
  const DirectoryListing listing(session.service<Root>(), target.path);
  return transfer.run("Here comes the list", [&, now = std::time(nullptr)](TcpStream& data) {
    LineSender sender(session, data);
    sender.write_each(listing.size(), [&](std::size_t number) { return listing.line(number, now); });
    sender.finish();
  });
  // END SOLUTION
}

/// The same with names only.
Reply nlst(Session& session, const Argument& argument) {
  // BEGIN SOLUTION nlst
  Transfer transfer(session);
  const auto& target = argument.as<ListingTarget>();
  const DirectoryListing listing(session.service<Root>(), target.path);
  return transfer.run("Here come the names", [&](TcpStream& data) {
    LineSender sender(session, data);
    listing.names(target.given, [&](std::string_view name) { sender.write(name); });
    sender.finish();
  });
  // END SOLUTION
}

/// With a path: 213 for a file, 212 for a directory, and the lines of LIST over the control connection; of a directory
/// at most 1,000, for a reply is made in memory. Without one: what STAT said before this lab.
Reply stat(Session& session, const Argument& argument) {
  // BEGIN SOLUTION stat
  if (!argument.given()) {
    static const CommandTable before = login_commands();
    return before.find("STAT")->handler(session, argument);
  }
  constexpr std::size_t most_lines = 1000;
  const auto& target = argument.as<ListingTarget>();
  const DirectoryListing listing(session.service<Root>(), target.path);
  std::vector<std::string> lines{"Status of " + target.path.text()};
  listing.lines(std::time(nullptr), [&](std::string_view line) {
    if (lines.size() <= most_lines) {
      lines.emplace_back(line);
    }
  });
  lines.emplace_back(lines.size() <= most_lines ? "End of status" : "There is more: use LIST");
  return {listing.is_directory() ? 212 : 213, std::move(lines)};
  // END SOLUTION
}

}  // namespace

CommandTable passive_commands() {
  // BEGIN SOLUTION passive_commands
  constexpr Policy reads{};
  constexpr Policy writes{.writes = true};
  return {
      {"PASV", reads, takes::nothing, pasv, ""},
      {"RETR", reads, takes::path, retr, "<SP> pathname"},
      {"STOR", writes, takes::path, stor, "<SP> pathname"},
      {"APPE", writes, takes::path, appe, "<SP> pathname"},
      {"STOU", writes, takes::anything, stou, ""},
      {"LIST", reads, listing_target, list, "[<SP> pathname]"},
      {"NLST", reads, listing_target, nlst, "[<SP> pathname]"},
      {"STAT", reads, listing_target, stat, "[<SP> pathname]"},
  };
  // END SOLUTION
}

}  // namespace kit
