#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "command_table.h"
#include "session.h"
#include "tcp_stream.h"
#include "transfer_seams.h"

namespace kit {

/// One transfer command, from the refusal that it may deserve to its final reply (RFC 959 5.4):
///
///     Transfer transfer(session);                    425 if nothing was agreed on for the data connection
///     FileDescriptor file = ...open_file(...);       550: no data connection is used up, but one that the client
///                                                    has made already is closed (the destructor sees to that)
///     return transfer.run("Sending", [&](TcpStream& data) { send_file(session, file.get(), data); });
///                                                    150, the data connection, the bytes, its end, 226
///
/// Refers to the session, which must outlive it.
class Transfer {
 public:
  /// Throws ReplyError 425.
  explicit Transfer(Session& session);
  Transfer(const Transfer&) = delete;
  Transfer& operator=(const Transfer&) = delete;
  ~Transfer();

  /// Sends 150 with `opening`, opens the data connection (in at most 30 s, or the stall timeout if that is shorter),
  /// lets `move` move the bytes, closes the data connection, and returns 226. Whatever became of it, the data
  /// connection is closed by then, and what was agreed on is used up. Throws ReplyError 425 if the data connection does
  /// not come about; 426 if it breaks or stands still, or if the client closes the control connection; what `move`
  /// throws as ReplyError; Stopped.
  Reply run(const std::string& opening, const std::function<void(TcpStream& data)>& move);

 private:
  // BEGIN PRIVATE
  TcpStream open_data_connection(Waiter& waiter);

  // END PRIVATE
  Session& session_;
  bool begun_ = false;  ///< run() has been reached
};

/// Sends on a data connection: every byte goes through the encoder and is counted, every piece through the waiting
/// door, even when there is no need to wait: so a transfer that never has to wait can still be stopped.
class DataSender {
 public:
  DataSender(Session& session, TcpStream& data, Content content);

  /// Throws TimedOut, Stopped, ControlClosed, std::system_error: always about the data connection.
  void write(std::string_view bytes);

  /// All has been written.
  void finish();

 private:
  // BEGIN PRIVATE
  void send(std::string_view bytes);

  // END PRIVATE
  Session& session_;
  TcpStream& data_;
  std::unique_ptr<Converter> encoder_;
};

/// Puts the file to `offset` and returns how many bytes there are from there to its end. Throws ReplyError: 554 for an
/// offset behind the end, 451 if the system says no.
std::uint64_t skip_to(int file, std::uint64_t offset);

/// RETR's pump: sends the file from where it stands to the end it has now: what is appended meanwhile is not sent, and
/// a file that shrinks ends earlier. Memory does not grow with the file. Throws as DataSender::write; ReplyError 451 if
/// the file cannot be read.
void send_file(Session& session, int file, TcpStream& data);

/// STOR's pump: writes to the file what comes until the client ends its direction. A reset is an error, and no end.
/// Memory does not grow with the file. Throws as DataSender::write; ReplyError 452 if there is no space, 552 if the
/// file would be larger than allowed, 451 for other errors of the file.
void receive_file(Session& session, TcpStream& data, int file);

/// What transfers need of a server, to be called once in main(): puts the seams with their defaults in, and has a file
/// that would become too large be an error of write(2), as it has to be, instead of the program's death by SIGXFSZ.
void offer_transfers(ServerContext& context);

}  // namespace kit
