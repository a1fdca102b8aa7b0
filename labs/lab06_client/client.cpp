#include "client.h"

#include <utility>

#include "address.h"
#include "check.h"
#include "ftp_error.h"
#include "listing_lines.h"
#include "todo.h"

namespace kit {

Client::Client(Waiter& waiter, ClientPatience patience) : waiter_(waiter), patience_(patience) {}

void Client::connect(const std::string& host, std::uint16_t port) {
  KIT_TODO("lab 6, Client::connect");
}

void Client::quit() {
  KIT_TODO("lab 6, Client::quit");
}

Reply Client::login(const std::string& user, const PasswordSource& password) {
  KIT_TODO("lab 6, Client::login");
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
  KIT_TODO("lab 6, Client::directory");
}

void Client::rename(const std::string& from, const std::string& to) {
  KIT_TODO("lab 6, Client::rename");
}

TransferResult Client::get(const std::string& remote, const Sink& sink) {
  KIT_TODO("lab 6, Client::get");
}

TransferResult Client::put(const Source& source, const std::string& remote) {
  KIT_TODO("lab 6, Client::put");
}

TransferResult Client::append(const Source& source, const std::string& remote) {
  KIT_TODO("lab 6, Client::append");
}

TransferResult Client::list(const std::string& path, const std::function<void(std::string_view)>& take) {
  KIT_TODO("lab 6, Client::list");
}

TransferResult Client::names(const std::string& path, const std::function<void(std::string_view)>& take) {
  KIT_TODO("lab 6, Client::names");
}

Reply Client::quote(const std::string& line) {
  KIT_TODO("lab 6, Client::quote");
}

Reply Client::require(const std::string& line, int kind) {
  KIT_TODO("lab 6, Client::require");
}

void Client::send(const std::string& line) {
  KIT_TODO("lab 6, Client::send");
}

Reply Client::read() {
  KIT_TODO("lab 6, Client::read");
}

std::optional<Reply> Client::read_buffered() {
  KIT_TODO("lab 6, Client::read_buffered");
}

bool Client::reply_has_come() { return dialogue_ && dialogue_->has_reply(); }

Reply Client::read_final() {
  KIT_TODO("lab 6, Client::read_final");
}

void Client::observe(Observer observer) {
  observer_ = std::move(observer);
  if (dialogue_) {
    dialogue_->observe(observer_);
  }
}

TcpStream& Client::control() { return dialogue_ ? dialogue_->stream() : throw NotConnected(); }

}  // namespace kit
