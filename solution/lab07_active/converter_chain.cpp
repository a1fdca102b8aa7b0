#include "converter_chain.h"

#include <string>
#include <string_view>
#include <utility>

namespace kit {
namespace {

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
  if (first) {
    return first;
  }
  return second ? std::move(second) : std::make_unique<Converter>();
}

}  // namespace kit
