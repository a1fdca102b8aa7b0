#include "representation_size.h"

#include <sys/stat.h>
#include <unistd.h>

#include <memory>
#include <string_view>
#include <vector>

#include "check.h"
#include "todo.h"
#include "transfer_parameters.h"
#include "transfer_seams.h"

namespace kit {
namespace {

constexpr std::size_t chunk_size = std::size_t{256} << 10U;  // as RETR reads: MODE B makes a header for every piece

}  // namespace

bool travels_as_stored(Session& session) {
  const auto& parameters = session.part<TransferParameters>();
  return parameters.type == TransferParameters::Type::image &&
         parameters.structure == TransferParameters::Structure::file;
}

std::optional<std::uint64_t> representation_size(Session& session, int file) {
  KIT_TODO("lab 9, representation_size");
}

}  // namespace kit
