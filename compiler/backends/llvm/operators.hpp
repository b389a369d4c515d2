#pragma once
#include <string_view>
#include <vector>

#include <ranvier/compiler/backends/llvm/graph.hpp>

namespace ranvier::llvm_backend {

/// The operators of the language, with its rules for types, from the operations that machines have.
Id emit_unary(Operations& operations, UnaryOp op, Id operand);
Id emit_binary(Operations& operations, BinaryOp op, Id left, Id right);
/// base ** exponent for an integer that the text spells out: a chain of products where that is exact enough.
Id emit_power(Operations& operations, Id base, double exponent, bool spelled_integer);
/// A stateless built-in. Throws BackendError for an unknown name or a wrong number of arguments.
Id emit_builtin(Operations& operations, std::string_view name, const std::vector<Id>& arguments);

}  // namespace ranvier::llvm_backend
