#include "local_files.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <set>

namespace kit {
namespace {

namespace fs = std::filesystem;

// A directory of its own for every test.
class LocalFiles : public testing::Test {
 protected:
  LocalFiles() {
    std::string name = testing::TempDir() + "local-files-XXXXXX";
    EXPECT_NE(::mkdtemp(name.data()), nullptr);
    folder_ = name;
  }
  ~LocalFiles() override { fs::remove_all(folder_); }

  [[nodiscard]] std::string path(const std::string& name) const { return folder_ + "/" + name; }
  void write(const std::string& name, const std::string& content) const { std::ofstream(path(name)) << content; }
  [[nodiscard]] std::string content(const std::string& name) const {
    std::ifstream file(path(name), std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
  }
  [[nodiscard]] std::set<std::string> names() const {
    std::set<std::string> found;
    for (const auto& entry : fs::directory_iterator(folder_)) {
      found.insert(entry.path().filename().string());
    }
    return found;
  }

  std::string folder_;
};

using Names = std::set<std::string>;

TEST(LastPart, IsWhatStandsBehindTheLastSlash) {
  EXPECT_EQ(last_part("a"), "a");
  EXPECT_EQ(last_part("/x/a b"), "a b");
  EXPECT_EQ(last_part("x/"), "");
  EXPECT_EQ(last_part(""), "");
}

TEST(LocalNameFor, IsTheLastPartOfTheRemoteName) {
  EXPECT_EQ(local_name_for("a.txt"), "a.txt");
  EXPECT_EQ(local_name_for("pub/a.txt"), "a.txt");
  EXPECT_EQ(local_name_for("/pub/../a b"), "a b");
  EXPECT_EQ(local_name_for("-x"), "-x");
  EXPECT_EQ(local_name_for("..."), "...");
  EXPECT_EQ(local_name_for("gr\xC3\xBC\xFF"), "gr\xC3\xBC\xFF");
}

TEST(LocalNameFor, RefusesWhatIsNoNameOrCouldDoHarm) {
  for (const char* bad :
       {"", "/", "pub/", ".", "..", "../..", "pub/..", "|id", "pub/|id", "a\nb", "a\rb", "\x1b[2J", "a\x7f"}) {
    EXPECT_THROW(local_name_for(bad), LocalError) << bad;
  }
  EXPECT_THROW(local_name_for(std::string("a\0b", 3)), LocalError);
}

TEST_F(LocalFiles, SourceGivesAllBytesOfAFile) {
  write("a", std::string("x\0y\r\n\xFF", 6));
  LocalSource source(path("a"));
  EXPECT_EQ(source.size(), 6U);
  std::array<char, 4> buffer{};
  EXPECT_EQ(source.read(buffer), 4U);
  EXPECT_EQ(source.read(buffer), 2U);
  EXPECT_EQ(buffer[1], '\xFF');
  EXPECT_EQ(source.read(buffer), 0U);
}

TEST_F(LocalFiles, SourceNamesWhatCannotBeRead) {
  try {
    const LocalSource source(path("no\nsuch"));
    FAIL() << "opened a file that is not there";
  } catch (const LocalError& error) {
    EXPECT_EQ(error.what(), path("no\\nsuch") + ": No such file or directory");
  }
}

TEST_F(LocalFiles, SourceRefusesWhatIsNoFileAndDoesNotWaitForIt) {
  EXPECT_THROW(const LocalSource source(folder_), LocalError);
  ASSERT_EQ(::mkfifo(path("fifo").c_str(), 0600), 0);
  EXPECT_THROW(const LocalSource source(path("fifo")), LocalError);
}

TEST_F(LocalFiles, TargetAppearsOnlyWhenItIsCommitted) {
  LocalTarget target(path("a"));
  target.write(std::string("one "));
  target.write(std::string("two"));
  EXPECT_FALSE(fs::exists(path("a")));
  target.commit();
  EXPECT_EQ(content("a"), "one two");
  EXPECT_EQ(names(), Names{"a"});
}

TEST_F(LocalFiles, TargetMayBeEmpty) {
  LocalTarget target(path("a"));
  target.commit();
  EXPECT_EQ(content("a"), "");
}

TEST_F(LocalFiles, TargetLeavesNothingBehindWhenItIsGivenUp) {
  {
    LocalTarget target(path("a"));
    target.write(std::string("half"));
  }
  EXPECT_EQ(names(), Names{});
}

TEST_F(LocalFiles, TargetThatIsGivenUpLeavesTheOldFileAlone) {
  write("a", "old and dear");
  {
    LocalTarget target(path("a"));
    target.write(std::string("new"));
    EXPECT_EQ(content("a"), "old and dear");
  }
  EXPECT_EQ(content("a"), "old and dear");
  EXPECT_EQ(names(), Names{"a"});
}

TEST_F(LocalFiles, TargetReplacesALongerFileWhole) {
  write("a", "a long text of old");
  LocalTarget target(path("a"));
  target.write(std::string("new"));
  target.commit();
  EXPECT_EQ(content("a"), "new");
}

TEST_F(LocalFiles, TargetKeepsThePermissionsOfTheOldFile) {
  write("a", "old");
  ASSERT_EQ(::chmod(path("a").c_str(), 0640), 0);
  LocalTarget target(path("a"));
  target.commit();
  struct stat status {};
  ASSERT_EQ(::stat(path("a").c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 0777U, 0640U);
}

TEST_F(LocalFiles, TargetGetsThePermissionsThatNewFilesGet) {
  const mode_t before = ::umask(027);
  LocalTarget target(path("a"));
  target.commit();
  ::umask(before);
  struct stat status {};
  ASSERT_EQ(::stat(path("a").c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 0777U, 0640U);
}

TEST_F(LocalFiles, TargetReplacesWhatALinkPointsTo) {
  ASSERT_EQ(::mkdir(path("sub").c_str(), 0700), 0);
  write("sub/real", "old");
  fs::create_symlink("sub/real", path("link"));
  LocalTarget target(path("link"));
  target.write(std::string("new"));
  target.commit();
  EXPECT_TRUE(fs::is_symlink(path("link")));
  EXPECT_EQ(content("sub/real"), "new");
}

TEST_F(LocalFiles, TargetTakesTheLongestName) {
  const std::string name(255, 'x');
  LocalTarget target(path(name));
  target.commit();
  EXPECT_EQ(names(), Names{name});
}

TEST_F(LocalFiles, TargetWritesToACharacterDeviceAndDoesNotReplaceIt) {
  LocalTarget target("/dev/null");
  target.write(std::string("gone"));
  target.commit();
  EXPECT_TRUE(fs::is_character_file("/dev/null"));
}

TEST_F(LocalFiles, TargetRefusesWhatCannotBeWritten) {
  EXPECT_THROW(LocalTarget(path("no/such/a")), LocalError);
  EXPECT_THROW(LocalTarget{folder_}, LocalError);
  ASSERT_EQ(::mkfifo(path("fifo").c_str(), 0600), 0);
  EXPECT_THROW(LocalTarget(path("fifo")), LocalError);
}

TEST_F(LocalFiles, TwoTargetsOfOneNameDoNotMeet) {
  LocalTarget first(path("a"));
  LocalTarget second(path("a"));
  first.write(std::string("first"));
  second.write(std::string("second"));
  second.commit();
  first.commit();
  EXPECT_EQ(content("a"), "first");
  EXPECT_EQ(names(), Names{"a"});
}

}  // namespace
}  // namespace kit
