#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "server_options.h"

namespace kit {

/// Somebody who has logged in.
struct User {
  std::string name;
  bool read_only = false;
  bool anonymous = false;
};

/// Who may log in. Passwords are kept as crypt(3) hashes, or in clear only if they came in clear on the command line.
/// Read-only once the server runs: many sessions may ask at once.
class Accounts {
 public:
  /// The accounts of `options`: --user, --users FILE, --anonymous. Throws UsageError naming file, line and what is wrong
  /// (never the password).
  explicit Accounts(const ServerOptions& options);

  /// Whether `name` is one of the two names of anonymous ("anonymous", "ftp"), in any case, and anonymous may log in.
  [[nodiscard]] bool is_anonymous(std::string_view name) const;

  /// The user if the password is right. Takes as long for a name that does not exist as for a wrong password, so that names
  /// cannot be found out by the clock (RFC 2577 7). For anonymous every password is right.
  [[nodiscard]] std::optional<User> verify(const std::string& name, const std::string& password) const;

 private:
  struct Account {
    std::string secret;
    bool hashed = false;
    bool read_only = false;
  };

  void load(const std::string& file);

  std::map<std::string, Account, std::less<>> accounts_;
  AnonymousAccess anonymous_;
};

}  // namespace kit
