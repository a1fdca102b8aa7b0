#include "remote_directory.h"

#include <gtest/gtest.h>

#include "extended_shell_fixture.h"
#include "local_files.h"
#include "server_features.h"
#include "temporary_directory.h"

namespace kit {
namespace {

using namespace test;
using Names = std::vector<std::string>;

TEST(SafeName, IsOneNameAndNoPath) {
  for (const char* name : {"a", "...", ".a", "a..b", "-x", "a b", " ", "\xFF", "\xC3\xBC", "a|b", "~"}) {
    EXPECT_TRUE(is_safe_name(name)) << name;
  }
  for (const std::string& name :
       {std::string(""), std::string("."), std::string(".."), std::string("a/b"), std::string("/a"), std::string("a/"),
        std::string("../a"), std::string("|a"), std::string("a\nb"), std::string("a\rb"), std::string("a\0b", 3),
        std::string("\x1b[2J"), std::string("\x7f")}) {
    EXPECT_FALSE(is_safe_name(name)) << name;
  }
}

TEST(Joined, MakesOnePath) {
  EXPECT_EQ(joined("", "a"), "a");
  EXPECT_EQ(joined("pub", "a"), "pub/a");
  EXPECT_EQ(joined("/", "a"), "/a");
  EXPECT_EQ(joined("pub/", "a"), "pub/a");
}

TEST(Features, AreReadFromTheLines) {
  const auto features = [](std::vector<std::string> lines) { return parse_features(Reply(211, std::move(lines))); };
  EXPECT_EQ(features({"Features:", " MLST type*;", " size", " REST STREAM", "  Mdtm", " UTF8", "End"}),
            (ServerFeatures{.mlst = true, .size = true, .mdtm = true, .rest = true, .utf8 = true}));
  EXPECT_EQ(features({"Features:", " SIZES", " REST", " XMLST", " UTF8X", "End"}), ServerFeatures{});
  EXPECT_EQ(features({"no features"}), ServerFeatures{});
  EXPECT_EQ(parse_features(Reply(502, std::vector<std::string>{"No", " SIZE", "x"})), ServerFeatures{});
}

using RemoteDirectory = ExtendedShellTest;

TEST_F(RemoteDirectory, FeaturesAreAskedForOnce) {
  connect([&] {
    server.answer("FEAT", "211-F\r\n UTF8\r\n SIZE\r\n211 End");
    server.answer("OPTS UTF8 ON", "501 As always");
  });
  EXPECT_TRUE(server_features(extended).utf8);
  EXPECT_TRUE(server_features(extended).size);
}

TEST_F(RemoteDirectory, ComesByMlsdWhereThatIsAnnounced) {
  connect([&] {
    answer_features();
    send_data("MLSD a dir", "type=cdir; .\r\ntype=file;size=3; x\r\ntype=dir; d\r\nnonsense\r\n");
  });
  const auto entries = remote_entries(extended, "a dir");
  ASSERT_EQ(entries.size(), 2U);
  EXPECT_EQ(entries[0].name, "x");
  EXPECT_EQ(entries[1].kind, RemoteEntry::Kind::directory);
}

TEST_F(RemoteDirectory, ComesByListFromWithinAndGoesBack) {
  connect([&] {
    answer_features("500 What?");
    server.answer("PWD", "257 \"/home\"");
    server.answer("CWD -a *", "250 There");
    send_data("LIST", "total 1\r\ndrwxr-xr-x 1 a b 0 Jan 1 2024 d\r\n");
    server.answer("CWD /home", "250 Back");
  });
  EXPECT_EQ(remote_entries(extended, "-a *").size(), 1U);
}

TEST_F(RemoteDirectory, GoesBackFromADirectoryThatCannotBeListed) {
  connect([&] {
    answer_features("500 What?");
    server.answer("PWD", "257 \"/home\"");
    server.answer("CWD d", "250 There");
    const TcpStream data = server.passive();
    server.answer("LIST", "550 No");
    server.answer("CWD /home", "250 Back");
  });
  EXPECT_EQ(refusal([&] { remote_entries(extended, "d"); }), 550);
}

TEST_F(RemoteDirectory, NamesOfFilesOnlyWhereTheyCanBeToldApart) {
  connect([&] {
    answer_features();
    send_data("MLSD", "type=file; x\r\ntype=dir; d\r\ntype=OS.unix=slink:x; l\r\n");
  });
  EXPECT_EQ(remote_names(extended, ""), (Names{"x", "l"}));
}

TEST_F(RemoteDirectory, NlstMayAnswerWithPaths) {
  connect([&] {
    answer_features("500 What?");
    send_data("NLST pub", "pub/a\r\nb\r\npub\r\nother/c\r\n");
  });
  EXPECT_EQ(remote_names(extended, "pub"), (Names{"a", "b", "pub", "other/c"}));
}

TEST_F(RemoteDirectory, APatternStandsForAllNamesThatFit) {
  connect([&] {
    answer_features("500 What?");
    send_data("NLST pub", "b.c\r\na.c\r\nx.h\r\n.c\r\n");
    send_data("NLST /", "etc\r\n");
  });
  EXPECT_EQ(expand_remote(extended, "pub/*.c"), (Names{"pub/a.c", "pub/b.c"}));
  EXPECT_EQ(expand_remote(extended, "/e?c"), (Names{"/etc"}));
  EXPECT_EQ(expand_remote(extended, "plain"), (Names{"plain"})) << "nobody is asked";
}

TEST_F(RemoteDirectory, NamesThatAreNotSafeAreOneErrorEach) {
  connect([&] {
    answer_features("500 What?");
    send_data("NLST", "../up\r\n/etc/passwd\r\ngood\r\n..\r\ne\x1bvil\r\n");
  });
  EXPECT_EQ(expand_remote(extended, "*"), (Names{"good"}));
  EXPECT_TRUE(extended.failed());
  const std::string told = errors.content();
  EXPECT_EQ(std::count(told.begin(), told.end(), '\n'), 4) << told;
  EXPECT_EQ(told.find('\x1b'), std::string::npos);
}

TEST_F(RemoteDirectory, APatternThatFitsNothingIsAnError) {
  connect([&] {
    answer_features("500 What?");
    send_data("NLST", "a\r\n");
  });
  EXPECT_THROW(expand_remote(extended, "*.c"), std::runtime_error);
}

TEST(ExpandLocal, FindsFilesAndNoDirectories) {
  const TemporaryDirectory folder;
  folder.write("a.c", "");
  folder.write("b c.c", "");
  folder.write(".hidden.c", "");
  folder.make_directory("d.c");
  EXPECT_EQ(expand_local(folder.string("*.c")), (Names{folder.string("a.c"), folder.string("b c.c")}));
  EXPECT_EQ(expand_local("no such file"), Names{"no such file"});
  EXPECT_THROW(expand_local(folder.string("*.h")), LocalError);
  EXPECT_THROW(expand_local(folder.string("d*")), LocalError);
}

}  // namespace
}  // namespace kit
