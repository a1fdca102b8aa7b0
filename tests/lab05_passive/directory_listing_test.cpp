#include "directory_listing.h"

#include <sys/stat.h>

#include <ctime>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "command_table.h"
#include "temporary_directory.h"
#include "unprivileged.h"

namespace kit {
namespace {

using namespace test;
using Lines = std::vector<std::string>;

class DirectoryListingTest : public testing::Test {
 protected:
  DirectoryListing listing(std::string_view path) { return {root_, VirtualPath().resolve(path)}; }

  // The ends of the lines: what stands behind the date.
  Lines shown(const DirectoryListing& listing) {
    Lines names;
    listing.lines(std::time(nullptr), [&](std::string_view line) {
      const std::size_t colon = line.find(':');  // of the time: the files are new
      names.emplace_back(line.substr(colon + 4));
    });
    return names;
  }
  static Lines names(const DirectoryListing& listing, std::string_view given) {
    Lines names;
    listing.names(given, [&](std::string_view name) { names.emplace_back(name); });
    return names;
  }

  TemporaryDirectory tree_;
  Root root_ = (tree_.make_directory("root"), Root(tree_.string("root")));
};

TEST_F(DirectoryListingTest, SortsTheNames) {
  for (const char* name : {"b", "a", "Z", ".hidden", " lead", "a b", "\xC3\xA9", "\xFF"}) {
    tree_.write(std::string("root/") + name, "");
  }
  const Lines sorted{" lead", ".hidden", "Z", "a", "a b", "b", "\xC3\xA9", "\xFF"};
  EXPECT_EQ(shown(listing("")), sorted);
  EXPECT_EQ(names(listing(""), ""), sorted);
  EXPECT_TRUE(listing("").is_directory());
}

TEST_F(DirectoryListingTest, IsEmptyForAnEmptyDirectory) {
  EXPECT_EQ(shown(listing("")), Lines{});
  EXPECT_EQ(names(listing(""), ""), Lines{});
}

TEST_F(DirectoryListingTest, ShowsTheSizesOfTheDirectoryThatItLists) {
  tree_.make_directory("root/d");
  tree_.write("root/f", "outer");
  tree_.write("root/d/f", "the inner one");
  Lines lines;
  listing("d").lines(std::time(nullptr), [&](std::string_view line) { lines.emplace_back(line); });
  ASSERT_EQ(lines.size(), 1U);
  EXPECT_NE(lines[0].find(" 13 "), std::string::npos) << lines[0];
}

TEST_F(DirectoryListingTest, LeavesOutNamesThatHoldALineEnd) {
  for (const char* name : {"good", "a\nb", "c\rd", "\n"}) {
    tree_.write(std::string("root/") + name, "");
  }
  EXPECT_EQ(shown(listing("")), Lines{"good"});
  EXPECT_EQ(names(listing(""), ""), Lines{"good"});
}

TEST_F(DirectoryListingTest, LeavesOutTheServersOwnTemporaries) {
  tree_.write("root/good", "");
  tree_.write("root/.ftp-upload-0123456789abcdef", "");
  EXPECT_EQ(shown(listing("")), Lines{"good"});
}

TEST_F(DirectoryListingTest, ShowsLinksAsLinks) {
  tree_.write("root/f", "");
  tree_.link("root/l", "f");
  tree_.link("root/nowhere", "none");
  EXPECT_EQ(shown(listing("")), (Lines{"f", "l -> f", "nowhere -> none"}));
}

TEST_F(DirectoryListingTest, ShowsAFileItself) {
  tree_.make_directory("root/d");
  tree_.write("root/d/f", "");
  EXPECT_EQ(shown(listing("d/f")), Lines{"f"});
  EXPECT_EQ(names(listing("d/f"), "d/f"), Lines{"d/f"});
  EXPECT_FALSE(listing("d/f").is_directory());
}

TEST_F(DirectoryListingTest, LooksIntoALinkToADirectory) {
  tree_.make_directory("root/d");
  tree_.write("root/d/f", "");
  tree_.link("root/l", "d");
  EXPECT_EQ(shown(listing("l")), Lines{"f"});
}

TEST_F(DirectoryListingTest, GivesNamesThatCanBeFetchedFromWhereTheClientStands) {
  tree_.make_directory("root/d");
  tree_.write("root/d/f", "");
  EXPECT_EQ(names(listing("d"), "d"), Lines{"d/f"});
  EXPECT_EQ(names(listing("d"), "d/"), Lines{"d/f"});
  EXPECT_EQ(names(listing("d"), "/d"), Lines{"/d/f"});
  EXPECT_EQ(names(listing("/"), "/"), Lines{"/d"});
}

TEST_F(DirectoryListingTest, LeavesOutWhatHasGoneMeanwhile) {
  tree_.write("root/a", "");
  tree_.write("root/b", "");
  const DirectoryListing before = listing("");
  std::filesystem::remove(tree_.path("root/a"));
  EXPECT_EQ(shown(before), Lines{"b"});
}

TEST_F(DirectoryListingTest, DoesNotTakeForEmptyWhatItMayNotEnter) {
  tree_.make_directory("root/d");
  tree_.write("root/d/f", "");
  ASSERT_EQ(::chmod(tree_.string("root/d").c_str(), 0444), 0);
  {
    const Unprivileged nobody;
    EXPECT_THROW(shown(listing("d")), ReplyError);
    EXPECT_EQ(names(listing("d"), "d"), Lines{"d/f"});
  }
  ASSERT_EQ(::chmod(tree_.string("root/d").c_str(), 0755), 0);
}

TEST_F(DirectoryListingTest, RefusesWhatIsNotThereAndWhatLeadsOut) {
  tree_.link("root/out", "..");
  EXPECT_THROW(listing("none"), std::system_error);
  EXPECT_THROW(listing("out"), std::system_error);
}

}  // namespace
}  // namespace kit
