#include "parking_lot.h"

#include <utility>

#include "todo.h"

namespace kit {
// BEGIN PRIVATE
namespace {

std::uint32_t events_for(const Visit& visit) {
  if (visit.phase() == Visit::Phase::held) {
    return EPOLLRDHUP;  // whatever it says has to wait
  }
  return visit.unsent() > 0 ? EPOLLOUT : EPOLLIN;
}

}  // namespace
// END PRIVATE

void ParkingLot::park(std::unique_ptr<Visit> visit) {
  // BEGIN SOLUTION ParkingLot::park
  const auto index = static_cast<std::size_t>(visit->descriptor());
  if (index >= places_.size()) {
    places_.resize(index + 1);
  }
  Place& place = places_[index];
  place.events = events_for(*visit);
  poll_.add(visit->descriptor(), place.events);
  wheel_.set(*visit, visit->due());
  place.visit = std::move(visit);
  ++size_;
  // END SOLUTION
}

Visit* ParkingLot::find(int descriptor) const {
  const auto index = static_cast<std::size_t>(descriptor);
  return index < places_.size() ? places_[index].visit.get() : nullptr;
}

void ParkingLot::update(Visit& visit) {
  // BEGIN SOLUTION ParkingLot::update
  Place& place = places_[static_cast<std::size_t>(visit.descriptor())];
  const std::uint32_t events = events_for(visit);
  if (events != place.events) {
    poll_.change(visit.descriptor(), events);
    place.events = events;
  }
  // A later moment is noticed when the earlier one has come (see take_due): a busy session costs the wheel nothing.
  if (!wheel_.rings_before(visit, visit.due())) {
    wheel_.set(visit, visit.due());
  }
  // END SOLUTION
}

std::unique_ptr<Visit> ParkingLot::take(int descriptor) {
  // BEGIN SOLUTION ParkingLot::take
  std::unique_ptr<Visit> visit = std::exchange(places_[static_cast<std::size_t>(descriptor)].visit, nullptr);
  poll_.remove(descriptor);
  wheel_.cancel(*visit);
  --size_;
  return visit;
  // END SOLUTION
}

std::unique_ptr<Visit> ParkingLot::take_due() {
  // BEGIN SOLUTION ParkingLot::take_due
  const auto now = EventPoll::Clock::now();
  while (Timer* timer = wheel_.take_due(now)) {
    auto& visit = *static_cast<Visit*>(timer);
    if (visit.due() <= now) {
      return take(visit.descriptor());
    }
    wheel_.set(visit, visit.due());
  }
  return nullptr;
  // END SOLUTION
}

std::vector<std::unique_ptr<Visit>> ParkingLot::take_all() {
  // BEGIN SOLUTION ParkingLot::take_all
  std::vector<std::unique_ptr<Visit>> all;
  for (const Place& place : places_) {
    if (place.visit != nullptr) {
      all.push_back(take(place.visit->descriptor()));
    }
  }
  return all;
  // END SOLUTION
}

}  // namespace kit
