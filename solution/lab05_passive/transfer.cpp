#include "transfer.h"

#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <chrono>
#include <csignal>
#include <span>
#include <system_error>
#include <utility>
#include <vector>

#include "check.h"
#include "data_channel.h"
#include "line_sender.h"
#include "todo.h"
#include "transfer_waiter.h"

namespace kit {
namespace {

constexpr std::size_t chunk_size = std::size_t{256} << 10U;
constexpr std::chrono::seconds longest_connect{30};

// An error of the file, not of the network: the reply is chosen here, where that is still known.
[[noreturn]] void refuse_file(int error) {
  const Reply reply = reply_for(std::error_code(error, std::generic_category()));
  throw ReplyError(reply.kind() == 4 || reply.code == 552 ? reply.code : 451, reply.lines.front());
}

}  // namespace

// BEGIN PRIVATE
namespace {

std::size_t read_file(int file, std::span<char> buffer) {
  const ssize_t got = retry_eintr([&] { return ::read(file, buffer.data(), buffer.size()); });
  return got < 0 ? (refuse_file(errno), 0) : static_cast<std::size_t>(got);
}

void write_file(int file, std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t written = retry_eintr([&] { return ::write(file, bytes.data(), bytes.size()); });
    bytes.remove_prefix(written < 0 ? (refuse_file(errno), 0) : static_cast<std::size_t>(written));
  }
}

// How many bytes there are now from where the file stands to its end.
std::uint64_t size_left(int file) {
  struct stat status {};
  const off_t begin = ::lseek(file, 0, SEEK_CUR);
  if (begin < 0 || ::fstat(file, &status) < 0) {
    refuse_file(errno);
  }
  return static_cast<std::uint64_t>(std::max<off_t>(status.st_size - begin, 0));
}

// Ends the connection so that everything sent arrives: close(2) with bytes in the socket that nobody has read would
// reset it. What the client sent against the direction of the transfer is of no interest, nor waited for.
void finish_data_connection(TcpStream& data) {
  constexpr int enough = 1024;  // a client that sends for ever has had its chance
  data.shutdown_write();
  std::array<char, 16384> ignored;
  ssize_t got = 1;
  for (int i = 0; i < enough && got > 0; ++i) {
    got = retry_eintr([&] { return ::recv(data.descriptor(), ignored.data(), ignored.size(), MSG_DONTWAIT); });
  }
  if (got < 0 && errno != EAGAIN) {
    throw std::system_error(errno, std::generic_category(), "recv");
  }
}

}  // namespace
// END PRIVATE

Transfer::Transfer(Session& session) : session_(session) {
  // BEGIN SOLUTION Transfer::Transfer
  if (!session.part<DataChannel>().connector) {
    throw ReplyError(425, "Say first how to connect: PASV");
  }
  // END SOLUTION
}

Transfer::~Transfer() {
  // BEGIN PRIVATE
  const std::unique_ptr<DataConnector>& connector = session_.part<DataChannel>().connector;
  if (!begun_ && connector) {
    connector->refuse();
  }
  // STARTER
  //: // A command that was refused before run() closes here the data connection that the client has made already.
  // END PRIVATE
}
// BEGIN PRIVATE

TcpStream Transfer::open_data_connection(Waiter& waiter) {
  begun_ = true;
  const std::unique_ptr<DataConnector> connector = std::move(session_.part<DataChannel>().connector);
  const auto patience = std::min<std::chrono::milliseconds>(session_.options().stall_timeout, longest_connect);
  try {
    return connector->open(waiter, Deadline::after(patience));
  } catch (const TimedOut& error) {
    throw ReplyError(425, error.what());
  } catch (const ControlClosed& error) {
    throw ReplyError(425, error.what());
  } catch (const std::system_error& error) {
    throw ReplyError(425, error.what());
  }
}
// END PRIVATE

