"""The markers of solution/ and the starter text they yield."""

import unittest

from autograder.kit.markers import MarkerError, starter_text


def starter(*lines: str, lab: int = 2) -> str:
    text = starter_text("\n".join(lines) + "\n", "solution/lab02_lines/x.cpp", lab)
    assert text is not None
    return text


class Solution(unittest.TestCase):
    def test_a_body_becomes_a_todo_that_names_lab_and_function(self) -> None:
        text = starter('#include "todo.h"', "int A::f(int x) {", "  // BEGIN SOLUTION A::f", "  return x + 1;",
                       "  // END SOLUTION", "}")
        self.assertEqual(text, '#include "todo.h"\nint A::f(int x) {\n  KIT_TODO("lab 2, A::f");\n}\n')

    def test_starter_lines_come_before_the_todo(self) -> None:
        text = starter("int f() {", "  // BEGIN SOLUTION f", "  return 1;", "  // STARTER", "  //: // Count them.",
                       "  //:", "  // END SOLUTION", "}")
        self.assertIn('  // Count them.\n\n  KIT_TODO("lab 2, f");\n', text)

    def test_starter_lines_alone_need_no_name(self) -> None:
        text = starter("int f() {", "  // BEGIN SOLUTION", "  return 7;", "  // STARTER", "  //: return 0;",
                       "  // END SOLUTION", "}")
        self.assertEqual(text, "int f() {\n  return 0;\n}\n")

    def test_a_file_for_the_solution_only_has_no_starter(self) -> None:
        self.assertIsNone(starter_text("// SOLUTION ONLY\nint x;\n", "x.h", 1))
        self.assertIsNone(starter_text("# SOLUTION ONLY\n", "CMakeLists.txt", 1))

    def test_text_without_markers_stays_as_it_is(self) -> None:
        self.assertEqual(starter("#include <vector>", "", "int x;  // begin here"),
                         "#include <vector>\n\nint x;  // begin here\n")

    def test_operators_have_names(self) -> None:
        self.assertIn("A::operator==", starter("bool A::operator==(A) {", "// BEGIN SOLUTION A::operator==",
                                               "// END SOLUTION", "}"))

    def test_cmake_files_carry_markers_behind_a_hash(self) -> None:
        text = starter("kit_lab(", "  # BEGIN PRIVATE", "  extra.cpp", "  # STARTER", "  #: mine.cpp",
                       "  # END PRIVATE", ")")
        self.assertEqual(text, "kit_lab(\n  mine.cpp\n)\n")


class Private(unittest.TestCase):
    def test_leaves_no_trace_and_no_double_blank_line(self) -> None:
        text = starter("int a;", "", "// BEGIN PRIVATE", "int b;", "// END PRIVATE", "", "int c;")
        self.assertEqual(text, "int a;\n\nint c;\n")

    def test_leaves_no_blank_line_at_the_edges_of_a_class(self) -> None:
        text = starter("class A {", "  // BEGIN PRIVATE", "  int b;", "  // END PRIVATE", "", "  int c;", "",
                       "  // BEGIN PRIVATE", "  int d;", "  // END PRIVATE", "};")
        self.assertEqual(text, "class A {\n  int c;\n};\n")

    def test_leaves_the_blank_line_that_opens_a_namespace(self) -> None:
        text = starter("namespace kit {", "// BEGIN PRIVATE", "int b;", "// END PRIVATE", "", "int c;")
        self.assertEqual(text, "namespace kit {\n\nint c;\n")

    def test_leaves_the_lines_that_starter_gives(self) -> None:
        text = starter("  // BEGIN PRIVATE", "  int b;", "  // STARTER", "  //: // Yours.", "  // END PRIVATE")
        self.assertEqual(text, "  // Yours.\n")


class TodoInclude(unittest.TestCase):
    BODY = ("void f() {", "  // BEGIN SOLUTION f", "  // END SOLUTION", "}")

    def test_is_sorted_into_the_last_block_of_the_kits_includes(self) -> None:
        text = starter('#include "x.h"', "", "#include <vector>", "", '#include "check.h"', '#include "wait.h"',
                       *self.BODY)
        self.assertIn('#include "check.h"\n#include "todo.h"\n#include "wait.h"\n', text)

    def test_stands_in_a_block_of_its_own_after_system_headers(self) -> None:
        text = starter('#include "x.h"', "", "#include <vector>", "", *self.BODY)
        self.assertIn('#include <vector>\n\n#include "todo.h"\n\nvoid f', text)

    def test_stays_apart_from_the_files_own_header(self) -> None:
        text = starter('#include "a.h"', "", *self.BODY)
        self.assertTrue(text.startswith('#include "a.h"\n\n#include "todo.h"\n\nvoid f'))

    def test_is_added_to_a_file_that_includes_nothing(self) -> None:
        self.assertTrue(starter(*self.BODY).startswith('#include "todo.h"\n\nvoid f'))

    def test_is_not_added_twice_or_where_nothing_is_to_do(self) -> None:
        self.assertEqual(starter('#include "todo.h"', *self.BODY).count("#include"), 1)
        self.assertEqual(starter("int x;"), "int x;\n")


class WrongMarkers(unittest.TestCase):
    CASES = {
        "x.cpp:1: END SOLUTION without a BEGIN": ["// END SOLUTION"],
        "x.cpp:2: BEGIN SOLUTION is never closed": ["int f;", "// BEGIN SOLUTION f", "x"],
        "x.cpp:3: BEGIN PRIVATE inside the BEGIN SOLUTION of line 2":
            ["int f;", "// BEGIN SOLUTION f", "// BEGIN PRIVATE"],
        "x.cpp:3: END PRIVATE closes the BEGIN SOLUTION of line 2": ["int f;", "// BEGIN SOLUTION f", "// END PRIVATE"],
        "x.cpp:1: BEGIN SOLUTION needs the function's name": ["// BEGIN SOLUTION", "// END SOLUTION"],
        "x.cpp:1: 'next()' is no function's name": ["// BEGIN SOLUTION next()"],
        "x.cpp:2: A::g is named here, but nothing above declares g": ["int f;", "// BEGIN SOLUTION A::g"],
        "x.cpp:1: BEGIN PRIVATE takes no name, but 'f' follows it": ["// BEGIN PRIVATE f"],
        "x.cpp:2: A::~A may not throw": ["A::~A() {", "// BEGIN SOLUTION A::~A"],
        "x.cpp:2: A::f may not throw": ["void A::f() noexcept {", "// BEGIN SOLUTION A::f"],
        "x.cpp:2: END PRIVATE stands alone": ["// BEGIN PRIVATE", "// END PRIVATE f"],
        "x.cpp:1: STARTER without a BEGIN": ["// STARTER"],
        "x.cpp:3: a second STARTER in the block of line 1": ["// BEGIN PRIVATE", "// STARTER", "// STARTER"],
        "x.cpp:3: between STARTER and END every line begins with": ["// BEGIN PRIVATE", "// STARTER", "int x;"],
        "x.cpp:1: this looks like a marker and is none": ["// begin solution f"],
        "x.cpp:1: this looks like a marker and is none:": ["int x;  // BEGIN SOLUTION f"],
        "x.cpp:2: this looks like a marker and is none": ["int x;", "// SOLUTION ONLY"],
    }

    def test_each_is_refused_with_its_file_line_and_reason(self) -> None:
        for message, lines in self.CASES.items():
            with self.subTest(message), self.assertRaises(MarkerError) as raised:
                starter(*lines)
            self.assertIn(message, str(raised.exception))


if __name__ == "__main__":
    unittest.main()
