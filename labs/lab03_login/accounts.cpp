#include "accounts.h"

#include <crypt.h>

#include <algorithm>
#include <cerrno>
#include <fstream>
#include <memory>
#include <system_error>

#include "arguments.h"
#include "ascii.h"
#include "todo.h"

namespace kit {
namespace {

bool is_supported_hash(const std::string& hash) {
  const int verdict = hash.starts_with('$') ? ::crypt_checksalt(hash.c_str()) : CRYPT_SALT_INVALID;
  return verdict != CRYPT_SALT_INVALID && verdict != CRYPT_SALT_METHOD_DISABLED;
}

// `password` hashed in the way of `hash`: the same as `hash` if the password is right. Slow, as such hashes are meant
// to be.
std::string hash_like(const std::string& hash, const std::string& password) {
  const auto memory = std::make_unique<crypt_data>();  // 32 KiB: too much for the stack of a thread
  const char* result = ::crypt_r(password.c_str(), hash.c_str(), memory.get());
  return result == nullptr ? "" : result;
}

}  // namespace

Accounts::Accounts(const ServerOptions& options) : anonymous_(options.anonymous) {
  for (const AccountOption& user : options.users) {
    add("--user", user.name, {user.password, false, user.read_only});
  }
  if (!options.users_file.empty()) {
    load(options.users_file);
  }
}

bool Accounts::is_anonymous(std::string_view name) const {
  KIT_TODO("lab 3, Accounts::is_anonymous");
}

std::optional<User> Accounts::verify(const std::string& name, const std::string& password) const {
  KIT_TODO("lab 3, Accounts::verify");
}

void Accounts::add(const std::string& where, const std::string& name, Account account) {
  if (account.hashed && decoy_hash_.empty()) {
    decoy_hash_ = account.secret;
  }
  if (!accounts_.emplace(name, std::move(account)).second) {
    throw UsageError(where + ": there is an account of that name already");
  }
}

void Accounts::load(const std::string& file) {
  std::ifstream stream(file);
  const auto fail = [&] { throw UsageError("--users: " + file + ": " + std::generic_category().message(errno)); };
  if (!stream) {
    fail();
  }
  std::string line;
  for (int number = 1; std::getline(stream, line); ++number) {
    load_line(file + ":" + std::to_string(number), line);
  }
  if (stream.bad()) {  // a directory can be opened, but not read
    fail();
  }
}

void Accounts::load_line(const std::string& where, std::string_view line) {
  if (line.ends_with('\r')) {
    line.remove_suffix(1);
  }
  if (line.empty() || line.front() == '#') {
    return;
  }
  const std::size_t colon = line.find(':');
  if (colon == 0 || colon == std::string_view::npos) {
    throw UsageError(where + ": expected NAME:HASH or NAME:HASH:ro");
  }
  std::string_view hash = line.substr(colon + 1);
  const std::size_t second = hash.find(':');
  const bool read_only = second != std::string_view::npos;
  if (read_only && hash.substr(second) != ":ro") {
    throw UsageError(where + ": behind the hash only ':ro' may stand");
  }
  hash = hash.substr(0, second);
  if (!is_supported_hash(std::string(hash))) {
    throw UsageError(where + ": the password is no hash that crypt(3) knows; `openssl passwd -6` makes one");
  }
  add(where, std::string(line.substr(0, colon)), {std::string(hash), true, read_only});
}

}  // namespace kit
