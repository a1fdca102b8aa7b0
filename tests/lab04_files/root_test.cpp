#include "root.h"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>

#include "root_fixture.h"
#include "unprivileged.h"

namespace kit::test {
namespace {

std::string content(const FileDescriptor& file) {
  std::array<char, 4096> buffer{};
  const ssize_t got = ::read(file.get(), buffer.data(), buffer.size());
  return got < 0 ? "unreadable" : std::string(buffer.data(), static_cast<std::size_t>(got));
}

INSTANTIATE_TEST_SUITE_P(BothWays, RootTest,
                         testing::Values(Root::Resolution::automatic, Root::Resolution::by_component));

TEST(Root, NamesTheDirectoryThatItCannotServe) {
  try {
    const Root root("/nowhere/at/all");
    FAIL() << "a directory that does not exist was opened";
  } catch (const std::system_error& error) {
    EXPECT_EQ(error.code().value(), ENOENT);
    EXPECT_NE(std::string(error.what()).find("/nowhere/at/all"), std::string::npos) << error.what();
  }
}

TEST(Root, ServesNoFile) {
  const TemporaryDirectory tree;
  tree.write("file", "");
  EXPECT_EQ(error_of([&] { return Root(tree.string("file")); }), ENOTDIR);
}

TEST_P(RootTest, OpensAFileAtTheTopAndFurtherDown) {
  tree_.write("root/a", "top");
  tree_.make_directory("root/d");
  tree_.make_directory("root/d/e");
  tree_.write("root/d/e/b", "deep");
  EXPECT_EQ(content(root_.open(at("a"), O_RDONLY)), "top");
  EXPECT_EQ(content(root_.open(at("d/e/b"), O_RDONLY)), "deep");
}

TEST_P(RootTest, OpensTheRootItself) {
  const FileDescriptor opened = root_.open(VirtualPath(), O_RDONLY | O_DIRECTORY);
  EXPECT_TRUE(opened);
  EXPECT_TRUE(S_ISDIR(root_.status(VirtualPath()).st_mode));
  EXPECT_TRUE(S_ISDIR(root_.link_status(VirtualPath()).st_mode));
}

TEST_P(RootTest, StaysWhereItIsWhenTheProgramGoesElsewhere) {
  tree_.write("root/a", "here");
  const std::string before = std::filesystem::current_path().string();
  std::filesystem::current_path(tree_.path("outside"));
  EXPECT_EQ(content(root_.open(at("a"), O_RDONLY)), "here");
  std::filesystem::current_path(before);
}

TEST_P(RootTest, CreatesAFileWithTheModeAskedFor) {
  const FileDescriptor made = root_.open(at("new"), O_WRONLY | O_CREAT | O_EXCL, 0600);
  EXPECT_EQ(::write(made.get(), "x", 1), 1);
  EXPECT_EQ(tree_.read("root/new"), "x");
  EXPECT_EQ(root_.status(at("new")).st_mode & 0777U, 0600U);
  EXPECT_EQ(error_of([&] { return root_.open(at("new"), O_WRONLY | O_CREAT | O_EXCL, 0600); }), EEXIST);
}

TEST_P(RootTest, HandsNoDescriptorToChildPrograms) {
  tree_.write("root/a", "");
  for (const int flags : {O_RDONLY, O_PATH, O_WRONLY}) {
    EXPECT_NE(::fcntl(root_.open(at("a"), flags).get(), F_GETFD) & FD_CLOEXEC, 0) << flags;
  }
}

TEST_P(RootTest, SaysWhatIsMissing) {
  tree_.write("root/file", "");
  EXPECT_EQ(error_of([&] { return root_.open(at("nope"), O_RDONLY); }), ENOENT);
  EXPECT_EQ(error_of([&] { return root_.open(at("nope/deeper"), O_RDONLY); }), ENOENT);
  EXPECT_EQ(error_of([&] { return root_.open(at("file/deeper"), O_RDONLY); }), ENOTDIR);
  EXPECT_EQ(error_of([&] { return root_.status(at("nope")); }), ENOENT);
  EXPECT_EQ(error_of([&] { return root_.open(at(std::string(256, 'n')), O_RDONLY); }), ENAMETOOLONG);
}

TEST_P(RootTest, TakesNamesOfTwoHundredAndFiftyFiveBytesAndOfAnyByte) {
  const std::string longest(255, 'n');
  const std::string odd = " \xFF\r\n\x1B[31m\"-* ";
  tree_.write("root/" + longest, "long");
  tree_.write("root/" + odd, "odd");
  EXPECT_EQ(content(root_.open(at(longest), O_RDONLY)), "long");
  EXPECT_EQ(content(root_.open(at(odd), O_RDONLY)), "odd");
  std::vector<std::string> names = root_.names(VirtualPath());
  std::sort(names.begin(), names.end());
  EXPECT_EQ(names, (std::vector<std::string>{odd, longest}));
}

TEST_P(RootTest, OpensOnlyRegularFilesAsFiles) {
  tree_.write("root/file", "text");
  tree_.make_directory("root/d");
  EXPECT_EQ(content(root_.open_file(at("file"), O_RDONLY)), "text");
  EXPECT_EQ(error_of([&] { return root_.open_file(at("d"), O_RDONLY); }), EISDIR);
  EXPECT_EQ(error_of([&] { return root_.open_file(at("d"), O_WRONLY | O_CREAT, 0666); }), EISDIR);
}

TEST_P(RootTest, NeverWaitsAtAFifo) {
  tree_.make_fifo("root/fifo");
  EXPECT_EQ(error_of([&] { return root_.open_file(at("fifo"), O_RDONLY); }), EINVAL);
  EXPECT_EQ(error_of([&] { return root_.open_file(at("fifo"), O_WRONLY); }), ENXIO);
  EXPECT_TRUE(S_ISFIFO(root_.status(at("fifo")).st_mode));
  root_.change_mode(at("fifo"), 0640);
  EXPECT_EQ(root_.status(at("fifo")).st_mode & 0777U, 0640U);
}

TEST_P(RootTest, EntersDirectoriesOnly) {
  tree_.make_directory("root/d");
  tree_.write("root/file", "");
  EXPECT_EQ(error_of([&] { root_.require_directory(VirtualPath()); }), 0);
  EXPECT_EQ(error_of([&] { root_.require_directory(at("d")); }), 0);
  EXPECT_EQ(error_of([&] { root_.require_directory(at("file")); }), ENOTDIR);
  EXPECT_EQ(error_of([&] { root_.require_directory(at("nope")); }), ENOENT);
}

TEST_P(RootTest, EntersNoDirectoryWithoutPermission) {
  tree_.make_directory("root/shut");
  ASSERT_EQ(::chmod(tree_.string("root/shut").c_str(), 0600), 0);
  const Unprivileged nobody;
  EXPECT_EQ(error_of([&] { root_.require_directory(at("shut")); }), EACCES);
}

TEST_P(RootTest, ListsNamesWithoutTheDots) {
  tree_.make_directory("root/d");
  tree_.write("root/d/b", "");
  tree_.write("root/d/.hidden", "");
  std::vector<std::string> names = root_.names(at("d"));
  std::sort(names.begin(), names.end());
  EXPECT_EQ(names, (std::vector<std::string>{".hidden", "b"}));
  EXPECT_EQ(error_of([&] { return root_.names(at("d/b")); }), ENOTDIR);
}

TEST_P(RootTest, MakesAndRemovesDirectories) {
  root_.make_directory(at("d"));
  root_.make_directory(at("d/e"));
  EXPECT_TRUE(std::filesystem::is_directory(tree_.path("root/d/e")));
  EXPECT_EQ(error_of([&] { root_.make_directory(at("d")); }), EEXIST);
  EXPECT_EQ(error_of([&] { root_.make_directory(VirtualPath()); }), EEXIST);
  EXPECT_EQ(error_of([&] { root_.make_directory(at("nope/d")); }), ENOENT);
  EXPECT_EQ(error_of([&] { root_.remove_directory(at("d")); }), ENOTEMPTY);
  root_.remove_directory(at("d/e"));
  root_.remove_directory(at("d"));
  EXPECT_FALSE(tree_.has("root/d"));
  EXPECT_EQ(error_of([&] { root_.remove_directory(VirtualPath()); }), EBUSY);
  EXPECT_TRUE(tree_.has("root"));
}

TEST_P(RootTest, MakesDirectoriesWithTheModeThatTheUmaskLeaves) {
  const mode_t before = ::umask(027);
  root_.make_directory(at("d"));
  ::umask(before);
  EXPECT_EQ(root_.status(at("d")).st_mode & 0777U, 0750U);
}

TEST_P(RootTest, TellsFilesFromDirectoriesWhenItRemoves) {
  tree_.write("root/file", "");
  tree_.make_directory("root/d");
  EXPECT_EQ(error_of([&] { root_.remove_file(at("d")); }), EISDIR);
  EXPECT_EQ(error_of([&] { root_.remove_directory(at("file")); }), ENOTDIR);
  EXPECT_NE(error_of([&] { root_.remove_file(VirtualPath()); }), 0);
  EXPECT_TRUE(tree_.has("root/d") && tree_.has("root/file"));
  root_.remove_file(at("file"));
  EXPECT_FALSE(tree_.has("root/file"));
}

TEST_P(RootTest, RenamesAcrossDirectoriesAndReplacesAFile) {
  tree_.make_directory("root/d");
  tree_.write("root/a", "new");
  tree_.write("root/d/b", "old");
  root_.rename(at("a"), at("d/b"));
  EXPECT_FALSE(tree_.has("root/a"));
  EXPECT_EQ(tree_.read("root/d/b"), "new");
  root_.rename(at("d"), at("e"));
  EXPECT_EQ(tree_.read("root/e/b"), "new");
}

TEST_P(RootTest, ReplacesNoDirectoryByRenaming) {
  tree_.make_directory("root/empty");
  tree_.make_directory("root/d");
  tree_.write("root/d/a", "kept");
  tree_.write("root/file", "kept");
  for (const char* from : {"d", "file"}) {
    EXPECT_EQ(error_of([&] { root_.rename(at(from), at("empty")); }), EEXIST) << from;
    EXPECT_NE(error_of([&] { root_.rename(at(from), VirtualPath()); }), 0) << from;
  }
  EXPECT_NE(error_of([&] { root_.rename(at("d"), at("d/inside")); }), 0);
  EXPECT_NE(error_of([&] { root_.rename(VirtualPath(), at("e")); }), 0);
  EXPECT_NE(error_of([&] { root_.rename(at("d"), at("file")); }), 0);
  EXPECT_EQ(tree_.read("root/d/a"), "kept");
  EXPECT_EQ(tree_.read("root/file"), "kept");
}

TEST_P(RootTest, ChangesModeAndTimes) {
  tree_.write("root/file", "");
  root_.change_mode(at("file"), 0);
  EXPECT_EQ(root_.status(at("file")).st_mode & 07777U, 0U);
  root_.change_mode(at("file"), 0640);  // also when nobody may open it
  EXPECT_EQ(root_.status(at("file")).st_mode & 07777U, 0640U);
  root_.change_times(at("file"), {1'000'000, 0}, {1'234'567'890, 500});
  const struct stat status = root_.status(at("file"));
  EXPECT_EQ(status.st_atim.tv_sec, 1'000'000);
  EXPECT_EQ(status.st_mtim.tv_sec, 1'234'567'890);
  EXPECT_EQ(status.st_mtim.tv_nsec, 500);
}

}  // namespace
}  // namespace kit::test
