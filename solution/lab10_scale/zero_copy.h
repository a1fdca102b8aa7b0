#pragma once

#include "session.h"
#include "tcp_stream.h"

namespace kit {

/// RETR's pump without a copy: the kernel sends the file's pages itself (sendfile(2)), where the transfer's encoder
/// leaves the bytes as they are (TYPE I, STRU F, MODE S). Else, and where the system has no sendfile for this file, the
/// rest is sent by send_file() of lab 5. The same promises: what is there at the beginning is sent, every piece goes
/// through the waiting door, the bytes are counted, and the errors are the same.
void send_without_copy(Session& session, int file, TcpStream& data);

/// STOR's pump without a copy, through a SplicePipe, where the decoder leaves the bytes as they are. Else, and where
/// the system cannot, the rest is received by receive_file() of lab 5. No byte that has left the socket is lost: what
/// came before an error is in the file. The same promises otherwise.
void receive_without_copy(Session& session, TcpStream& data, int file);

/// Puts both in the place of the pumps that offer_transfers() has put in; to be called behind it. And has a client that
/// is gone be an error of sendfile(2), as it has to be, instead of the program's death by SIGPIPE: unlike send(2) that
/// call knows no MSG_NOSIGNAL. Given.
void offer_zero_copy(ServerContext& context);

}  // namespace kit
