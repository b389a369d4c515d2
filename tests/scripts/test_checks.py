#!/usr/bin/env python3
"""Plants one offence each into a small tree and asserts that the check scripts find it. Run by .ci/run."""
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

SCRIPTS = Path(__file__).resolve().parents[2] / "scripts"

CLEAN = {
    "grammar/CMakeLists.txt": "target_sources(ranvier_grammar PRIVATE parse.cpp)\n",
    "grammar/parse.hpp": "#pragma once\n#include <string>\nint parse(const std::string&);\n",
    "grammar/parse.cpp": "#include <boost/spirit/home/x3.hpp>\n#include <ranvier/grammar/parse.hpp>\n"
                         "int parse(const std::string& text) {\n  return text.empty() ? 0 : 1;\n}\n",
    "runtime/CMakeLists.txt": "target_sources(ranvier_runtime PRIVATE network.cpp)\n",
    "runtime/network.hpp": "#pragma once\n#include <ranvier/grammar/parse.hpp>\n",
    "runtime/network.cpp": "#include <ranvier/runtime/network.hpp>\nint steps() { return parse(\"{ not a brace\"); }\n",
}


def run(script, files):
    """Exit status and output of a check over the clean tree with some files replaced or added."""
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run(["git", "init", "-q", folder], check=True)
        for name, text in {**CLEAN, **files}.items():
            path = Path(folder) / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text)
        done = subprocess.run([SCRIPTS / script, folder], capture_output=True, text=True)
        return done.returncode, done.stdout + done.stderr


class Checks(unittest.TestCase):
    def assert_refused(self, script, files, *words):
        status, output = run(script, files)
        self.assertEqual(status, 1, output)
        for word in words:
            self.assertIn(word, output)

    def test_a_clean_tree_passes(self):
        for script in ("check-layers", "check-budgets"):
            status, output = run(script, {})
            self.assertEqual(status, 0, output)

    def test_an_include_to_the_right_is_refused(self):
        self.assert_refused("check-layers", {"grammar/parse.hpp": "#pragma once\n#include <ranvier/runtime/network.hpp>\n"},
                            "grammar/parse.hpp: may not include <ranvier/runtime/network.hpp>")

    def test_a_circle_of_headers_is_refused(self):
        self.assert_refused("check-layers", {
            "grammar/a.hpp": "#pragma once\n#include <ranvier/grammar/b.hpp>\n",
            "grammar/b.hpp": "#pragma once\n#include <ranvier/grammar/a.hpp>\n"}, "in a circle")

    def test_a_third_party_in_a_header_is_refused(self):
        self.assert_refused("check-layers", {"grammar/parse.hpp": "#pragma once\n#include <boost/any.hpp>\n"},
                            "grammar/parse.hpp: may not include <boost/any.hpp>")

    def test_an_unknown_header_is_refused(self):
        self.assert_refused("check-layers", {"runtime/network.hpp": "#pragma once\n#include <gsl/gsl>\n"}, "is unknown")

    def test_a_second_home_of_spirit_is_refused(self):
        self.assert_refused("check-layers", {
            "grammar/parse_more.cpp": "#include <boost/spirit/home/x3.hpp>\n",
            "grammar/CMakeLists.txt": "target_sources(ranvier_grammar PRIVATE parse.cpp parse_more.cpp)\n"}, "only one file")

    def test_a_source_that_no_list_names_is_refused(self):
        self.assert_refused("check-layers", {"grammar/forgotten.cpp": "int forgotten;\n"},
                            "grammar/forgotten.cpp: not listed")

    def test_a_path_of_one_machine_is_refused(self):
        for folder in ("home", "work", "tmp"):
            self.assert_refused("check-layers", {"docs/a.md": f"first\nsee /{folder}/somebody/notes\n"}, "docs/a.md:2")

    def test_a_library_that_prints_is_refused(self):
        self.assert_refused("check-layers", {"runtime/network.cpp": "void f() { std::cout << 1; }\n"}, "prints nothing")

    def test_a_long_file_is_refused(self):
        self.assert_refused("check-budgets", {"grammar/long.hpp": "int a;\n" * 401}, "grammar/long.hpp: 401 lines")

    def test_a_long_function_is_refused_with_its_name_and_place(self):
        body = "  f();\n" * 59
        self.assert_refused("check-budgets", {
            "grammar/parse.cpp": "namespace {\nFoo::Foo(int a)\n    : a_{a}, b_(a) {\n" + body + "}\n}\n"},
            "grammar/parse.cpp:2: Foo::Foo has 62 lines")

    def test_sixty_lines_are_within_the_budget(self):
        longs = "int f(int a = 1) {\n" + "  if (a) { f(); }\n" * 58 + "}\n"
        shorts = "int g() { return 1; }\n" * 9
        status, output = run("check-budgets", {"grammar/parse.cpp": longs + shorts})
        self.assertEqual(status, 0, output)

    def test_too_many_middling_functions_are_refused(self):
        self.assert_refused("check-budgets", {
            "grammar/parse.cpp": ("auto f = [](int a) {\n" + "  g();\n" * 28 + "};\n") * 3}, "functions have at most 25")

    def test_a_long_test_case_is_refused(self):
        self.assert_refused("check-budgets", {
            "tests/test_a.cpp": 'TEST_CASE("a (very) long one") {\n' + "  CHECK(true);\n" * 40 + "}\n"}, "TEST_CASE")


if __name__ == "__main__":
    result = unittest.main(exit=False, verbosity=0).result
    failed = len(result.failures) + len(result.errors)
    print(f"{result.testsRun - failed} passed, {failed} failed", flush=True)
    sys.exit(failed != 0)
