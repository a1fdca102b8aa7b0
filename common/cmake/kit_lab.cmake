# The one way a lab is built. A lab's CMakeLists.txt is a single call:
#
#   kit_lab(NUMBER 02 NAME lines SOURCES line_reader.cpp reply.cpp DEPENDS echo PROGRAMS line_server line_client)
#
# makes the library kit_lines (alias kit::lines) from SOURCES, sees only the labs in DEPENDS (and common/), builds each
# program P from P_main.cpp into <build>/lab02/P (target lab02_P), and the unit tests of tests/lab02_*/ as lab02_tests.

add_library(kit_build_settings INTERFACE)
target_compile_options(kit_build_settings INTERFACE -Wall -Wextra -Wpedantic -Wshadow -Wconversion
  $<$<BOOL:${KIT_WERROR}>:-Werror>)
# GCC 12 warns of std::string's own code when it optimises (its bug 105651).
target_compile_options(kit_build_settings INTERFACE $<$<CXX_COMPILER_ID:GNU>:-Wno-restrict>)
if(KIT_SANITIZE)
  # Undefined behaviour ends the program: a report that is only printed would be overlooked.
  target_compile_options(kit_build_settings INTERFACE
    -fsanitize=${KIT_SANITIZE} -fno-sanitize-recover=all -fno-omit-frame-pointer)
  # That check makes a pipe to see whether memory can be read: in a process that is out of descriptors, which a server
  # has to survive, it calls every exception an invalid object.
  target_compile_options(kit_build_settings INTERFACE -fno-sanitize=vptr)
  target_link_options(kit_build_settings INTERFACE -fsanitize=${KIT_SANITIZE})
endif()
if(KIT_PCH AND CMAKE_CXX_COMPILER_ID STREQUAL "GNU" AND CMAKE_CXX_COMPILER_LAUNCHER MATCHES "ccache")
  target_compile_options(kit_build_settings INTERFACE -fpch-preprocess)  # without it ccache leaves precompiled headers alone
endif()
find_program(KIT_LLD ld.lld)  # links in a third of the time
if(KIT_LLD)
  target_link_options(kit_build_settings INTERFACE -fuse-ld=lld)
endif()

# Decides between labs/ (the student's) and solution/ for one lab folder, by KIT_SOLVED.
function(kit_add_lab_folder folder)
  string(SUBSTRING ${folder} 0 2 number)
  math(EXPR plain "${number}")  # 01 -> 1
  if(KIT_SOLVED STREQUAL "all" OR plain IN_LIST KIT_SOLVED OR number IN_LIST KIT_SOLVED)
    set(tree solution)
  else()
    set(tree labs)
  endif()
  add_subdirectory(${tree}/lab${folder} lab${number}_build)
endfunction()

function(kit_lab)
  cmake_parse_arguments(PARSE_ARGV 0 LAB "" "NUMBER;NAME" "SOURCES;DEPENDS;PROGRAMS;LIBRARIES")
  set(library kit_${LAB_NAME})
  add_library(${library} STATIC ${LAB_SOURCES})
  add_library(kit::${LAB_NAME} ALIAS ${library})
  target_include_directories(${library} PUBLIC ${CMAKE_CURRENT_SOURCE_DIR})
  target_link_libraries(${library} PUBLIC kit::common ${LAB_LIBRARIES})
  foreach(earlier IN LISTS LAB_DEPENDS)
    target_link_libraries(${library} PUBLIC kit::${earlier})
  endforeach()
  if(CMAKE_CURRENT_SOURCE_DIR MATCHES "/labs/lab[0-9][0-9]_")
    # Parameters and helpers of a starter wait for the student's code: unused is not wrong there. Set on the sources, for
    # clang heeds the last option it reads and these come after the target's.
    set_source_files_properties(${LAB_SOURCES} PROPERTIES COMPILE_OPTIONS "-Wno-unused;-Wno-unused-parameter")
    # A file that a student adds joins the library by being there: grading takes no CMakeLists.txt from a submission.
    file(GLOB added CONFIGURE_DEPENDS RELATIVE ${CMAKE_CURRENT_SOURCE_DIR} *.cpp)
    list(FILTER added EXCLUDE REGEX "_main\\.cpp$")
    list(REMOVE_ITEM added ${LAB_SOURCES})
    target_sources(${library} PRIVATE ${added})
  endif()

  if(KIT_PCH)
    target_precompile_headers(${library} REUSE_FROM kit_common)
  endif()
  set_target_properties(${library} PROPERTIES UNITY_BUILD ${KIT_UNITY} UNITY_BUILD_BATCH_SIZE 10)

  foreach(program IN LISTS LAB_PROGRAMS)
    add_executable(lab${LAB_NUMBER}_${program} ${program}_main.cpp)
    target_link_libraries(lab${LAB_NUMBER}_${program} PRIVATE ${library})
    set_target_properties(lab${LAB_NUMBER}_${program} PROPERTIES
      OUTPUT_NAME ${program} RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/lab${LAB_NUMBER})
  endforeach()
  if(KIT_TESTS)
    kit_lab_tests(${LAB_NUMBER} ${library})
  endif()
endfunction()

function(kit_lab_tests number library)
  file(GLOB tests CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/tests/lab${number}_*/*_test.cpp)
  if(tests)
    add_executable(lab${number}_tests ${tests})
    target_include_directories(lab${number}_tests PRIVATE ${CMAKE_SOURCE_DIR}/tests/support)
    target_link_libraries(lab${number}_tests PRIVATE ${library} kit::test_main)
    target_precompile_headers(lab${number}_tests REUSE_FROM kit_test_main)
    set_target_properties(lab${number}_tests PROPERTIES UNITY_BUILD ${KIT_UNITY} UNITY_BUILD_BATCH_SIZE 7)
    gtest_discover_tests(lab${number}_tests TEST_PREFIX lab${number}. DISCOVERY_MODE PRE_TEST
      PROPERTIES TIMEOUT 60 LABELS lab${number})
  endif()
endfunction()

# Installs lab NUMBER's program, and with KIT_COPY_BIN puts a copy where the README says it is.
function(kit_final_program program number)
  if(NOT TARGET lab${number}_${program})
    return()
  endif()
  install(TARGETS lab${number}_${program} RUNTIME)
  if(KIT_COPY_BIN)
    add_custom_target(kit_${program} ALL VERBATIM DEPENDS lab${number}_${program}
      COMMAND ${CMAKE_COMMAND} -E make_directory ${CMAKE_SOURCE_DIR}/build/bin
      COMMAND ${CMAKE_COMMAND} -E copy_if_different $<TARGET_FILE:lab${number}_${program}>
              ${CMAKE_SOURCE_DIR}/build/bin/${program})
  endif()
endfunction()
