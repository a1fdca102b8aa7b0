#include <fcntl.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <cstddef>
#include <cstdio>
#include <functional>
#include <stop_token>
#include <thread>

#include "root_fixture.h"

// What the root is for: nothing gets out of it, by no name, no link and no race.

namespace kit::test {
namespace {

class RootEscapeTest : public RootTest {};

INSTANTIATE_TEST_SUITE_P(BothWays, RootEscapeTest,
                         testing::Values(Root::Resolution::automatic, Root::Resolution::by_component));

// Every function on `path`: each has to refuse.
void expect_everything_refused(const Root& root, const VirtualPath& path) {
  const timespec time{1, 0};
  const std::pair<const char*, std::function<void()>> actions[] = {
      {"open", [&] { static_cast<void>(root.open(path, O_RDONLY)); }},
      {"open O_PATH", [&] { static_cast<void>(root.open(path, O_PATH)); }},
      {"open to create", [&] { static_cast<void>(root.open(path, O_WRONLY | O_CREAT | O_TRUNC, 0666)); }},
      {"open_file", [&] { static_cast<void>(root.open_file(path, O_RDWR | O_CREAT, 0666)); }},
      {"require_directory", [&] { root.require_directory(path); }},
      {"status", [&] { static_cast<void>(root.status(path)); }},
      {"names", [&] { static_cast<void>(root.names(path)); }},
      {"make_directory", [&] { root.make_directory(path); }},
      {"remove_directory", [&] { root.remove_directory(path); }},
      {"change_mode", [&] { root.change_mode(path, 0777); }},
      {"change_times", [&] { root.change_times(path, time, time); }},
  };
  for (const auto& [name, action] : actions) {
    EXPECT_NE(error_of(action), 0) << name << " " << path.text();
  }
}

// The functions on a name itself: refused only where a link stands on the way to it.
void expect_itself_refused(const Root& root, const VirtualPath& path) {
  EXPECT_NE(error_of([&] { return root.link_status(path); }), 0) << path.text();
  EXPECT_NE(error_of([&] { return root.link_target(path); }), 0) << path.text();
  EXPECT_NE(error_of([&] { root.remove_file(path); }), 0) << path.text();
  EXPECT_NE(error_of([&] { root.rename(path, at("stolen")); }), 0) << path.text();
  EXPECT_NE(error_of([&] { root.rename(at("mine"), path); }), 0) << path.text();
}

TEST_P(RootEscapeTest, LeadsNowhereByLinksThatPointOut) {
  tree_.write("root/mine", "mine");
  tree_.link("root/relative", "../outside");
  tree_.link("root/absolute", tree_.string("outside"));
  tree_.link("root/file", "../outside/secret");
  tree_.link("root/new", "../outside/new");
  tree_.link("root/slash", "/");
  tree_.link("root/magic", "/proc/self/root");
  tree_.link("root/twice", "relative");
  for (const char* link : {"relative", "absolute", "file", "new", "slash", "magic", "twice"}) {
    expect_everything_refused(root_, at(link));
  }
  for (const char* through : {"relative/secret", "absolute/secret", "twice/secret", "relative/new"}) {
    expect_everything_refused(root_, at(through));
    expect_itself_refused(root_, at(through));
  }
  EXPECT_TRUE(tree_.has("root/mine"));
  expect_outside_untouched();
}

TEST_P(RootEscapeTest, RefusesAnAbsoluteLinkEvenIfItComesBack) {
  tree_.make_directory("root/d");
  tree_.link("root/back", tree_.string("root/d"));
  expect_everything_refused(root_, at("back"));
}

TEST_P(RootEscapeTest, FollowsALinkThatStaysInsideOnlyWhenTheKernelWalks) {
  tree_.make_directory("root/d");
  tree_.make_directory("root/e");
  tree_.write("root/d/file", "text");
  tree_.link("root/to_directory", "d");
  tree_.link("root/e/up_and_down", "../d/file");
  const int refused = kernel_resolves() ? 0 : ELOOP;
  EXPECT_EQ(error_of([&] { return root_.open_file(at("e/up_and_down"), O_RDONLY); }), refused);
  EXPECT_EQ(error_of([&] { return root_.status(at("to_directory")); }), refused);
  EXPECT_EQ(error_of([&] { return root_.status(at("to_directory/file")); }), kernel_resolves() ? 0 : ENOTDIR);
  EXPECT_EQ(error_of([&] { root_.change_mode(at("e/up_and_down"), 0600); }), refused);
}

TEST_P(RootEscapeTest, GivesUpOnALoopOfLinks) {
  tree_.link("root/a", "b");
  tree_.link("root/b", "a");
  EXPECT_EQ(error_of([&] { return root_.open(at("a"), O_RDONLY); }), ELOOP);
}

TEST_P(RootEscapeTest, ActsOnALinkAndNotOnWhatItPointsTo) {
  tree_.link("root/link", "../outside/secret");
  tree_.write("root/file", "mine");
  EXPECT_TRUE(S_ISLNK(root_.link_status(at("link")).st_mode));
  EXPECT_EQ(root_.link_target(at("link")), "../outside/secret");
  EXPECT_EQ(error_of([&] { return root_.link_target(at("file")); }), EINVAL);
  root_.rename(at("link"), at("moved"));
  EXPECT_EQ(root_.link_target(at("moved")), "../outside/secret");
  root_.rename(at("file"), at("moved"));  // replaces the link, and writes nothing through it
  EXPECT_EQ(tree_.read("root/moved"), "mine");
  tree_.link("root/again", "../outside/secret");
  root_.remove_file(at("again"));
  EXPECT_FALSE(tree_.has("root/again"));
  expect_outside_untouched();
}

// Puts a directory and a link that points out in turns under the name "target", as fast as it can.
void swap_until(const std::stop_token& stop, const TemporaryDirectory& tree) {
  const std::string target = tree.string("root/target");
  while (!stop.stop_requested()) {
    for (const std::string& own : {tree.string("root/directory"), tree.string("root/link")}) {
      std::rename(own.c_str(), target.c_str());
      std::rename(target.c_str(), own.c_str());
    }
  }
}

TEST_P(RootEscapeTest, NeverLosesARaceAgainstSomebodyWhoSwapsADirectoryForALink) {
  tree_.make_directory("root/directory");
  tree_.write("root/directory/secret", "public!");
  tree_.link("root/link", "../outside");
  constexpr int enough = 1000;
  int opened = 0;
  {
    const std::jthread swapper([this](const std::stop_token& stop) { swap_until(stop, tree_); });
    for (int attempt = 0; attempt < 50 * enough && opened < enough; ++attempt) {
      try {
        EXPECT_EQ(root_.status(at("target/secret")).st_size, 7) << "that was the secret outside";
        root_.make_directory(at("target/made-" + std::to_string(opened)));
        ++opened;
      } catch (const std::system_error&) {
        // The name was away, or a link: refused, as it should be.
      }
    }
  }
  EXPECT_GT(opened, 0) << "the directory never stood there: the race was not run";
  expect_outside_untouched();
}

// Makes openat2(2) fail with `error` for this process, as the seccomp filters of containers do.
bool forbid_openat2(unsigned error) {
  sock_filter filter[] = {
      BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(seccomp_data, nr)),
      BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_openat2, 0, 1),
      BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | error),
      BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
  };
  const sock_fprog program{static_cast<unsigned short>(std::size(filter)), filter};
  return ::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 &&
         ::prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program, 0, 0) == 0;
}

