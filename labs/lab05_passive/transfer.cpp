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

Transfer::Transfer(Session& session) : session_(session) {
  KIT_TODO("lab 5, Transfer::Transfer");
}

Transfer::~Transfer() {
  // A command that was refused before run() closes here the data connection that the client has made already.
}

Reply Transfer::run(const std::string& opening, const std::function<void(TcpStream& data)>& move) {
  KIT_TODO("lab 5, Transfer::run");
}

DataSender::DataSender(Session& session, TcpStream& data, Content content)
    : session_(session), data_(data), encoder_(session.service<TransferSeams>().encoder(session, content)) {}

void DataSender::write(std::string_view bytes) {
  KIT_TODO("lab 5, DataSender::write");
}

void DataSender::finish() {
  KIT_TODO("lab 5, DataSender::finish");
}

std::uint64_t skip_to(int file, std::uint64_t offset) {
  KIT_TODO("lab 5, skip_to");
}

void send_file(Session& session, int file, TcpStream& data) {
  KIT_TODO("lab 5, send_file");
}

void receive_file(Session& session, TcpStream& data, int file) {
  KIT_TODO("lab 5, receive_file");
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
