#pragma once

#include <string>
#include <string_view>

#include "transfer_seams.h"

namespace kit {

/// STRU R in stream mode (RFC 959 3.4.1): 0xFF announces a code: 1 ends a record (EOR), 2 the file (EOF), 3 both, and
/// 0xFF is a data byte 0xFF. Files have no records here, so a record is a line, without its LF, in every TYPE: a file
/// is cut up without loss. What stands behind the last LF, if anything, is a record without EOR.
class RecordEncoder : public Converter {
 public:
  std::string_view convert(std::string_view bytes) override;

  /// EOF.
  std::string_view finish() override;

 private:
  // A buffer for what was converted has its place here.
};

/// The way back: a LF for every EOR.
class RecordDecoder : public Converter {
 public:
  /// Throws ReplyError 451 for a code that does not exist. What follows EOF is not looked at.
  std::string_view convert(std::string_view bytes) override;

  /// Throws ReplyError 426 unless EOF has come: the file is not whole.
  std::string_view finish() override;

  [[nodiscard]] bool ended() const override { return ended_; }

 private:
  // A code may be cut in two: what has to be remembered from one piece to the next?
  bool ended_ = false;
};

}  // namespace kit
