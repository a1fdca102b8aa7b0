# GoogleTest from the system, else fetched at a pinned release. kit::test_main carries gtest's main and a precompiled
# <gtest/gtest.h>, which saves each test binary several seconds.
find_package(GTest QUIET)
if(NOT GTest_FOUND)
  include(FetchContent)
  FetchContent_Declare(googletest GIT_REPOSITORY https://github.com/google/googletest.git GIT_TAG v1.14.0)
  set(INSTALL_GTEST OFF)
  FetchContent_MakeAvailable(googletest)
endif()
include(GoogleTest)

add_library(kit_test_main STATIC ${CMAKE_SOURCE_DIR}/tests/support/test_main.cpp)
add_library(kit::test_main ALIAS kit_test_main)
target_link_libraries(kit_test_main PUBLIC GTest::gtest kit_build_settings)
target_precompile_headers(kit_test_main PRIVATE <gtest/gtest.h>)
