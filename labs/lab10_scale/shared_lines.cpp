#include "shared_lines.h"

#include <algorithm>
#include <array>
#include <atomic>
#include <condition_variable>
#include <exception>
#include <mutex>
#include <optional>
#include <system_error>
#include <thread>
#include <utility>

#include "line_sender.h"

namespace kit {
namespace {

constexpr std::size_t piece_lines = 64;
constexpr std::size_t ahead = 16;  // pieces
constexpr std::size_t worth = 6;   // pieces: in fewer a thread does not earn what it costs to start it

// What was made, or what went wrong.
struct Piece {
  std::string lines;
  std::exception_ptr error;
};

// The pieces of one listing: made by anybody who has time, taken in their order by one.
class Pieces {
 public:
  Pieces(std::size_t count, const LineMaker& line_of)
      : lines_(count), pieces_((count + piece_lines - 1) / piece_lines), line_of_(line_of) {}

  // The next piece in the order; nothing behind the last. Throws what its making has thrown.
  std::optional<std::string> take() {
    std::unique_lock lock(mutex_);
    if (taken_ == pieces_) {
      return std::nullopt;
    }
    std::optional<Piece>& slot = made_.at(taken_ % ahead);
    while (!slot) {
      if (may_begin()) {
        make(lock);
      } else {
        changed_.wait(lock);
      }
    }
    const Piece next = *std::exchange(slot, std::nullopt);
    ++taken_;
    changed_.notify_all();
    if (next.error) {
      std::rethrow_exception(next.error);
    }
    return next.lines;
  }

  // Makes pieces until there are no more, or nobody wants them.
  void help() {
    std::unique_lock lock(mutex_);
    while (!unwanted_ && begun_ < pieces_) {
      if (may_begin()) {
        make(lock);
      } else {
        changed_.wait(lock);
      }
    }
  }

  void give_up() {
    const std::lock_guard lock(mutex_);
    unwanted_ = true;
    changed_.notify_all();
  }

 private:
  [[nodiscard]] bool may_begin() const { return begun_ < pieces_ && begun_ < taken_ + ahead; }

  void make(std::unique_lock<std::mutex>& lock) {
    const std::size_t number = begun_++;
    lock.unlock();
    Piece made;
    try {
      made.lines = lines_between(number * piece_lines, std::min((number + 1) * piece_lines, lines_), line_of_);
    } catch (...) {
      made.error = std::current_exception();
    }
    lock.lock();
    made_.at(number % ahead) = std::move(made);
    changed_.notify_all();
  }

  const std::size_t lines_;
  const std::size_t pieces_;
  const LineMaker& line_of_;
  std::mutex mutex_;  // for all that follows
  std::condition_variable changed_;
  std::array<std::optional<Piece>, ahead> made_;  // by their numbers, of which at most so many are under way
  std::size_t begun_ = 0;
  std::size_t taken_ = 0;
  bool unwanted_ = false;
};

// The thread that helps, where one is to be had.
class Helper {
 public:
  explicit Helper(Pieces& pieces) : pieces_(pieces) {
    static const int most = static_cast<int>(std::thread::hardware_concurrency()) - 1;
    if (++helpers > most) {
      --helpers;
      return;
    }
    try {
      thread_ = std::thread([&pieces] { pieces.help(); });
    } catch (const std::system_error&) {
      --helpers;  // the system gives none
    }
  }
  Helper(const Helper&) = delete;
  Helper& operator=(const Helper&) = delete;

  ~Helper() {
    if (thread_.joinable()) {
      pieces_.give_up();
      thread_.join();
      --helpers;
    }
  }

 private:
  static inline std::atomic<int> helpers = 0;  // of all listings

  Pieces& pieces_;
  std::thread thread_;
};

}  // namespace

void make_lines_together(std::size_t count, const LineMaker& line_of, const LinesVisitor& visit) {
  if (count < worth * piece_lines) {
    make_lines(count, line_of, visit);
    return;
  }
  Pieces pieces(count, line_of);
  const Helper helper(pieces);
  while (const std::optional<std::string> lines = pieces.take()) {
    visit(*lines);
  }
}

void offer_shared_lines(ServerContext& context) { context.services.find<TransferSeams>()->lines = make_lines_together; }

}  // namespace kit
