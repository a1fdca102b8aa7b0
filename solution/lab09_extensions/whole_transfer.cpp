#include <algorithm>
#include <optional>

#include "abortable_commands.h"
#include "local_files.h"
#include "resume.h"
#include "retry.h"
#include "server_features.h"
#include "shown_progress.h"

namespace kit {
namespace {

bool can_continue(Shell& shell) { return server_features(shell).rest && server_features(shell).size; }

// A file on its way here, over as many connections as it takes.
class WholeDownload {
 public:
  WholeDownload(Shell& shell, const std::string& remote, const std::string& local)
      : shell_(shell), remote_(remote), local_(local), target_(std::in_place, local) {}

  TransferResult run() {
    with_retries(shell_, [&] { run_abortably(shell_, [&] { attempt(); }); });
    target_->commit();
    result_->bytes = have_;
    return *result_;
  }

 private:
  void attempt() {
    const bool asks = shell_.part<RetrySettings>().most > 0 || ShownProgress::wanted(shell_);
    const auto size = asks ? known_size(shell_, remote_) : std::nullopt;
    if (have_ > 0 && !(size && size == size_ && have_ <= *size && can_continue(shell_))) {
      target_.reset();
      target_.emplace(local_);
      have_ = 0;
    }
    size_ = size;
    const std::uint64_t offset = have_;
    const ShownProgress progress(shell_, remote_, size ? std::optional(*size - offset) : std::nullopt);
    const Sink sink = [&](std::span<const char> bytes) {
      target_->write(bytes);
      have_ += bytes.size();
    };
    result_ = offset == 0 ? shell_.client().get(remote_, sink)
                          : download(shell_.client(), {"RETR " + remote_, "REST " + std::to_string(offset)}, sink);
    if (offset > 0 && have_ != *size) {
      throw std::runtime_error("the server does not continue where the connection broke");
    }
  }

  Shell& shell_;
  std::string remote_;
  std::string local_;
  std::optional<LocalTarget> target_;
  std::uint64_t have_ = 0;             // bytes in the target
  std::optional<std::uint64_t> size_;  // of the remote file when it was last asked for
  std::optional<TransferResult> result_;
};

// A file on its way to the server, likewise.
class WholeUpload {
 public:
  WholeUpload(Shell& shell, const std::string& local, const std::string& remote)
      : shell_(shell), local_(local), remote_(remote) {}

  TransferResult run() {
    const LocalSource readable(local_);  // before the server hears of it
    const bool retries = shell_.part<RetrySettings>().most > 0;
    // What is there afterwards can have come from here only if nothing was there before.
    continues_ = retries && can_continue(shell_) && !known_size(shell_, remote_);
    with_retries(shell_, [&] { run_abortably(shell_, [&] { attempt(); }); });
    return *result_;
  }

 private:
  void attempt() {
    LocalSource file(local_);
    const std::uint64_t offset = begun_ && continues_ ? known_size(shell_, remote_).value_or(0) : 0;
    begun_ = true;
    if (offset > file.size()) {
      throw std::runtime_error("the server has more than was sent");
    }
    file.skip(offset);
    const ShownProgress progress(shell_, local_, file.size() - offset);
    const Source source = [&](std::span<char> buffer) { return file.read(buffer); };
    const std::string rest = "REST " + std::to_string(offset);
    result_ =
        offset == 0 ? shell_.client().put(source, remote_) : upload(shell_.client(), {"STOR " + remote_, rest}, source);
    result_->bytes += offset;
  }

  Shell& shell_;
  std::string local_;
  std::string remote_;
  bool continues_ = false;  // a later attempt goes on where the one before stopped
  bool begun_ = false;
  std::optional<TransferResult> result_;
};

}  // namespace

TransferResult fetch_whole(Shell& shell, const std::string& remote, const std::string& local) {
  return WholeDownload(shell, remote, local).run();
}

TransferResult send_whole(Shell& shell, const std::string& local, const std::string& remote) {
  return WholeUpload(shell, local, remote).run();
}

}  // namespace kit
