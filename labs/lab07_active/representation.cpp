#include "representation.h"

#include <stdexcept>
#include <string>
#include <utility>

#include "ascii_converter.h"
#include "converter_chain.h"
#include "record_converter.h"
#include "todo.h"

namespace kit {
namespace {

using Type = TransferParameters::Type;
using Structure = TransferParameters::Structure;
using Mode = TransferParameters::Mode;
using Records = BlockEncoder::Records;

}  // namespace

std::unique_ptr<Converter> encoder_for(const TransferParameters& parameters, Content content) {
  KIT_TODO("lab 7, encoder_for");
}

std::unique_ptr<Converter> decoder_for(const TransferParameters& parameters, BlockDecoder::MarkerTaker take_marker) {
  KIT_TODO("lab 7, decoder_for");
}

void offer_representations(ServerContext& context) {
  auto* seams = context.services.find<TransferSeams>();
  if (seams == nullptr) {
    throw std::logic_error("offer_transfers() comes first");
  }
  seams->encoder = [](Session& session, Content content) {
    return encoder_for(session.part<TransferParameters>(), content);
  };
  seams->decoder = [](Session& session) {
    const auto answer = [&session](std::string_view marker, std::uint64_t position) {
      session.reply({110, "MARK " + std::string(marker) + " = " + std::to_string(position)});
    };
    return decoder_for(session.part<TransferParameters>(), answer);
  };
}

}  // namespace kit
