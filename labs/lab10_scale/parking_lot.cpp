#include "parking_lot.h"

#include <utility>

#include "todo.h"

namespace kit {

void ParkingLot::park(std::unique_ptr<Visit> visit) {
  KIT_TODO("lab 10, ParkingLot::park");
}

Visit* ParkingLot::find(int descriptor) const {
  const auto index = static_cast<std::size_t>(descriptor);
  return index < places_.size() ? places_[index].visit.get() : nullptr;
}

void ParkingLot::update(Visit& visit) {
  KIT_TODO("lab 10, ParkingLot::update");
}

std::unique_ptr<Visit> ParkingLot::take(int descriptor) {
  KIT_TODO("lab 10, ParkingLot::take");
}

std::unique_ptr<Visit> ParkingLot::take_due() {
  KIT_TODO("lab 10, ParkingLot::take_due");
}

std::vector<std::unique_ptr<Visit>> ParkingLot::take_all() {
  KIT_TODO("lab 10, ParkingLot::take_all");
}

}  // namespace kit
