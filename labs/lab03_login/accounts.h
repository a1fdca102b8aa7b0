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
  /// The accounts of `options`: --user, --users FILE, --anonymous. The file holds one NAME:HASH or NAME:HASH:ro a line,
  /// HASH as by crypt(3); empty lines and lines that begin with '#' are passed over. Throws UsageError naming file,
  /// line and what is wrong (never the line itself: there may be a password in it).
  explicit Accounts(const ServerOptions& options);

  /// Whether `name` is one of the two names of anonymous ("anonymous", "ftp"), in any case, and anonymous may log in.
  /// Not so if there is an account of that very name: it keeps its password.
  [[nodiscard]] bool is_anonymous(std::string_view name) const;

  /// The user if the password is right. Takes as long for a name that does not exist as for a wrong password, so that
  /// names cannot be found out by the clock (RFC 2577 7). For anonymous every password is right.
  [[nodiscard]] std::optional<User> verify(const std::string& name, const std::string& password) const;

 private:
  struct Account {
    std::string secret;
    bool hashed = false;
    bool read_only = false;
  };

  void add(const std::string& where, const std::string& name, Account account);
  void load(const std::string& file);
  void load_line(const std::string& where, std::string_view line);

  std::map<std::string, Account, std::less<>> accounts_;
  std::string decoy_hash_;  // what the password for an unknown name is compared with; empty if no account has a hash
  AnonymousAccess anonymous_;
};

}  // namespace kit
