#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

namespace kit {

/// A checksum that is made piece by piece. Given: how hash functions work is another course's business.
class Digest {
 public:
  Digest() = default;
  virtual ~Digest() = default;
  Digest(const Digest&) = delete;
  Digest& operator=(const Digest&) = delete;

  virtual void update(std::string_view bytes) = 0;

  /// The checksum of all that has come, in hexadecimal with small letters. To be called once, at the end.
  virtual std::string finish() = 0;
};

/// A kind of checksum by its name in the IANA registry of hash functions (RFC 3230), or the name that practice has
/// given it.
struct DigestKind {
  std::string_view name;
  std::unique_ptr<Digest> (*make)();
};

/// SHA-256 (FIPS 180-4), which HASH uses unless OPTS HASH says otherwise, and CRC32 (that of Ethernet and zip).
extern const std::array<DigestKind, 2> digest_kinds;

/// The kind of that name, in any case, or nullptr. Pure.
const DigestKind* find_digest(std::string_view name);

}  // namespace kit
