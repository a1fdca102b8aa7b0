#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "client_transfer.h"
#include "data_method.h"
#include "dialogue.h"
#include "reply.h"
#include "wait.h"

namespace kit {

/// How long a client waits.
struct ClientPatience {
  std::chrono::milliseconds connecting{30'000};
  std::chrono::milliseconds standing{60'000};  ///< for one reply, and while no byte moves on a data connection
};

/// One user's session with an FTP server: the library under `ftp_client`, which knows neither terminal nor command
/// names. Owns the control connection; refers to a Waiter, which must outlive it. Not for two threads at once.
///
/// A refusal by the server is thrown as FtpError with the reply in it; the session goes on. What leaves the control
/// connection in an unknown state (TimedOut, ConnectionClosed, MalformedReply, std::system_error on it) closes it.
/// Functions that need a connection throw NotConnected without one. Names may hold any byte but LF and NUL
/// (std::invalid_argument, and nothing is sent).
class Client {
 public:
  /// Gets every line sent (a password too) and every reply received.
  using Observer = Dialogue::Observer;
  using TransferObserver = std::function<void(const TransferStatus&)>;
  using PasswordSource = std::function<std::string()>;

  explicit Client(Waiter& waiter, ClientPatience patience = {});

  // The connection.

  /// Connects to the first address of `host` that answers and takes the greeting (120 means: wait for the 220). An
  /// earlier connection is closed. Throws FtpError if the greeting is not 2yz, TimedOut, Stopped, ...,
  /// std::runtime_error.
  void connect(const std::string& host, std::uint16_t port);

  [[nodiscard]] bool connected() const { return dialogue_ != nullptr; }

  /// Drops the connection without a word.
  void close() { dialogue_.reset(); }

  /// Says QUIT, takes the answer whatever it is, and closes. Throws Stopped only.
  void quit();

  // Commands with one reply. Each throws FtpError unless it is 2yz.

  /// USER, and PASS if the server wants it (3yz); `password` is called only then. Returns the last reply.
  Reply login(const std::string& user, const PasswordSource& password);
  Reply login(const std::string& user, const std::string& password);

  void change_directory(const std::string& path);  ///< CWD
  void change_to_parent();                         ///< CDUP
  std::string directory();                         ///< PWD: the path, `"` undoubled
  void make_directory(const std::string& path);    ///< MKD
  void remove_directory(const std::string& path);  ///< RMD
  void remove(const std::string& path);            ///< DELE

  /// RNFR and, when the answer is 3yz, RNTO.
  void rename(const std::string& from, const std::string& to);

  // Transfers: see transfer.h.

  /// RETR of a file, byte for byte (TYPE I).
  TransferResult get(const std::string& remote, const Sink& sink);

  /// STOR, which replaces a file of that name, and APPE, which adds to it.
  TransferResult put(const Source& source, const std::string& remote);
  TransferResult append(const Source& source, const std::string& remote);

  /// LIST and NLST of a directory or file, of the current directory if `path` is empty. `take` gets each line without
  /// its end, as the server sent it: nothing in it is safe to be used as a local path or to be shown on a terminal.
  TransferResult list(const std::string& path, const std::function<void(std::string_view)>& take);
  TransferResult names(const std::string& path, const std::function<void(std::string_view)>& take);

  /// The representation type that get, put and append ask for, "I" unless changed: it is sent when it is needed.
  void use_type(const std::string& type) { wanted_type_ = type; }

  /// The server may have been told another type by quote(): the next transfer tells it again.
  void forget_type() { server_type_.clear(); }

  // What all of this is made of, for commands that stand nowhere above and for other ways to transfer.

  /// Sends any line and returns its final reply, whatever that is. Preliminary replies are passed over.
  Reply quote(const std::string& line);

  /// The same; throws FtpError unless the first digit of the final reply is `kind`. The first digit is all that counts:
  /// 250 for 200 is as good (RFC 1123 4.1.2.11).
  Reply require(const std::string& line, int kind = 2);

  /// Sends a line and leaves its replies to read(). Replies that nobody asked for and that lie there already are
  /// thrown away first, or every answer from now on would be that to the command before. Among them a 421, with which a
  /// server ends an idle session, is thrown as FtpError instead.
  void send(const std::string& line);

  /// The next reply; preliminary ones too.
  Reply read();

  /// A reply that has been received already, without any waiting.
  std::optional<Reply> read_buffered();

  /// Whether read() would find something: see Dialogue::has_reply().
  bool reply_has_come();

  /// The next reply that is not preliminary. MalformedReply after a hundred that are.
  Reply read_final();

  // How it is done.

  void observe(Observer observer);
  void observe_transfers(TransferObserver observer) { transfer_observer_ = std::move(observer); }
  void use_data_method(std::unique_ptr<DataMethod> method) { method_ = std::move(method); }

  // For transfers and data connectors.

  [[nodiscard]] Waiter& waiter() { return waiter_; }
  [[nodiscard]] const ClientPatience& patience() const { return patience_; }
  [[nodiscard]] DataMethod& data_method() { return *method_; }
  [[nodiscard]] const TransferObserver& transfer_observer() const { return transfer_observer_; }

  /// The control connection's socket. Throws NotConnected.
  [[nodiscard]] TcpStream& control();

 private:
  // Functions that several of those above need go here.
  Waiter& waiter_;
  ClientPatience patience_;
  std::unique_ptr<DataMethod> method_ = std::make_unique<PassiveMethod>();
  std::unique_ptr<Dialogue> dialogue_;  // nullptr: not connected
  Observer observer_;
  TransferObserver transfer_observer_;
  std::string wanted_type_ = "I";
  std::string server_type_;  // what the server was told last; empty: unknown
};

}  // namespace kit
