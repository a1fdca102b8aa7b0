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
  KIT_TODO("lab 5, pasv");
}

/// 550 if there is no such file, or it is none; else 150 with the size in brackets (clients show it), the file, 226.
Reply retr(Session& session, const Argument& argument) {
  KIT_TODO("lab 5, retr");
}

/// The file that the path names becomes what the client sends, and stays as it was unless all of that has come (see
/// Upload).
Reply stor(Session& session, const Argument& argument) {
  KIT_TODO("lab 5, stor");
}

/// What the client sends is added to the end of the file.
Reply appe(Session& session, const Argument& argument) {
  KIT_TODO("lab 5, appe");
}

/// What the client sends becomes a new file in the working directory; 150 says "FILE: " and its name (RFC
/// 1123 4.1.2.9). RFC 959 knows no argument here, but clients send one: its last component begins the name then, and
/// "upload" otherwise.
Reply stou(Session& session, const Argument& argument) {
  KIT_TODO("lab 5, stou");
}

/// 550 if there is no such path; else lines as `ls -l` has them, each with CRLF, whatever TYPE says (RFC 1123 4.1.2.7).
Reply list(Session& session, const Argument& argument) {
  KIT_TODO("lab 5, list");
}

/// The same with names only.
Reply nlst(Session& session, const Argument& argument) {
  KIT_TODO("lab 5, nlst");
}

/// With a path: 213 for a file, 212 for a directory, and the lines of LIST over the control connection; of a directory
/// at most 1,000, for a reply is made in memory. Without one: what STAT said before this lab.
Reply stat(Session& session, const Argument& argument) {
  KIT_TODO("lab 5, stat");
}

}  // namespace

CommandTable passive_commands() {
  KIT_TODO("lab 5, passive_commands");
}

}  // namespace kit
