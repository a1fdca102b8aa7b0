#include "timestamp.h"

#include <chrono>

#include "arguments.h"
#include "todo.h"

namespace kit {

std::optional<std::time_t> parse_timestamp(std::string_view text) {
  KIT_TODO("lab 4, parse_timestamp");
}

}  // namespace kit
