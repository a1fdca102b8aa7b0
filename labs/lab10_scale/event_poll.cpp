#include "event_poll.h"

#include <algorithm>
#include <limits>

#include "check.h"
#include "todo.h"

namespace kit {

EventPoll::EventPoll() : descriptor_(check(::epoll_create1(EPOLL_CLOEXEC), "epoll_create1")) {}

void EventPoll::add(int descriptor, std::uint32_t events) {
  KIT_TODO("lab 10, EventPoll::add");
}

void EventPoll::change(int descriptor, std::uint32_t events) {
  KIT_TODO("lab 10, EventPoll::change");
}

void EventPoll::remove(int descriptor) {
  KIT_TODO("lab 10, EventPoll::remove");
}

std::span<const epoll_event> EventPoll::wait(std::optional<Clock::time_point> until) {
  KIT_TODO("lab 10, EventPoll::wait");
}

}  // namespace kit
