#pragma once
#include <memory>
#include <string>
#include <vector>

#include "tests/oracle/value.hpp"

namespace ranvier::oracle {

/// Values of expressions by muParser, which reads the raw text with an operator table of its own: Python's
/// precedences, muParser's algorithm. Its numbers are doubles, which cannot say whether they are integers; so
/// what it computes with are the places of our typed values in a list, and every operator, function, literal
/// and name of its table is a callback that looks its operands up there. muParser knows no two prefix
/// operators in a row: `--`, `-+`, `+-`, `++` and `not not` are operators of their own, written like this.
/// One at a time in a thread.
class MuParserOracle {
 public:
  explicit MuParserOracle(std::vector<std::string> names);
  ~MuParserOracle();

  /// The expression to evaluate from now on. Throws std::runtime_error if it cannot be read.
  void read(const std::string& text);
  /// Its value for these values of the names.
  Value evaluate(const std::vector<Value>& values);

 private:
  struct Parser;
  std::unique_ptr<Parser> parser_;
};

}  // namespace ranvier::oracle
