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
  // BEGIN SOLUTION representation_size
  struct stat status {};
  check(::fstat(file, &status), "fstat");
  const auto size = static_cast<std::uint64_t>(status.st_size);
  if (travels_as_stored(session) && session.part<TransferParameters>().mode == TransferParameters::Mode::stream) {
    return size;
  }
  if (size > largest_counted) {
    return std::nullopt;
  }
  const std::unique_ptr<Converter> encoder = session.service<TransferSeams>().encoder(session, Content::file);
  std::vector<char> buffer(chunk_size);
  std::uint64_t sent = 0;
  while (const ssize_t got = check(retry_eintr([&] { return ::read(file, buffer.data(), buffer.size()); }), "read")) {
    sent += encoder->convert({buffer.data(), static_cast<std::size_t>(got)}).size();
  }
  return sent + encoder->finish().size();
  // END SOLUTION
}

}  // namespace kit
