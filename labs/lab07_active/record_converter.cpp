#include "record_converter.h"

#include <algorithm>

#include "command_table.h"
#include "todo.h"

namespace kit {

std::string_view RecordEncoder::convert(std::string_view bytes) {
  KIT_TODO("lab 7, RecordEncoder::convert");
}

std::string_view RecordEncoder::finish() {
  KIT_TODO("lab 7, RecordEncoder::finish");
}

std::string_view RecordDecoder::convert(std::string_view bytes) {
  KIT_TODO("lab 7, RecordDecoder::convert");
}

std::string_view RecordDecoder::finish() {
  KIT_TODO("lab 7, RecordDecoder::finish");
}

}  // namespace kit
