#include "client_transfer.h"

#include <sys/socket.h>

#include <chrono>
#include <memory>
#include <span>
#include <system_error>
#include <utility>
#include <vector>

#include "arguments.h"
#include "client.h"
#include "ftp_error.h"
#include "reply_watcher.h"
#include "tcp_stream.h"
#include "todo.h"

namespace kit {
// BEGIN PRIVATE
namespace {

using Clock = std::chrono::steady_clock;

// Measured with 4 GiB: large pieces save waiting where bytes come, small ones stay in the cache where they go.
constexpr std::size_t to_receive = std::size_t{256} << 10U;
constexpr std::size_t to_send = std::size_t{32} << 10U;

// One transfer in its course.
class ClientTransfer {
 public:
  // Arranges the data connection, sends the command and takes the first reply.
  ClientTransfer(Client& client, const TransferRequest& request)
      : client_(client), arranged_(client.data_method().arrange(client)) {
    if (!request.before.empty()) {
      client.require(request.before, 3);
    }
    client.send(request.command);
    const Reply first = client.read();
    if (!first.preliminary() && !first.completed()) {
      throw FtpError(first);
    }
    if (first.completed()) {
      final_ = first;  // some servers leave the 150 out
      waiter_.ignore_control();
    }
    status_.total = announced_size(first);
  }

  // Opens the data connection, moves the bytes and takes the final reply.
  TransferResult run(const std::function<void()>& move) {
    try {
      if (const auto reply = final_ ? std::nullopt : client_.read_buffered()) {
        note_final(*reply);  // it came together with the preliminary one
      }
      data_.emplace(arranged_->open(waiter_, Deadline::after(client_.patience().connecting)));
      count(0);
      move();
      await_final();
      data_.reset();
    } catch (const Stopped&) {
      throw;  // the program ends: no time for good manners
    } catch (const std::system_error& error) {
      give_up();
      if (final_ && !final_->completed()) {
        throw FtpError(*final_);  // the server knows better why
      }
      if (!client_.connected()) {
        throw;
      }
      throw TransferError(error.what());
    } catch (...) {
      give_up();
      throw;
    }
    return {status_.bytes, std::chrono::duration<double>(Clock::now() - start_).count(), *final_};
  }

  void receive(const Sink& sink) {
    while (const std::size_t got = data_->read_some(buffer_, Deadline::after(client_.patience().standing))) {
      sink({buffer_.data(), got});
      count(got);
    }
    data_.reset();  // some servers wait for this side's end before they reply
  }

  void send(const Source& source) {
    while (const std::size_t got = source(std::span(buffer_).first(to_send))) {
      data_->write_all({buffer_.data(), got}, Deadline::after(client_.patience().standing));
      count(got);
    }
    data_->shutdown_write();  // not closed yet: what the server may have sent here would turn that into a reset
  }

 private:
  void count(std::size_t bytes) {
    status_.bytes += bytes;
    if (client_.transfer_observer()) {
      client_.transfer_observer()(status_);
    }
  }

  // A refusal ends the transfer wherever it stands; a 2yz does not: data may still be on their way.
  void note_final(Reply reply) {
    waiter_.ignore_control();
    final_ = std::move(reply);
    if (!final_->completed()) {
      throw FtpError(*final_);
    }
  }

  void await_final() {
    if (!final_) {
      note_final(client_.read_final());
    }
  }

  // Ends the data connection in such a way that no end of the data can be seen in it, and takes the final reply so that
  // the next command does not find it. What went wrong is known already: nothing is thrown, except by a wish to stop.
  void give_up() {
    if (data_) {
      const linger hard{1, 0};
      ::setsockopt(data_->descriptor(), SOL_SOCKET, SO_LINGER, &hard, sizeof hard);
      data_.reset();
    }
    arranged_.reset();
    if (final_ || !client_.connected()) {
      return;
    }
    try {
      final_ = client_.read_final();
    } catch (const Stopped&) {
      throw;
    } catch (const std::exception&) {
      client_.close();
    }
  }

  Client& client_;
  ReplyWatcher waiter_{client_.waiter(), client_.control().descriptor(), [this] {
                         if (client_.reply_has_come()) {
                           note_final(client_.read_final());
                         }
                       }};
  std::unique_ptr<ArrangedConnection> arranged_;
  std::optional<TcpStream> data_;
  std::vector<char> buffer_ = std::vector<char>(to_receive);
  TransferStatus status_;
  std::optional<Reply> final_;
  Clock::time_point start_ = Clock::now();
};

}  // namespace
// END PRIVATE

std::optional<std::uint64_t> announced_size(const Reply& preliminary) {
  const std::string_view text = preliminary.lines.back();
  const std::size_t end = text.rfind(" bytes)");
  const std::size_t open = text.substr(0, end).rfind('(');
  if (end == std::string_view::npos || open == std::string_view::npos) {
    return std::nullopt;
  }
  return parse_number<std::uint64_t>(text.substr(open + 1, end - open - 1), 0, UINT64_MAX);
}

TransferResult download(Client& client, const TransferRequest& request, const Sink& sink) {
  // BEGIN SOLUTION download
  ClientTransfer transfer(client, request);
  return transfer.run([&] { transfer.receive(sink); });
  // END SOLUTION
}

TransferResult upload(Client& client, const TransferRequest& request, const Source& source) {
  // BEGIN SOLUTION upload
  ClientTransfer transfer(client, request);
  return transfer.run([&] { transfer.send(source); });
  // END SOLUTION
}

}  // namespace kit
