#include "ftp_url.h"

#include <gtest/gtest.h>

#include "arguments.h"

namespace kit {
namespace {

TEST(FtpUrl, IsToldByItsBeginning) {
  EXPECT_TRUE(is_ftp_url("ftp://host"));
  EXPECT_TRUE(is_ftp_url("FTP://host"));
  EXPECT_TRUE(is_ftp_url("ftp://"));
  for (const char* other : {"", "ftp", "ftp:/", "http://host", "host", "ftp:host", "ftps://host"}) {
    EXPECT_FALSE(is_ftp_url(other)) << other;
  }
}

TEST(FtpUrl, MayBeAHostAlone) {
  const FtpUrl url = parse_ftp_url("ftp://ftp.example.org");
  EXPECT_EQ(url.host, "ftp.example.org");
  EXPECT_EQ(url.port, 21);
  EXPECT_EQ(url.user, "");
  EXPECT_FALSE(url.password);
  EXPECT_EQ(url.path, "");
}

TEST(FtpUrl, IsTakenApart) {
  const FtpUrl url = parse_ftp_url("ftp://bob:secret@192.0.2.7:2121/pub/new");
  EXPECT_EQ(url.user, "bob");
  EXPECT_EQ(url.password, "secret");
  EXPECT_EQ(url.host, "192.0.2.7");
  EXPECT_EQ(url.port, 2121);
  EXPECT_EQ(url.path, "pub/new");
}

TEST(FtpUrl, ReadsPercentSignsInEveryPart) {
  const FtpUrl url = parse_ftp_url("ftp://b%40b:%3a%2F%25@ho%73t/a%20b/%c3%BC%ff");
  EXPECT_EQ(url.user, "b@b");
  EXPECT_EQ(url.password, ":/%");
  EXPECT_EQ(url.host, "host");
  EXPECT_EQ(url.path, "a b/\xC3\xBC\xFF");
}

TEST(FtpUrl, SplitsUserAndPasswordAtTheFirstColonAndTheHostAtTheLastAt) {
  const FtpUrl url = parse_ftp_url("ftp://bob:a:b@c@host");
  EXPECT_EQ(url.user, "bob");
  EXPECT_EQ(url.password, "a:b@c");
  EXPECT_EQ(url.host, "host");
}

TEST(FtpUrl, TellsAnEmptyPasswordFromNone) {
  EXPECT_EQ(parse_ftp_url("ftp://bob:@host").password, "");
  EXPECT_FALSE(parse_ftp_url("ftp://bob@host").password);
}

TEST(FtpUrl, BeginsAtTheRootWithTwoSlashesOrAnEscapedOne) {
  EXPECT_EQ(parse_ftp_url("ftp://host/").path, "");
  EXPECT_EQ(parse_ftp_url("ftp://host//etc").path, "/etc");
  EXPECT_EQ(parse_ftp_url("ftp://host/%2Fetc").path, "/etc");
}

TEST(FtpUrl, TakesIpv6InBrackets) {
  EXPECT_EQ(parse_ftp_url("ftp://[::1]").host, "::1");
  const FtpUrl url = parse_ftp_url("ftp://bob@[::1]:2121/x");
  EXPECT_EQ(url.host, "::1");
  EXPECT_EQ(url.port, 2121);
}

TEST(FtpUrl, MayEndWithAnEmptyPort) { EXPECT_EQ(parse_ftp_url("ftp://host:/x").port, 21); }

TEST(FtpUrl, RefusesWhatIsNone) {
  for (const char* bad :
       {"", "host", "http://host/", "ftp://", "ftp:///path", "ftp://:21", "ftp://bob@", "ftp://host:x",
        "ftp://host:65536", "ftp://host:-1", "ftp://[::1", "ftp://[::1]x", "ftp://[]", "ftp://host/%", "ftp://host/%4",
        "ftp://host/%zz", "ftp://host/%4g", "ftp://host/%-1", "ftp://host/% 1"}) {
    EXPECT_THROW(parse_ftp_url(bad), UsageError) << bad;
  }
}

TEST(FtpUrl, LetsNoLineEndThrough) {
  for (const char* bad : {"ftp://host/a%0aDELE%20b", "ftp://host/a%0D", "ftp://host/a%00", "ftp://u%0a@host",
                          "ftp://u:p%0D%0A@host", "ftp://h%0aost"}) {
    EXPECT_THROW(parse_ftp_url(bad), UsageError) << bad;
  }
}

// Cut anywhere, a URL is either still one or refused: nothing is read behind its end.
TEST(FtpUrl, SurvivesBeingCutAnywhere) {
  const std::string whole = "ftp://b%40b:p%3aw@[2001:db8::1]:2121/a%20b/c";
  for (std::size_t length = 0; length <= whole.size(); ++length) {
    try {
      parse_ftp_url(std::string(whole, 0, length));
    } catch (const UsageError&) {
      continue;
    }
  }
  EXPECT_EQ(parse_ftp_url(whole).host, "2001:db8::1");
}

}  // namespace
}  // namespace kit
