#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace bench {

enum class Mode { retr, stor, list, mlsd, login, noop, idle, echo };

/// What `ftp_load MODE PORT [options]` is to do.
struct LoadOptions {
  Mode mode = Mode::noop;
  std::uint16_t port = 0;
  std::string user = "anonymous";
  std::string password = "bench@example.org";
  std::string path;                        ///< of the file to fetch or the directory to list; uploads are up-N below it
  std::size_t sessions = 1;                ///< at once
  std::uint64_t count = 0;                 ///< operations of each session; 0: as many as fit into `time`
  std::chrono::milliseconds time{1000};    ///< no operation begins later than this
  std::chrono::milliseconds limit{60000};  ///< the end of everything, finished or not
  std::chrono::milliseconds opening{60000};  ///< no session is opened later than this
  std::size_t depth = 1;                     ///< NOOPs on their way at once
  std::uint64_t size = 0;                    ///< of an upload
  bool extended = false;                     ///< EPSV instead of PASV
  bool copy = false;                         ///< receive into a buffer instead of dropping the bytes in the kernel
  bool steps = false;                        ///< wait for a line on stdin before the run and after it
  bool help = false;
};

/// Reads the command line. Throws kit::UsageError.
LoadOptions parse_load_options(const std::vector<std::string>& arguments);

/// The text of `--help`.
std::string load_help();

}  // namespace bench
