#include "digest.h"

#include <algorithm>
#include <bit>
#include <cstdio>
#include <functional>

#include "ascii.h"

namespace kit {
namespace {

// The first 32 bits of the fractional parts of the cube roots of the first 64 primes (FIPS 180-4 4.2.2).
constexpr std::array<std::uint32_t, 64> round_constants{
    0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5,
    0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
    0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
    0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967,
    0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
    0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
    0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
    0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2};

std::uint32_t byte_of(char c) { return static_cast<unsigned char>(c); }

std::string hexadecimal(std::uint32_t word) {
  std::array<char, 9> text{};
  std::snprintf(text.data(), text.size(), "%08x", word);
  return text.data();
}

class Sha256 : public Digest {
 public:
  void update(std::string_view bytes) override {
    length_ += bytes.size();
    if (!rest_.empty()) {
      const std::size_t missing = std::min(block_size - rest_.size(), bytes.size());
      rest_.append(bytes.substr(0, missing));
      bytes.remove_prefix(missing);
      if (rest_.size() < block_size) {
        return;
      }
      mix(rest_);
      rest_.clear();
    }
    for (; bytes.size() >= block_size; bytes.remove_prefix(block_size)) {
      mix(bytes.substr(0, block_size));
    }
    rest_ = bytes;
  }

  std::string finish() override {
    const std::uint64_t bits = length_ * 8;
    std::string padding = "\x80";
    padding.append((block_size * 2 - 9 - length_ % block_size) % block_size, '\0');
    for (int shift = 56; shift >= 0; shift -= 8) {
      padding.push_back(static_cast<char>(bits >> static_cast<unsigned>(shift) & 0xffU));
    }
    update(padding);
    std::string text;
    for (const std::uint32_t word : state_) {
      text += hexadecimal(word);
    }
    return text;
  }

 private:
  static constexpr std::size_t block_size = 64;

  void mix(std::string_view block) {
    std::array<std::uint32_t, 64> words{};
    for (std::size_t i = 0; i < 16; ++i) {
      words[i] = byte_of(block[4 * i]) << 24U | byte_of(block[4 * i + 1]) << 16U | byte_of(block[4 * i + 2]) << 8U |
                 byte_of(block[4 * i + 3]);
    }
    for (std::size_t i = 16; i < 64; ++i) {
      const std::uint32_t a = words[i - 15];
      const std::uint32_t b = words[i - 2];
      words[i] = words[i - 16] + (std::rotr(a, 7) ^ std::rotr(a, 18) ^ a >> 3U) + words[i - 7] +
                 (std::rotr(b, 17) ^ std::rotr(b, 19) ^ b >> 10U);
    }
    auto [a, b, c, d, e, f, g, h] = state_;
    for (std::size_t i = 0; i < 64; ++i) {
      const std::uint32_t first = h + (std::rotr(e, 6) ^ std::rotr(e, 11) ^ std::rotr(e, 25)) + ((e & f) ^ (~e & g)) +
                                  round_constants[i] + words[i];
      const std::uint32_t second =
          (std::rotr(a, 2) ^ std::rotr(a, 13) ^ std::rotr(a, 22)) + ((a & b) ^ (a & c) ^ (b & c));
      h = g, g = f, f = e, e = d + first, d = c, c = b, b = a, a = first + second;
    }
    const std::array<std::uint32_t, 8> mixed{a, b, c, d, e, f, g, h};
    std::transform(state_.begin(), state_.end(), mixed.begin(), state_.begin(), std::plus<>());
  }

  // The same of the square roots of the first eight primes (5.3.3).
  std::array<std::uint32_t, 8> state_{0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a,
                                      0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19};
  std::uint64_t length_ = 0;
  std::string rest_;  // of a block that is not full yet
};

constexpr std::array<std::uint32_t, 256> crc_table() {
  std::array<std::uint32_t, 256> table{};
  for (std::uint32_t i = 0; i < table.size(); ++i) {
    std::uint32_t value = i;
    for (int bit = 0; bit < 8; ++bit) {
      value = value >> 1U ^ ((value & 1U) != 0 ? 0xedb88320U : 0U);
    }
    table[i] = value;
  }
  return table;
}

class Crc32 : public Digest {
 public:
  void update(std::string_view bytes) override {
    static constexpr std::array<std::uint32_t, 256> table = crc_table();
    for (const char c : bytes) {
      value_ = table[(value_ ^ byte_of(c)) & 0xffU] ^ value_ >> 8U;
    }
  }

  std::string finish() override { return hexadecimal(~value_); }

 private:
  std::uint32_t value_ = 0xffffffff;
};

}  // namespace

const std::array<DigestKind, 2> digest_kinds{{
    {"SHA-256", [] { return std::unique_ptr<Digest>(std::make_unique<Sha256>()); }},
    {"CRC32", [] { return std::unique_ptr<Digest>(std::make_unique<Crc32>()); }},
}};

const DigestKind* find_digest(std::string_view name) {
  const std::string wanted = to_upper(name);
  const auto* const found = std::find_if(digest_kinds.begin(), digest_kinds.end(),
                                         [&](const DigestKind& kind) { return kind.name == wanted; });
  return found == digest_kinds.end() ? nullptr : found;
}

}  // namespace kit
