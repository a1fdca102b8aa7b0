#include "hash_commands.h"

#include "extensions_fixture.h"

namespace kit::test {
namespace {

using HashCommands = ExtensionsFixture;

TEST_F(HashCommands, TellTheKindTheBytesAndThePath) {
  tree_.write("root/a b", "abc");
  EXPECT_EQ(ask("HASH a b"),
            Reply(213, "SHA-256 0-2 ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad /a b"));
  tree_.write("root/e", "");
  EXPECT_EQ(text("HASH e"), "SHA-256 0-0 e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855 /e");
}

TEST_F(HashCommands, TakeTheBytesAsTheyAreStored) {
  tree_.write("root/f", std::string(1'000'000, '\n'));
  const std::string before = text("HASH f");
  ASSERT_EQ(code("TYPE I"), 200);
  EXPECT_EQ(text("HASH f"), before);
}

TEST_F(HashCommands, MakeAnotherKindIfItIsSelected) {
  tree_.write("root/f", "123456789");
  EXPECT_EQ(text("OPTS HASH"), "SHA-256");
  EXPECT_EQ(text("OPTS HASH crc32"), "CRC32");
  EXPECT_EQ(text("HASH f"), "CRC32 0-8 cbf43926 /f");
  expect_codes(501, {"OPTS HASH MD5", "OPTS HASH CRC32 ", "OPTS HASH CRC32;"});
  EXPECT_EQ(text("OPTS HASH"), "CRC32");
}

TEST_F(HashCommands, RefuseWhatIsNoFile) {
  tree_.make_directory("root/d");
  tree_.make_fifo("root/p");
  expect_codes(550, {"HASH d", "HASH p", "HASH nothing"});
  EXPECT_EQ(code("HASH"), 501);
}

TEST(HashFeature, MarksTheOneThatIsSelected) {
  EXPECT_EQ(hash_feature(digest_kinds[0]), "SHA-256*;CRC32");
  EXPECT_EQ(hash_feature(digest_kinds[1]), "SHA-256;CRC32*");
}

}  // namespace
}  // namespace kit::test
