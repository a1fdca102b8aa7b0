#include "block_converter.h"

#include <algorithm>

#include "command_table.h"
#include "todo.h"

namespace kit {

std::string_view BlockEncoder::convert(std::string_view bytes) {
  KIT_TODO("lab 7, BlockEncoder::convert");
}

std::string_view BlockEncoder::finish() {
  KIT_TODO("lab 7, BlockEncoder::finish");
}

std::string_view BlockDecoder::convert(std::string_view bytes) {
  KIT_TODO("lab 7, BlockDecoder::convert");
}

std::string_view BlockDecoder::finish() {
  KIT_TODO("lab 7, BlockDecoder::finish");
}

}  // namespace kit
