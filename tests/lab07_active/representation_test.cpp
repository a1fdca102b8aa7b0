#include "representation.h"

#include <vector>

#include "converter_chain.h"
#include "loopback.h"
#include "pieces.h"

namespace kit::test {
namespace {

using Type = TransferParameters::Type;
using Structure = TransferParameters::Structure;
using Mode = TransferParameters::Mode;

std::vector<TransferParameters> all_parameters() {
  std::vector<TransferParameters> all;
  for (const Type type : {Type::ascii, Type::image}) {
    for (const Structure structure : {Structure::file, Structure::record}) {
      for (const Mode mode : {Mode::stream, Mode::block}) {
        all.push_back({type, TransferParameters::Form::non_print, structure, mode});
      }
    }
  }
  return all;
}

MakeConverter encoder(const TransferParameters& parameters, Content content = Content::file) {
  return [=] { return encoder_for(parameters, content); };
}
MakeConverter decoder(const TransferParameters& parameters) {
  return [=] { return decoder_for(parameters, [](std::string_view, std::uint64_t) {}); };
}

TEST(Representation, GivesBackEveryTextWithTheSameParametersHoweverItIsCut) {
  for (const TransferParameters& parameters : all_parameters()) {
    for_each_string("\n\xFFx", 4, [&](const std::string& file) {
      const std::string wire = converted(encoder(parameters), file);
      expect_converted(decoder(parameters), wire, file);
    });
  }
}

TEST(Representation, GivesBackEveryByteButInTypeAWithoutRecords) {
  const std::string file = pattern(200'000) + "\r\n\r\r\n\n\r";
  for (const TransferParameters& parameters : all_parameters()) {
    if (parameters.type == Type::image || parameters.structure == Structure::record) {
      EXPECT_EQ(converted(decoder(parameters), converted(encoder(parameters), file)), file);
    }
  }
}

TEST(Representation, LeavesTheBytesAloneInTypeIOnly) {
  EXPECT_EQ(converted(encoder({.type = Type::image}), "a\nb\r\n"), "a\nb\r\n");
  EXPECT_EQ(converted(encoder({}), "a\nb\r\n"), "a\r\nb\r\n") << "TYPE A is what a session begins with";
}

TEST(Representation, SendsListingsAsTextWhateverTheTypeIs) {
  const std::string lines = "one\r\ntwo\r\n";
  for (const Type type : {Type::ascii, Type::image}) {
    EXPECT_EQ(converted(encoder({.type = type}, Content::text), lines), lines);
    EXPECT_EQ(converted(encoder({.type = type, .structure = Structure::record}, Content::text), lines),
              "one\xFF\x01two\xFF\x01\xFF\x02");
    EXPECT_EQ(converted(decoder({.type = Type::image, .mode = Mode::block}),
                        converted(encoder({.type = type, .mode = Mode::block}, Content::text), lines)),
              lines);
  }
}

TEST(Chain, PutsOneBehindTheOther) {
  const MakeConverter twice = [] {
    return chain(std::make_unique<BlockEncoder>(BlockEncoder::Records::no),
                 std::make_unique<BlockDecoder>(BlockEncoder::Records::no, nullptr));
  };
  expect_converted(twice, "abc", "abc");
  EXPECT_EQ(converted([] { return chain(nullptr, nullptr); }, "a\n"), "a\n");
}

}  // namespace
}  // namespace kit::test
