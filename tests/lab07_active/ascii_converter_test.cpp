#include "ascii_converter.h"

#include <utility>

#include "pieces.h"

namespace kit::test {
namespace {

// Byte by byte, and so slow that it cannot be wrong.
std::string encoded_simply(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == '\n' && !out.ends_with('\r')) {
      out += '\r';
    }
    out += c;
  }
  return out;
}

std::string decoded_simply(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text.substr(i, 2) != "\r\n") {
      out += text[i];
    }
  }
  return out;
}

TEST(AsciiEncoder, EndsLinesWithCrLf) {
  const std::pair<const char*, const char*> cases[] = {
      {"", ""},
      {"a", "a"},
      {"\n", "\r\n"},
      {"a\n", "a\r\n"},
      {"a\nb", "a\r\nb"},
      {"\n\n", "\r\n\r\n"},
      {"a\n\nb\n", "a\r\n\r\nb\r\n"},
  };
  for (const auto& [file, wire] : cases) {
    expect_converted(make<AsciiEncoder>(), file, wire);
  }
}

TEST(AsciiEncoder, LetsACrLfOfTheFileAndALoneCrBe) {
  for (const char* text : {"\r\n", "a\r\nb\r\n", "\r", "a\rb", "\r\r", "\r\r\n"}) {
    expect_converted(make<AsciiEncoder>(), text, text);
  }
  expect_converted(make<AsciiEncoder>(), "\n\r\n\r", "\r\n\r\n\r");
}

TEST(AsciiDecoder, EndsLinesWithLf) {
  const std::pair<const char*, const char*> cases[] = {
      {"", ""}, {"a", "a"}, {"\r\n", "\n"}, {"a\r\nb", "a\nb"}, {"\r\n\r\n", "\n\n"}, {"a\r\n\r\nb\r\n", "a\n\nb\n"},
  };
  for (const auto& [wire, file] : cases) {
    expect_converted(make<AsciiDecoder>(), wire, file);
  }
}

TEST(AsciiDecoder, LetsALoneCrAndALoneLfBe) {
  for (const char* text : {"\r", "\n", "a\rb", "a\nb", "\r\r", "\n\r", "\r\rx", "\n\n"}) {
    expect_converted(make<AsciiDecoder>(), text, text);
  }
  expect_converted(make<AsciiDecoder>(), "\r\r\n", "\r\n");
  expect_converted(make<AsciiDecoder>(), "\r\n\r", "\n\r");
}

TEST(AsciiConverters, AreRightForEveryShortTextAndEveryCut) {
  for_each_string("\r\nx", 6, [](const std::string& text) {
    expect_converted(make<AsciiEncoder>(), text, encoded_simply(text));
    expect_converted(make<AsciiDecoder>(), text, decoded_simply(text));
  });
}

TEST(AsciiConverters, GiveBackEveryTextThatHasNoCr) {
  for_each_string("\nxy", 6, [](const std::string& text) {
    EXPECT_EQ(converted(make<AsciiDecoder>(), converted(make<AsciiEncoder>(), text)), text);
  });
}

TEST(AsciiConverters, KeepAllOtherBytes) {
  std::string bytes;
  for (int c = 0; c < 256; ++c) {
    bytes += c == '\n' || c == '\r' ? std::string() : std::string(1, static_cast<char>(c));
  }
  EXPECT_EQ(converted(make<AsciiEncoder>(), bytes), bytes);
  EXPECT_EQ(converted(make<AsciiDecoder>(), bytes), bytes);
}

TEST(AsciiConverters, HoldAtTheEdgesOfLargeBuffers) {
  for (const std::size_t size : {4095U, 4096U, 65535U, 65536U, 262144U}) {
    const std::string line(size, 'x');
    const std::string file = line + "\n" + line + "\n";
    const std::string wire = line + "\r\n" + line + "\r\n";
    AsciiEncoder encoder;
    EXPECT_EQ(converted(encoder, {std::string_view(file).substr(0, size), std::string_view(file).substr(size)}), wire);
    AsciiDecoder decoder;
    EXPECT_EQ(converted(decoder, {std::string_view(wire).substr(0, size + 1), std::string_view(wire).substr(size + 1)}),
              file);
  }
}

}  // namespace
}  // namespace kit::test
