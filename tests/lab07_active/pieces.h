#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>

#include "transfer_seams.h"

namespace kit::test {

using MakeConverter = std::function<std::unique_ptr<Converter>()>;

template <typename Kind>
MakeConverter make() {
  return [] { return std::make_unique<Kind>(); };
}

/// What a converter makes of the pieces, its finish() included.
inline std::string converted(Converter& converter, const std::vector<std::string_view>& pieces) {
  std::string all;
  for (const std::string_view piece : pieces) {
    all += converter.convert(piece);
  }
  return all += converter.finish();
}

inline std::string converted(const MakeConverter& make, std::string_view whole) {
  const auto converter = make();
  return converted(*converter, {whole});
}

/// `input` becomes `expected` however it is cut: into two and three pieces at every place, with nothing in between too,
/// and byte by byte.
inline void expect_converted(const MakeConverter& make, std::string_view input, std::string_view expected) {
  const auto expect = [&](const std::vector<std::string_view>& pieces) {
    const auto converter = make();
    std::string cuts;
    for (const std::string_view piece : pieces) {
      cuts += std::to_string(piece.size()) + " ";
    }
    EXPECT_EQ(converted(*converter, pieces), expected)
        << "of " << testing::PrintToString(std::string(input)) << " in pieces of " << cuts;
  };
  expect({input});
  for (std::size_t i = 0; i <= input.size(); ++i) {
    expect({input.substr(0, i), "", input.substr(i)});
    for (std::size_t j = i; j <= input.size(); ++j) {
      expect({input.substr(0, i), input.substr(i, j - i), input.substr(j)});
    }
  }
  std::vector<std::string_view> bytes;
  for (std::size_t i = 0; i < input.size(); ++i) {
    bytes.push_back(input.substr(i, 1));
  }
  expect(bytes);
}

/// Every string of up to `length` bytes out of `alphabet`.
inline void for_each_string(std::string_view alphabet, std::size_t length,
                            const std::function<void(const std::string&)>& visit) {
  std::vector<std::string> level{""};
  for (std::size_t size = 0; size <= length; ++size) {
    std::vector<std::string> next;
    for (const std::string& text : level) {
      visit(text);
      for (const char c : alphabet) {
        next.push_back(text + c);
      }
    }
    level = std::move(next);
  }
}

}  // namespace kit::test
