#include "client.h"

#include <utility>

#include "address.h"
#include "check.h"
#include "ftp_error.h"
#include "listing_lines.h"
#include "todo.h"

namespace kit {
// BEGIN PRIVATE
namespace {

constexpr int service_not_available = 421;

// What stands between the first quote and its partner, "" being one quote of the name itself (RFC 959 App. II).
std::string quoted_path(const std::string& text) {
  std::string path;
  std::size_t i = text.find('"');
  if (i == std::string::npos) {
    return text;  // no server should, but a person can read it
  }
  for (++i; i < text.size(); ++i) {
    if (text[i] == '"' && (i + 1 == text.size() || text[++i] != '"')) {
      break;
    }
    path += text[i];
  }
  return path;
}

constexpr int most_idle_replies = 100;  // each comes in time: endless ones would hold the client for ever

}  // namespace
// END PRIVATE

Client::Client(Waiter& waiter, ClientPatience patience) : waiter_(waiter), patience_(patience) {}

// BEGIN PRIVATE
Dialogue& Client::dialogue() { return dialogue_ ? *dialogue_ : throw NotConnected(); }

// Uses the control connection. Whatever is thrown out of the middle of a line or a reply leaves it in a state that
// nobody knows; only what Dialogue refuses to send at all does not.
template <typename Action>
auto Client::in_step(Action action) {
  Dialogue& control = dialogue();
  try {
    return action(control);
  } catch (const std::invalid_argument&) {
    throw;
  } catch (...) {
    close();
    throw;
  }
}

void Client::drop_stray_replies() {
  for (int strays = 0; strays < most_idle_replies; ++strays) {
    std::optional<Reply> stray = read_buffered();
    if (!stray && reply_has_come()) {
      stray = read();
    }
    if (!stray) {
      return;
    }
    if (stray->code == service_not_available) {
      close();
      throw FtpError(*stray);
    }
  }
  close();
  throw MalformedReply("the server sends replies that nobody asked for without end");
}

void Client::ensure_type() {
  if (server_type_ != wanted_type_) {
    require("TYPE " + wanted_type_);
    server_type_ = wanted_type_;
  }
}

TransferResult Client::list_lines(const std::string& verb, const std::string& path,
                                  const std::function<void(std::string_view)>& take) {
  ListingLines lines(take);
  TransferResult result = download(*this, {path.empty() ? verb : verb + " " + path},
                                   [&](std::span<const char> bytes) { lines.feed(bytes); });
  lines.finish();
  return result;
}

// END PRIVATE
void Client::connect(const std::string& host, std::uint16_t port) {
  // BEGIN SOLUTION Client::connect
  close();
  server_type_.clear();
  const auto addresses = Address::resolve(host, port);
  TcpStream stream = TcpStream::connect(addresses, waiter_, Deadline::after(patience_.connecting));
  dialogue_ = std::make_unique<Dialogue>(std::move(stream), patience_.standing);
  dialogue_->observe(observer_);
  const Reply greeting = read_final();
  if (!greeting.completed()) {
    close();
    throw FtpError(greeting);
  }
  // END SOLUTION
}

void Client::quit() {
  // BEGIN SOLUTION Client::quit
  try {
    quote("QUIT");
  } catch (const Stopped&) {
    throw;
  } catch (const std::exception&) {  // the connection ends in any case
  }
  close();
  // END SOLUTION
}

Reply Client::login(const std::string& user, const PasswordSource& password) {
  // BEGIN SOLUTION Client::login
  server_type_.clear();
  Reply reply = quote("USER " + user);
  if (reply.intermediate()) {
    reply = quote("PASS " + password());
  }
  return reply.completed() ? reply : throw FtpError(reply);
  // END SOLUTION
}

Reply Client::login(const std::string& user, const std::string& password) {
  return login(user, [&] { return password; });
}

void Client::change_directory(const std::string& path) { require("CWD " + path); }
void Client::change_to_parent() { require("CDUP"); }
void Client::make_directory(const std::string& path) { require("MKD " + path); }
void Client::remove_directory(const std::string& path) { require("RMD " + path); }
void Client::remove(const std::string& path) { require("DELE " + path); }

std::string Client::directory() {
  // BEGIN SOLUTION Client::directory
  return quoted_path(require("PWD").lines.front());
  // END SOLUTION
}

void Client::rename(const std::string& from, const std::string& to) {
  // BEGIN SOLUTION Client::rename
  require("RNFR " + from, 3);
  require("RNTO " + to);
  // END SOLUTION
}

TransferResult Client::get(const std::string& remote, const Sink& sink) {
  // BEGIN SOLUTION Client::get
  ensure_type();
  return download(*this, {"RETR " + remote}, sink);
  // END SOLUTION
}

TransferResult Client::put(const Source& source, const std::string& remote) {
  // BEGIN SOLUTION Client::put
  ensure_type();
  return upload(*this, {"STOR " + remote}, source);
  // END SOLUTION
}

TransferResult Client::append(const Source& source, const std::string& remote) {
  // BEGIN SOLUTION Client::append
  ensure_type();
  return upload(*this, {"APPE " + remote}, source);
  // END SOLUTION
}

TransferResult Client::list(const std::string& path, const std::function<void(std::string_view)>& take) {
  // BEGIN SOLUTION Client::list
  return list_lines("LIST", path, take);
  // END SOLUTION
}

TransferResult Client::names(const std::string& path, const std::function<void(std::string_view)>& take) {
  // BEGIN SOLUTION Client::names
  return list_lines("NLST", path, take);
  // END SOLUTION
}

Reply Client::quote(const std::string& line) {
  // BEGIN SOLUTION Client::quote
  send(line);
  return read_final();
  // END SOLUTION
}

Reply Client::require(const std::string& line, int kind) {
  // BEGIN SOLUTION Client::require
  Reply reply = quote(line);
  return reply.kind() == kind ? reply : throw FtpError(reply);
  // END SOLUTION
}

void Client::send(const std::string& line) {
  // BEGIN SOLUTION Client::send
  drop_stray_replies();
  in_step([&](Dialogue& control) { control.send(line); });
  // END SOLUTION
}

Reply Client::read() {
  // BEGIN SOLUTION Client::read
  return in_step([](Dialogue& control) { return control.read(); });
  // END SOLUTION
}

std::optional<Reply> Client::read_buffered() {
  // BEGIN SOLUTION Client::read_buffered
  return in_step([](Dialogue& control) { return control.read_buffered(); });
  // END SOLUTION
}

bool Client::reply_has_come() { return dialogue_ && dialogue_->has_reply(); }

Reply Client::read_final() {
  // BEGIN SOLUTION Client::read_final
  for (int preliminary = 0; preliminary < most_idle_replies; ++preliminary) {
    Reply reply = read();
    if (!reply.preliminary()) {
      return reply;
    }
  }
  close();
  throw MalformedReply("the server sends preliminary replies without end");
  // END SOLUTION
}

void Client::observe(Observer observer) {
  observer_ = std::move(observer);
  if (dialogue_) {
    dialogue_->observe(observer_);
  }
}

TcpStream& Client::control() { return dialogue_ ? dialogue_->stream() : throw NotConnected(); }

}  // namespace kit
