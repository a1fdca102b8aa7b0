#pragma once

#include <span>
#include <string_view>

#include "client.h"
#include "command_line.h"
#include "file_descriptor.h"
#include "wait.h"

namespace kit {

/// Somebody has pressed Ctrl-C. The shell takes it for one more line that came to nothing: it says so and prompts
/// again.
class Interrupted : public CommandLineError {
 public:
  Interrupted() : CommandLineError("interrupted") {}
};

/// The client's one door, through which it waits for the person, for replies and for data: Ctrl-C opens it. At the
/// prompt, or while a connection is being made, that ends the wait: Interrupted. In the middle of a transfer (see
/// Transferring) the server is told as well: ABOR.
class InterruptWaiter : public Waiter {
 public:
  /// SIGINT is blocked in this process and arrives at `stop_descriptor`, a signalfd; from now on it arrives here
  /// instead. SIGTERM stays where it was. Throws std::system_error.
  explicit InterruptWaiter(int stop_descriptor);

  /// As Waiter's; throws Interrupted too.
  ///
  /// While a Transferring lives, the first Ctrl-C sends ABOR over the control connection. A wait for that connection
  /// alone goes on then, for an answer will come and has to be read; any other wait, for data or for the data
  /// connection, ends by Interrupted, this one and each one that follows. A second Ctrl-C ends every wait, for replies
  /// too: the server does not answer.
  void wait_any(std::span<pollfd> descriptors, const Deadline& deadline, std::string_view what) override;

  /// Whether Ctrl-C was pressed, for somebody who moves bytes without having to wait. Acts on it as a wait for data
  /// does.
  void check();

  /// Says that `client` is in the middle of a transfer for as long as it lives.
  class Transferring {
   public:
    Transferring(InterruptWaiter& waiter, Client& client) : waiter_(waiter) {
      waiter_.client_ = &client;
      waiter_.aborting_ = false;
      waiter_.impatient_ = false;
    }
    ~Transferring() { end(); }
    Transferring(const Transferring&) = delete;
    Transferring& operator=(const Transferring&) = delete;

    /// The transfer is over: Ctrl-C ends every wait again. Returns whether ABOR was sent.
    bool end() {
      waiter_.client_ = nullptr;
      return waiter_.aborting_;
    }

   private:
    InterruptWaiter& waiter_;
  };

 private:
  // BEGIN PRIVATE
  bool take_interrupt();
  void act(bool waits_for_reply);
  [[nodiscard]] bool is_control(std::span<const pollfd> descriptors) const;

  // END PRIVATE
  FileDescriptor interrupts_;  // a signalfd
  Client* client_ = nullptr;   // whose transfer is running; none: nullptr
  bool aborting_ = false;      // ABOR was sent for it
  bool impatient_ = false;     // and Ctrl-C was pressed once more
};

/// Sends ABOR so that a server finds it though it reads only data at the moment (RFC 959 4.1.3): IAC IP, then the Synch
/// of Telnet (RFC 854), IAC DM whose last byte is sent as urgent data, then the line. Throws as TcpStream::write_all.
void send_abort(TcpStream& control);

}  // namespace kit
