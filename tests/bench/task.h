#pragma once

#include <coroutine>
#include <exception>
#include <optional>
#include <utility>

namespace bench {

/// What the promises of all tasks have in common: who waits for the task, and what the task threw.
struct TaskPromiseBase {
  std::coroutine_handle<> waiter = std::noop_coroutine();
  std::exception_ptr failure;

  struct ResumeWaiter {
    [[nodiscard]] bool await_ready() const noexcept { return false; }
    template <typename Promise>
    std::coroutine_handle<> await_suspend(std::coroutine_handle<Promise> done) const noexcept {
      return done.promise().waiter;
    }
    void await_resume() const noexcept {}
  };

  std::suspend_never initial_suspend() noexcept { return {}; }
  ResumeWaiter final_suspend() noexcept { return {}; }
  void unhandled_exception() noexcept { failure = std::current_exception(); }
};

template <typename Value>
struct TaskPromise : TaskPromiseBase {
  std::optional<Value> value;
  template <typename Given>
  void return_value(Given&& given) {
    value.emplace(std::forward<Given>(given));
  }
  Value take() { return std::move(*value); }
};

template <>
struct TaskPromise<void> : TaskPromiseBase {
  void return_void() noexcept {}
  void take() noexcept {}
};

/// A coroutine that starts at once and that one other coroutine awaits; what it throws comes out of the co_await.
/// A task that never had to wait for the kernel costs its awaiter no suspension at all.
template <typename Value = void>
class [[nodiscard]] Task {
 public:
  struct promise_type : TaskPromise<Value> {
    Task get_return_object() { return Task(std::coroutine_handle<promise_type>::from_promise(*this)); }
  };

  Task(Task&& other) noexcept : handle_(std::exchange(other.handle_, nullptr)) {}
  Task& operator=(Task&&) = delete;
  Task(const Task&) = delete;
  Task& operator=(const Task&) = delete;
  ~Task() {
    if (handle_) {
      handle_.destroy();
    }
  }

  [[nodiscard]] bool await_ready() const noexcept { return handle_.done(); }
  void await_suspend(std::coroutine_handle<> waiter) noexcept { handle_.promise().waiter = waiter; }
  Value await_resume() {
    if (handle_.promise().failure) {
      std::rethrow_exception(handle_.promise().failure);
    }
    return handle_.promise().take();
  }

 private:
  explicit Task(std::coroutine_handle<promise_type> handle) : handle_(handle) {}
  std::coroutine_handle<promise_type> handle_;
};

/// A coroutine that nobody awaits: it starts at once and frees itself at its end. It must catch what it throws.
struct Detached {
  struct promise_type {
    Detached get_return_object() noexcept { return {}; }
    std::suspend_never initial_suspend() noexcept { return {}; }
    std::suspend_never final_suspend() noexcept { return {}; }
    void return_void() noexcept {}
    void unhandled_exception() noexcept { std::terminate(); }
  };
};

}  // namespace bench
