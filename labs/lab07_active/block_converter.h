#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <utility>

#include "transfer_seams.h"

namespace kit {

/// MODE B (RFC 959 3.4.2): data travel in blocks, each behind a header of three bytes: a descriptor, whose bits are
/// named below, and the number of data bytes that follow, the high byte first.
constexpr unsigned block_ends_record = 128;
constexpr unsigned block_ends_file = 64;
constexpr unsigned block_is_suspect = 32;  ///< the sender doubts its data: they are taken as they are
constexpr unsigned block_is_marker = 16;   ///< no data, but a restart marker (RFC 959 3.5)
constexpr std::size_t block_header_size = 3;
constexpr std::size_t largest_block = 65535;

/// Packs into blocks. Of records (STRU R) each line, without its LF, is one, and its last block says so; else a block
/// is just a piece. The end of the file is a block of its own, with no data in it.
class BlockEncoder : public Converter {
 public:
  enum class Records { no, lines };
  explicit BlockEncoder(Records records) : records_(records) {}

  std::string_view convert(std::string_view bytes) override;
  std::string_view finish() override;

 private:
  Records records_;
  std::string out_;
};

/// Unpacks blocks, wherever they are cut. The end of a record becomes a LF if there are records, and means nothing
/// else.
class BlockDecoder : public Converter {
 public:
  /// Gets each restart marker and how many bytes of data came before it.
  using MarkerTaker = std::function<void(std::string_view marker, std::uint64_t position)>;
  static constexpr std::size_t longest_marker = 255;

  BlockDecoder(BlockEncoder::Records records, MarkerTaker take_marker)
      : records_(records), take_marker_(std::move(take_marker)) {}

  /// Throws ReplyError 451 for a bit that has no meaning and for a marker that is longer than markers are. What follows
  /// the end of the file is not looked at.
  std::string_view convert(std::string_view bytes) override;

  /// Throws ReplyError 426 unless the end of the file has come: it is not whole.
  std::string_view finish() override;

  [[nodiscard]] bool ended() const override { return ended_; }

 private:
  BlockEncoder::Records records_;
  MarkerTaker take_marker_;
  std::string out_;
  // A block may be cut anywhere, its header too: what has to be remembered?
  bool ended_ = false;
};

}  // namespace kit
