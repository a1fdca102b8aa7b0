#include "resume.h"

#include <stdexcept>

#include "abortable_commands.h"
#include "arguments.h"
#include "escape.h"
#include "ftp_error.h"
#include "local_files.h"
#include "partial_target.h"
#include "remote_entry.h"
#include "retry.h"
#include "server_features.h"
#include "shown_progress.h"
#include "todo.h"

namespace kit {
// BEGIN PRIVATE
namespace {

constexpr int no_such_file = 550;

std::string bytes_text(std::uint64_t bytes) { return std::to_string(bytes) + (bytes == 1 ? " byte" : " bytes"); }

void say_complete(Shell& shell, const std::string& name, std::uint64_t size) {
  shell.console().print(escape_controls(name) + ": all there, " + bytes_text(size) + "\n");
}

// The transfer command with REST in front of it, unless it begins at the beginning.
TransferRequest request_from(std::uint64_t offset, const std::string& command) {
  return {command, offset == 0 ? "" : "REST " + std::to_string(offset)};
}

// Like remote_size(), for a command that is pointless without it.
std::uint64_t needed_size(Client& client, const std::string& path) {
  try {
    return remote_size(client, path);
  } catch (const FtpError& error) {
    throw FtpError(error.reply(), "nothing can be continued without SIZE: ");
  }
}

// Carries out `transfer`, which begins with REST; says so if the server does not know that.
TransferResult continued(std::uint64_t offset, const std::function<TransferResult()>& transfer) {
  try {
    return transfer();
  } catch (const FtpError& error) {
    const int code = error.reply().code;
    if (offset > 0 && code >= 500 && code < 510) {
      throw FtpError(error.reply(), "the server cannot continue a file: ");
    }
    throw;
  }
}

void download_rest(Shell& shell, const std::string& remote, PartialTarget& target) {
  Client& client = shell.client();
  const std::uint64_t have = target.size();
  const std::uint64_t total = needed_size(client, remote);
  if (have > total) {
    throw std::runtime_error("the remote file has " + bytes_text(total) + ", fewer than the local one with " +
                             std::to_string(have) + ": nothing was changed");
  }
  if (have > 0 && server_features(shell).mdtm && remote_time(client, remote) > target.modified()) {
    throw std::runtime_error("the remote file was changed after this part of it was fetched: get it whole");
  }
  if (have == total) {
    target.complete();
    return say_complete(shell, remote, total);
  }
  const ShownProgress progress(shell, remote, total - have);
  const TransferResult result = continued(have, [&] {
    return download(client, request_from(have, "RETR " + remote), [&](std::span<const char> bytes) {
      if (bytes.size() > total - target.size()) {
        target.cut(have);
        throw std::runtime_error("the server sends more than the " + bytes_text(total - have) +
                                 " that are missing: nothing was changed");
      }
      target.write(bytes);
    });
  });
  if (target.size() != total) {
    throw TransferError(bytes_text(target.size()) + " of " + std::to_string(total) + " are here");
  }
  shell.console().print(transfer_summary(remote, result, "received") + "\n");
}

// What the server has of a file; nothing of one that it does not have.
std::uint64_t stored_size(Client& client, const std::string& remote) {
  try {
    return needed_size(client, remote);
  } catch (const FtpError& error) {
    return error.reply().code == no_such_file ? 0 : throw;
  }
}

void upload_rest(Shell& shell, const std::string& local, const std::string& remote) {
  Client& client = shell.client();
  LocalSource file(local);
  const std::uint64_t have = stored_size(client, remote);
  if (have > file.size()) {
    throw std::runtime_error("the remote file has " + bytes_text(have) + ", more than the local one with " +
                             std::to_string(file.size()) + ": nothing was changed");
  }
  if (have > 0 && have == file.size()) {
    return say_complete(shell, local, have);
  }
  file.skip(have);
  const ShownProgress progress(shell, local, file.size() - have);
  const TransferResult result = continued(have, [&] {
    return upload(client, request_from(have, "STOR " + remote),
                  [&](std::span<char> buffer) { return file.read(buffer); });
  });
  const std::uint64_t stored = remote_size(client, remote);
  if (stored != have + result.bytes) {
    throw std::runtime_error("the server has " + bytes_text(stored) + " now, not " +
                             std::to_string(have + result.bytes));
  }
  shell.console().print(transfer_summary(local, result, "sent") + "\n");
}

}  // namespace
// END PRIVATE

std::uint64_t remote_size(Client& client, const std::string& path) {
  // BEGIN SOLUTION remote_size
  client.require("TYPE I");
  client.forget_type();  // what the client believes of it may be something else
  const Reply reply = client.require("SIZE " + path);
  const auto size = parse_number<std::uint64_t>(reply.lines.front(), 0, UINT64_MAX);
  return size ? *size : throw FtpError(reply, "no size in the answer to SIZE: ");
  // END SOLUTION
}

std::time_t remote_time(Client& client, const std::string& path) {
  // BEGIN SOLUTION remote_time
  const Reply reply = client.require("MDTM " + path);
  const auto time = parse_fact_time(reply.lines.front());
  return time ? *time : throw FtpError(reply, "no time in the answer to MDTM: ");
  // END SOLUTION
}

std::optional<std::uint64_t> known_size(Shell& shell, const std::string& path) {
  if (!server_features(shell).size) {
    return std::nullopt;
  }
  try {
    return remote_size(shell.client(), path);
  } catch (const FtpError&) {
    return std::nullopt;
  }
}

void continue_download(Shell& shell, const std::string& remote, const std::string& local) {
  // BEGIN SOLUTION continue_download
  PartialTarget target(local);
  with_retries(shell, [&] { run_abortably(shell, [&] { download_rest(shell, remote, target); }); });
  // END SOLUTION
}

void continue_upload(Shell& shell, const std::string& local, const std::string& remote) {
  // BEGIN SOLUTION continue_upload
  with_retries(shell, [&] { run_abortably(shell, [&] { upload_rest(shell, local, remote); }); });
  // END SOLUTION
}

}  // namespace kit
