#pragma once

#include <memory>

#include "block_converter.h"
#include "session.h"
#include "transfer_parameters.h"
#include "transfer_seams.h"

namespace kit {

/// What a transfer with these parameters does to the bytes on their way out. Content::text has its CR LF already: in
/// STRU F it travels as it is, in TYPE I as well (RFC 1123 4.1.2.7). With records a line is a record whatever TYPE
/// says. Pure.
std::unique_ptr<Converter> encoder_for(const TransferParameters& parameters, Content content);

/// What it does to the bytes of a file on their way in. Pure.
std::unique_ptr<Converter> decoder_for(const TransferParameters& parameters, BlockDecoder::MarkerTaker take_marker);

/// Puts these two in the place of the encoder and the decoder that offer_transfers() has put in; called behind it. A
/// restart marker that comes in is answered at once: 110 MARK and the two markers, the client's and this server's (RFC
/// 959 3.5, 5.4), which is how many bytes of data came before it.
void offer_representations(ServerContext& context);

}  // namespace kit
