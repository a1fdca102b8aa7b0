#include <gtest/gtest.h>

#include "extended_shell_fixture.h"
#include "temporary_directory.h"

namespace kit {
namespace {

using namespace test;

class Trees : public ExtendedShellTest {
 protected:
  // For scripts: a directory by MLSD, and a file.
  void list(const std::string& path, const std::string& lines) { send_data("MLSD " + path, lines); }
  void send_first(const std::string& path, const std::string& bytes) {
    server.answer("TYPE I", "200 Binary");
    send_data("RETR " + path, bytes);
  }
  void begin(const std::string& path) {
    answer_features();
    server.answer("MLST " + path, "250-Here\r\n type=dir;unique=top; " + path + "\r\n250 End");
  }
  void get() { extended.run_line("get -r top " + local("t")); }
};

TEST_F(Trees, AreFetchedWhole) {
  connect([&] {
    begin("top");
    list("top", "type=dir;unique=e; empty\r\ntype=file; a b\r\ntype=dir;unique=s; sub\r\n");
    list("top/empty", "");
    send_first("top/a b", "one");
    list("top/sub", "type=file; \xFF\r\n");
    send_data("RETR top/sub/\xFF\xFF", "two");  // as it travels
  });
  get();
  EXPECT_EQ(errors.content(), "");
  EXPECT_EQ(content("t/a b"), "one");
  EXPECT_EQ(content("t/sub/\xFF"), "two");
  EXPECT_TRUE(std::filesystem::is_directory(local("t/empty")));
}

TEST_F(Trees, ADirectoryWithinItselfIsLeftOut) {
  connect([&] {
    begin("top");
    list("top", "type=dir;unique=s; sub\r\n");
    list("top/sub", "type=dir;unique=top; loop\r\ntype=dir;unique=s; self\r\n");
  });
  get();
  EXPECT_FALSE(extended.failed());
  EXPECT_EQ(output.content(), "top/sub/loop: a directory that lies within itself, left out\n"
                              "top/sub/self: a directory that lies within itself, left out\n");
}

TEST_F(Trees, TheSameDirectoryTwiceSideBySideIsNoLoop) {
  connect([&] {
    begin("top");
    list("top", "type=dir;unique=s; one\r\ntype=dir;unique=s; two\r\n");
    list("top/one", "");
    list("top/two", "");
  });
  get();
  EXPECT_TRUE(std::filesystem::is_directory(local("t/two")));
}

TEST_F(Trees, UnsafeNamesAndRefusalsAreOneErrorEach) {
  connect([&] {
    begin("top");
    list("top", "type=file; ../up\r\ntype=dir; ..\r\ntype=file; no\r\ntype=file; yes\r\n");
    server.answer("TYPE I", "200 Binary");
    {
      const TcpStream data = server.passive();
      server.answer("RETR top/no", "550 No");
    }
    send_data("RETR top/yes", "yes");
  });
  get();
  EXPECT_EQ(errors.content(), "top/../up: not a safe name for a local file: left out\n"
                              "top/..: not a safe name for a local file: left out\n"
                              "top/no: 550 No\n");
  EXPECT_EQ(content("t/yes"), "yes");
  EXPECT_EQ(std::distance(std::filesystem::directory_iterator(folder), {}), 1);
}

TEST_F(Trees, LinksAreFilesOrLeftOut) {
  connect([&] {
    answer_features("500 What?");
    server.answer("PWD", "257 \"/\"");
    server.answer("CWD top", "250 There");
    send_data("LIST", "lrwxrwxrwx 1 a b 1 Jan 1 2024 l -> x\r\nlrwxrwxrwx 1 a b 1 Jan 1 2024 d -> .\r\n"
                      "srwxrwxrwx 1 a b 1 Jan 1 2024 s\r\n");
    server.answer("CWD /", "250 Back");
    send_first("top/l", "linked");
    const TcpStream data = server.passive();
    server.answer("RETR top/d", "550 A directory");
  });
  get();
  EXPECT_EQ(errors.content(), "");
  EXPECT_EQ(content("t/l"), "linked");
  EXPECT_NE(output.content().find("top/d: a link that leads to no file, left out"), std::string::npos);
  EXPECT_NE(output.content().find("top/s: neither a file nor a directory, left out"), std::string::npos);
}

TEST_F(Trees, NothingIsMadeForATreeThatIsNotThere) {
  connect([&] {
    answer_features();
    server.answer("MLST top", "550 No");
    const TcpStream data = server.passive();
    server.answer("MLSD top", "550 No");
  });
  get();
  EXPECT_TRUE(empty());
  EXPECT_EQ(errors.content(), "get: 550 No\n");
}

TEST_F(Trees, AFileInTheWayIsAnError) {
  write("t", "a file");
  connect([&] {
    begin("top");
    list("top", "");
  });
  get();
  EXPECT_EQ(content("t"), "a file");
  EXPECT_TRUE(extended.failed());
}

TEST_F(Trees, AreSentWhole) {
  namespace fs = std::filesystem;
  fs::create_directories(local("t/empty"));
  fs::create_directories(local("t/sub"));
  write("t/a b", "one");
  write("t/sub/\xFF", "two");
  write("outside", "secret");
  fs::create_symlink("a b", local("t/link"));
  fs::create_symlink("..", local("t/loop"));
  fs::create_symlink("nowhere", local("t/nowhere"));
  std::vector<std::string> came;
  connect([&] {
    server.answer("PWD", "257 \"/\"");
    server.answer("MKD up", "257 \"/up\"");
    server.answer("TYPE I", "200 Binary");
    came.push_back(take_data("STOR up/a b"));
    server.answer("MKD up/empty", "550 It exists");
    server.answer("CWD up/empty", "250 There");
    server.answer("CWD /", "250 Back");
    came.push_back(take_data("STOR up/link"));
    server.answer("MKD up/sub", "257 \"/up/sub\"");
    came.push_back(take_data("STOR up/sub/\xFF\xFF"));
  });
  extended.run_line("put -r " + local("t/") + " up");
  server.finish();
  EXPECT_EQ(came, (std::vector<std::string>{"one", "one", "two"}));
  EXPECT_EQ(errors.content(), "");
  EXPECT_NE(output.content().find("loop: "), std::string::npos);
  EXPECT_NE(output.content().find("nowhere: "), std::string::npos);
}

TEST_F(Trees, ADirectoryThatCannotBeMadeIsAnErrorAndTheRestIsSent) {
  std::filesystem::create_directories(local("t/a"));
  write("t/b", "bytes");
  std::string came;
  connect([&] {
    server.answer("PWD", "257 \"/\"");
    server.answer("MKD t", "257 \"/t\"");
    server.answer("MKD t/a", "550 No");
    server.answer("CWD t/a", "550 No");
    server.answer("TYPE I", "200 Binary");
    came = take_data("STOR t/b");
  });
  extended.run_line("put -r " + local("t"));
  server.finish();
  EXPECT_EQ(errors.content(), local("t/a") + ": 550 No\n");
  EXPECT_EQ(came, "bytes");
}

TEST_F(Trees, BadUseIsToldAndNothingIsSent) {
  connect([] {});
  for (const char* line : {"get -r", "get a b c", "put -r", "put a b c", "get -r /"}) {
    extended.run_line(line);
  }
  const std::string told = errors.content();
  EXPECT_EQ(std::count(told.begin(), told.end(), '\n'), 5) << told;
}

}  // namespace
}  // namespace kit
