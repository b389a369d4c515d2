#pragma once
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include <ranvier/ranvier.hpp>

/// A network whose time to a first step is measured.
struct StartedModel {
  std::string name;
  /// Makes it without a step. `number` stands in its equations, so that another one is another model.
  std::function<void(ranvier::Network&, const std::string& number)> build;
  /// A constant of it that a user would sweep, and another value.
  std::string constant;
  ranvier::NamespaceValue other;
};

const std::vector<StartedModel>& started_models();
