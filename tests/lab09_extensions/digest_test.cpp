#include "digest.h"

#include <string>

#include <gtest/gtest.h>

namespace kit::test {
namespace {

std::string checksum(std::string_view kind, const std::string& bytes, std::size_t piece) {
  const auto digest = find_digest(kind)->make();
  for (std::size_t begin = 0; begin < bytes.size(); begin += piece) {
    digest->update(std::string_view(bytes).substr(begin, piece));
  }
  return digest->finish();
}

// The examples of FIPS 180-4 and of NIST's secure hash standard validation system.
TEST(Sha256, GivesThePublishedValues) {
  EXPECT_EQ(checksum("SHA-256", "", 1), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  EXPECT_EQ(checksum("SHA-256", "abc", 9), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  EXPECT_EQ(checksum("SHA-256", "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq", 99),
            "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
  EXPECT_EQ(checksum("SHA-256", std::string(1'000'000, 'a'), 4096),
            "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
}

TEST(Sha256, IsTheSameHoweverTheBytesAreCut) {
  for (const std::size_t size : {1U, 55U, 56U, 63U, 64U, 65U, 119U, 120U, 128U, 200U}) {
    const std::string bytes(size, '\xA5');
    const std::string whole = checksum("SHA-256", bytes, size);
    for (std::size_t piece = 1; piece < size; ++piece) {
      ASSERT_EQ(checksum("SHA-256", bytes, piece), whole) << size << " bytes in pieces of " << piece;
    }
  }
}

TEST(Crc32, GivesTheCheckValue) {
  EXPECT_EQ(checksum("CRC32", "123456789", 9), "cbf43926");
  EXPECT_EQ(checksum("CRC32", "123456789", 2), "cbf43926");
  EXPECT_EQ(checksum("CRC32", "", 1), "00000000");
}

TEST(DigestKind, IsFoundInAnyCase) {
  ASSERT_NE(find_digest("sha-256"), nullptr);
  EXPECT_EQ(find_digest("sha-256")->name, "SHA-256");
  EXPECT_EQ(find_digest("Crc32")->name, "CRC32");
  for (const char* name : {"", "SHA", "SHA256", "SHA-2566", "MD5"}) {
    EXPECT_EQ(find_digest(name), nullptr) << name;
  }
}

}  // namespace
}  // namespace kit::test
