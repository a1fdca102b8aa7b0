#include "active_commands.h"

#include "active_connector.h"
#include "active_fixture.h"
#include "data_channel.h"
#include "extended_address.h"

namespace kit::test {
namespace {

using ActiveCommands = ActiveFixture;

class WithForeignData : public ActiveFixture {
 protected:
  WithForeignData()
      : ActiveFixture([] {
          ServerOptions options = impatient();
          options.allow_foreign_data = true;
          return options;
        }()) {}
};

Address closed_port() {
  Waiter waiter;
  return TcpListener(loopback(), waiter).local();
}

TEST_F(ActiveCommands, ConnectToWherePortSays) {
  tree_.write("root/f", "content");
  ask("TYPE I");
  EXPECT_EQ(fetch_actively("RETR f"), "content");
  EXPECT_EQ(code("RETR f"), 425) << "it was for one transfer";
}

TEST_F(ActiveCommands, ConnectToWhereEprtSays) {
  tree_.write("root/f", "content");
  EXPECT_EQ(code("EPRT " + format_extended_address(listener_.local())), 200);
  begin("RETR f");
  TcpStream data = listener_.accept(soon());
  EXPECT_EQ(read_to_end(data), "content");
  EXPECT_EQ(final().code, 226);
}

TEST_F(ActiveCommands, DoNotConnectBeforeTheTransfer) {
  EXPECT_EQ(code(port_line(listener_.local())), 200);
  EXPECT_EQ(code("NOOP"), 200);
  EXPECT_EQ(code("RETR nope"), 550);
  EXPECT_THROW(listener_.accept(at_once()), TimedOut);
  tree_.write("root/f", "content");
  begin("RETR f");
  TcpStream data = listener_.accept(soon());
  EXPECT_EQ(read_to_end(data), "content") << "a refusal uses nothing up";
  EXPECT_EQ(final().code, 226);
}

TEST_F(ActiveCommands, Answer425OnceWhereNobodyListens) {
  tree_.write("root/f", "old");
  EXPECT_EQ(code(port_line(closed_port())), 200);
  EXPECT_EQ(code("STOR f"), 425);
  EXPECT_EQ(preliminary().code, 150);
  EXPECT_EQ(tree_.read("root/f"), "old");
  EXPECT_EQ(code("NOOP"), 200);
}

TEST_F(ActiveCommands, Answer501ToWhatIsNoAddress) {
  for (const char* line :
       {"PORT", "PORT ", "PORT 127,0,0,1,4", "PORT 127,0,0,1,4,1,1", "PORT 127,0,0,1,4,256", "PORT 127,0,0,-1,4,1",
        "PORT a,b,c,d,e,f", "PORT 127.0.0.1,4,1", "PORT 127,0,0,1,4,1 ", "PORT  127,0,0,1,4,1", "EPRT", "EPRT |1|",
        "EPRT |1|127.0.0.1|0|", "EPRT |1|127.0.0.1|70000|", "EPRT |1|nobody|5000|", "EPRT |2|127.0.0.1|5000|"}) {
    EXPECT_EQ(code(line), 501) << line;
  }
  tree_.write("root/f", "content");
  EXPECT_EQ(fetch("RETR f"), "content");
}

TEST_F(ActiveCommands, Answer522ToANetworkThatNobodyKnows) {
  const Reply reply = ask("EPRT |3|127.0.0.1|5000|");
  EXPECT_EQ(reply.code, 522);
  EXPECT_NE(reply.lines.front().find("(1,2)"), std::string::npos);
}

TEST_F(ActiveCommands, GoNowhereButToTheClient) {
  for (const char* line : {"PORT 127,0,0,2,200,1", "PORT 192,0,2,7,200,1", "PORT 0,0,0,0,200,1",
                           "EPRT |1|127.0.0.2|51201|", "EPRT |2|::1|51201|", "EPRT |2|2001:db8::7|51201|"}) {
    EXPECT_EQ(code(line), 504) << line;
    EXPECT_EQ(code("LIST"), 425) << line;
  }
}

TEST_F(WithForeignData, GoWhereTheyAreToldIfThatIsAllowed) {
  TcpListener elsewhere(Address::resolve("127.0.0.2", 0).front(), waiter_);
  tree_.write("root/f", "content");
  EXPECT_EQ(code(port_line(elsewhere.local())), 200);
  begin("RETR f");
  TcpStream data = elsewhere.accept(soon());
  EXPECT_EQ(read_to_end(data), "content");
  EXPECT_EQ(final().code, 226);
}

TEST_F(WithForeignData, NeverGoToAPrivilegedPort) {
  for (const char* line : {"PORT 127,0,0,1,0,25", "PORT 127,0,0,1,3,255", "PORT 127,0,0,1,0,0",
                           "EPRT |1|127.0.0.1|1023|", "EPRT |1|127.0.0.1|1|"}) {
    EXPECT_EQ(code(line), 504) << line;
  }
  EXPECT_EQ(code("PORT 127,0,0,1,4,0"), 200);
}

TEST_F(ActiveCommands, ListenWhereEpsvSays) {
  tree_.write("root/f", "content");
  for (const char* line : {"EPSV", "EPSV 1"}) {
    const Reply reply = ask(line);
    EXPECT_EQ(reply.code, 229);
    TcpStream data = connect({{127, 0, 0, 1}, find_extended_port(reply.lines.front()).value()});
    begin("RETR f");
    EXPECT_EQ(read_to_end(data), "content");
    EXPECT_EQ(final().code, 226);
  }
}

TEST_F(ActiveCommands, RefuseEpsvOfAnotherNetwork) {
  for (const char* line : {"EPSV 2", "EPSV 3", "EPSV 0"}) {
    const Reply reply = ask(line);
    EXPECT_EQ(reply.code, 522) << line;
    EXPECT_NE(reply.lines.front().find("(1)"), std::string::npos);
  }
  for (const char* line : {"EPSV x", "EPSV 1 1", "EPSV ALLES", "EPSV -1"}) {
    EXPECT_EQ(code(line), 501) << line;
  }
}

TEST_F(ActiveCommands, KeepToEpsvAfterEpsvAll) {
  EXPECT_EQ(code("epsv all"), 200);
  for (const char* line : {"PASV", "PORT 127,0,0,1,200,1", "EPRT |1|127.0.0.1|51201|"}) {
    EXPECT_EQ(code(line), 503) << line;
  }
  EXPECT_EQ(code("EPSV"), 229);
  EXPECT_EQ(code("RETR nope"), 550);
  EXPECT_EQ(code("PASV"), 503) << "whatever comes of transfers";
  EXPECT_EQ(code("REIN"), 220);
  log_in();
  EXPECT_EQ(code("PASV"), 227);
}

TEST_F(ActiveCommands, LetTheLastOneHold) {
  tree_.write("root/f", "content");
  const HostPort earlier = passive();
  EXPECT_EQ(fetch_actively("RETR f"), "content");
  EXPECT_THROW(connect(earlier), std::system_error) << "its listener is closed";
  EXPECT_EQ(code(port_line(listener_.local())), 200);
  EXPECT_EQ(fetch("RETR f"), "content");
  EXPECT_THROW(listener_.accept(at_once()), TimedOut);
}

TEST_F(ActiveCommands, WantALogin) {
  session_.log_out();
  for (const char* line : {"PORT 127,0,0,1,200,1", "EPRT |1|127.0.0.1|51201|", "EPSV", "EPSV ALL", "PASV"}) {
    EXPECT_EQ(code(line), 530) << line;
  }
}

TEST(ActiveConnector, CallsFromThePortBelowWhereThatIsPrivileged) {
  EXPECT_EQ(data_port(21), 20);
  EXPECT_EQ(data_port(1024), 1023);
  for (const int elsewhere : {0, 1, 1025, 2121, 65535}) {
    EXPECT_EQ(data_port(static_cast<std::uint16_t>(elsewhere)), 0) << elsewhere;
  }
}

TEST(ActiveConnector, CallsFromTheHostOfTheControlConnection) {
  Waiter waiter;
  TcpListener client(loopback(), waiter);
  for (const std::uint16_t control_port :
       {std::uint16_t{2121}, std::uint16_t{21}}) {  // from port 20 where that is allowed, else from any
    ActiveConnector connector(Address::resolve("127.0.0.9", control_port).front(), client.local());
    const TcpStream near = connector.open(waiter, soon());
    EXPECT_EQ(client.accept(soon()).peer().host(), "127.0.0.9");
  }
}

TEST(ActiveConnector, ThrowsWhereNobodyListens) {
  Waiter waiter;
  ActiveConnector connector(loopback(2121), closed_port());
  EXPECT_THROW(connector.open(waiter, soon()), std::system_error);
}

TEST(ActiveConnector, ReachesIpv6) {
  Waiter waiter;
  try {
    TcpListener client(Address::resolve("::1", 0).front(), waiter);
    ActiveConnector connector(Address::resolve("::1", 2121).front(), client.local());
    const TcpStream near = connector.open(waiter, soon());
    EXPECT_EQ(client.accept(soon()).peer().host(), "::1");
  } catch (const std::system_error& error) {
    ASSERT_TRUE(error.code() == std::errc::address_not_available ||
                error.code() == std::errc::address_family_not_supported);
    GTEST_SKIP() << "no IPv6 here";
  }
}

}  // namespace
}  // namespace kit::test
