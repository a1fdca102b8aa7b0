#pragma once

#include <memory>
#include <typeindex>
#include <unordered_map>
#include <utility>

namespace kit {

/// Objects of different types, at most one of each, found by their type. Lets every family of commands keep its own
/// state without one class that knows all of them. Owns the parts.
class PartBag {
 public:
  /// The part of type Part; made with its default constructor when first asked for.
  template <typename Part>
  Part& get() {
    std::shared_ptr<void>& slot = parts_[typeid(Part)];
    if (!slot) {
      slot = std::make_shared<Part>();
    }
    return *static_cast<Part*>(slot.get());
  }

  /// The part of type Part, or nullptr if nobody put one in.
  template <typename Part>
  [[nodiscard]] Part* find() const {
    const auto slot = parts_.find(typeid(Part));
    return slot == parts_.end() ? nullptr : static_cast<Part*>(slot->second.get());
  }

  /// Puts in a part made from `arguments`, in place of an earlier one of its type.
  template <typename Part, typename... Arguments>
  Part& emplace(Arguments&&... arguments) {
    auto part = std::make_shared<Part>(std::forward<Arguments>(arguments)...);
    Part& reference = *part;
    parts_[typeid(Part)] = std::move(part);
    return reference;
  }

  template <typename Part>
  void erase() {
    parts_.erase(typeid(Part));
  }

  void clear() { parts_.clear(); }

 private:
  std::unordered_map<std::type_index, std::shared_ptr<void>> parts_;
};

}  // namespace kit
