#pragma once

#include <string>
#include <string_view>

#include "transfer_seams.h"

namespace kit {

/// TYPE A on its way out (RFC 959 3.1.1.1): every line ends with CR LF on the wire. A LF of the file becomes CR LF; one
/// that has its CR already is left as it is, so a file with CR LF in it travels as it stands and does not grow a second
/// CR. A CR alone stays what it is.
class AsciiEncoder : public Converter {
 public:
  std::string_view convert(std::string_view bytes) override;

 private:
  // What has to be remembered from one piece to the next?
};

/// TYPE A on its way in: CR LF becomes LF, the line end of this system. A CR or a LF alone stays what it is.
class AsciiDecoder : public Converter {
 public:
  std::string_view convert(std::string_view bytes) override;

  /// A CR at the very end, of which only now it is clear that no LF follows.
  std::string_view finish() override;

 private:
  // What has to be remembered from one piece to the next?
};

}  // namespace kit