Reply Transfer::run(const std::string& opening, const std::function<void(TcpStream& data)>& move) {
  // BEGIN SOLUTION Transfer::run
  const auto& seams = session_.service<TransferSeams>();
  const std::shared_ptr<void> slot = seams.slot(session_);
  const std::unique_ptr<Waiter> waiter = seams.waiter(session_);
  seams.begin(session_, {150, opening});
  TcpStream data = open_data_connection(*waiter);
  try {
    move(data);
    finish_data_connection(data);
  } catch (const TimedOut& error) {
    throw ReplyError(426, error.what());
  } catch (const ControlClosed& error) {
    throw ReplyError(426, error.what());
  } catch (const std::system_error& error) {
    throw ReplyError(426, error.what());
  }
  return {226, "Transfer complete"};
  // END SOLUTION
}

DataSender::DataSender(Session& session, TcpStream& data, Content content)
    : session_(session), data_(data), encoder_(session.service<TransferSeams>().encoder(session, content)) {}

void DataSender::write(std::string_view bytes) {
  // BEGIN SOLUTION DataSender::write
  send(encoder_->convert(bytes));
  // END SOLUTION
}

void DataSender::finish() {
  // BEGIN SOLUTION DataSender::finish
  send(encoder_->finish());
  // END SOLUTION
}
// BEGIN PRIVATE

void DataSender::send(std::string_view bytes) {
  data_.waiter().wait(data_.descriptor(), POLLOUT, Deadline::never(), "the client does not read");
  data_.write_all(bytes, Deadline::never());  // each wait in it is limited by the transfer's waiter
  session_.count_bytes(bytes.size());
}
// END PRIVATE

std::uint64_t skip_to(int file, std::uint64_t offset) {
  // BEGIN SOLUTION skip_to
  const std::uint64_t size = size_left(file);
  if (offset > size) {
    throw ReplyError(554, "The file ends before that");
  }
  if (offset > 0 && ::lseek(file, static_cast<off_t>(offset), SEEK_CUR) < 0) {
    refuse_file(errno);
  }
  return size - offset;
  // END SOLUTION
}

void send_file(Session& session, int file, TcpStream& data) {
  // BEGIN SOLUTION send_file
  DataSender sender(session, data, Content::file);
  std::uint64_t left = size_left(file);
  std::vector<char> buffer(std::min<std::uint64_t>(left, chunk_size));
  while (left > 0) {
    const std::size_t wanted = std::min<std::uint64_t>(left, buffer.size());
    const std::size_t got = read_file(file, {buffer.data(), wanted});
    if (got == 0) {
      break;
    }
    sender.write({buffer.data(), got});
    left -= got;
  }
  sender.finish();
  // END SOLUTION
}

void receive_file(Session& session, TcpStream& data, int file) {
  // BEGIN SOLUTION receive_file
  const std::unique_ptr<Converter> decoder = session.service<TransferSeams>().decoder(session);
  std::vector<char> buffer(chunk_size);
  while (!decoder->ended()) {
    data.waiter().wait(data.descriptor(), POLLIN, Deadline::never(), "the client sends nothing");
    const std::size_t got = data.read_some(buffer, Deadline::never());
    if (got == 0) {
      break;
    }
    write_file(file, decoder->convert({buffer.data(), got}));
    session.count_bytes(got);
  }
  write_file(file, decoder->finish());
  // END SOLUTION
}

void offer_transfers(ServerContext& context) {
  context.services.emplace<TransferSeams>(TransferSeams{
      .waiter = [](Session& session) -> std::unique_ptr<Waiter> {
        TcpStream& control = session.control().stream();
        return std::make_unique<TransferWaiter>(control.waiter(), control.descriptor(),
                                                session.options().stall_timeout);
      },
      .slot = [](Session&) { return std::shared_ptr<void>(); },
      .begin = [](Session& session, const Reply& opening) { session.reply(opening); },
      .restart_offset = [](Session&) { return std::uint64_t{0}; },
      .encoder = [](Session&, Content) { return std::make_unique<Converter>(); },
      .decoder = [](Session&) { return std::make_unique<Converter>(); },
      .lines = make_lines,
      .send = send_file,
      .receive = receive_file,
      .let_go = [](Session&, FileDescriptor) {},
  });
  std::signal(SIGXFSZ, SIG_IGN);
}

}  // namespace kit
