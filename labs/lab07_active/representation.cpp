#include "representation.h"

#include <stdexcept>
#include <string>
#include <utility>

#include "ascii_converter.h"
#include "record_converter.h"
#include "todo.h"

namespace kit {
namespace {

using Type = TransferParameters::Type;
using Structure = TransferParameters::Structure;
using Mode = TransferParameters::Mode;
using Records = BlockEncoder::Records;

class Chain : public Converter {
 public:
  Chain(std::unique_ptr<Converter> first, std::unique_ptr<Converter> second)
      : first_(std::move(first)), second_(std::move(second)) {}

  std::string_view convert(std::string_view bytes) override { return second_->convert(first_->convert(bytes)); }

  std::string_view finish() override {
    rest_ = second_->convert(first_->finish());  // a copy: the second's next answer would overwrite it
    rest_ += second_->finish();
    return rest_;
  }

  [[nodiscard]] bool ended() const override { return first_->ended() || second_->ended(); }

 private:
  std::unique_ptr<Converter> first_;
  std::unique_ptr<Converter> second_;
  std::string rest_;
};

}  // namespace

std::unique_ptr<Converter> chain(std::unique_ptr<Converter> first, std::unique_ptr<Converter> second) {
  if (first && second) {
    return std::make_unique<Chain>(std::move(first), std::move(second));
  }
  return first ? std::move(first) : second ? std::move(second) : std::make_unique<Converter>();
}

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
