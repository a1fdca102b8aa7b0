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
  // BEGIN SOLUTION encoder_for
  const bool blocks = parameters.mode == Mode::block;
  std::unique_ptr<Converter> text;     // what is done to lines; null: nothing
  std::unique_ptr<Converter> packing;  // what they are put into
  if (parameters.structure == Structure::record) {
    if (content == Content::text) {
      text = std::make_unique<AsciiDecoder>();
    }
    if (blocks) {
      packing = std::make_unique<BlockEncoder>(Records::lines);
    } else {
      packing = std::make_unique<RecordEncoder>();
    }
  } else {
    if (parameters.type == Type::ascii && content == Content::file) {
      text = std::make_unique<AsciiEncoder>();
    }
    if (blocks) {
      packing = std::make_unique<BlockEncoder>(Records::no);
    }
  }
  return chain(std::move(text), std::move(packing));
  // END SOLUTION
}

std::unique_ptr<Converter> decoder_for(const TransferParameters& parameters, BlockDecoder::MarkerTaker take_marker) {
  // BEGIN SOLUTION decoder_for
  const bool records = parameters.structure == Structure::record;
  std::unique_ptr<Converter> packing;
  std::unique_ptr<Converter> text;
  if (parameters.mode == Mode::block) {
    packing = std::make_unique<BlockDecoder>(records ? Records::lines : Records::no, std::move(take_marker));
  } else if (records) {
    packing = std::make_unique<RecordDecoder>();
  }
  if (parameters.type == Type::ascii && !records) {
    text = std::make_unique<AsciiDecoder>();
  }
  return chain(std::move(packing), std::move(text));
  // END SOLUTION
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