// In a child, for a filter can't be taken off again: 0 if everything went as it should, 77 if there is no seccomp.
int serve_without_openat2(const TemporaryDirectory& tree, unsigned error) {
  if (!forbid_openat2(error)) {
    return 77;
  }
  try {
    const Root root(tree.string("root"));
    const bool works = root.status(at("file")).st_size == 4;
    return works && error_of([&] { return root.status(at("link/secret")); }) == ENOTDIR ? 0 : 1;
  } catch (const std::exception& failure) {
    std::fprintf(stderr, "%s\n", failure.what());
    return 1;
  }
}

TEST(RootWithoutOpenat2, WalksByComponent) {
  const TemporaryDirectory tree;
  tree.make_directory("root");
  tree.make_directory("outside");
  tree.write("outside/secret", "secret");
  tree.write("root/file", "four");
  tree.link("root/link", "../outside");
  ASSERT_EQ(Root(tree.string("root")).status(at("file")).st_size, 4) << "even with openat2";
  for (const int error : {ENOSYS, EPERM}) {
    const pid_t child = ::fork();
    ASSERT_GE(child, 0);
    if (child == 0) {
      ::_exit(serve_without_openat2(tree, static_cast<unsigned>(error)));
    }
    int status = 0;
    ASSERT_EQ(::waitpid(child, &status, 0), child);
    ASSERT_TRUE(WIFEXITED(status));
    if (WEXITSTATUS(status) == 77) {
      GTEST_SKIP() << "no seccomp here";
    }
    EXPECT_EQ(WEXITSTATUS(status), 0) << error;
  }
}

}  // namespace
}  // namespace kit::test
