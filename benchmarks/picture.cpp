// The picture of benchmarks/RESULTS.md: bench_picture FILE reads lines "NETWORK SIZE RATIO SIDE" and draws
// the ratios of each side over the networks, in the order in which they come.
#include <cmath>
#include <iostream>
#include <map>
#include <string>
#include <vector>

#include <ranvier/ranvier.hpp>

using namespace ranvier;

int main(int argc, char** argv) {
  if (argc != 2) return std::cerr << "bench_picture FILE\n", 2;
  struct Side {
    std::vector<double> place, ratio;
  };
  std::map<std::string, Side> sides;
  std::vector<std::string> networks;
  std::string network, size, side;
  for (double ratio = 0; std::cin >> network >> size >> ratio >> side;) {
    const std::string name = network + " " + size;
    if (networks.empty() || networks.back() != name) networks.push_back(name);
    sides[side].place.push_back(static_cast<double>(networks.size()));
    sides[side].ratio.push_back(std::log2(ratio));
  }
  plot::Figure figure(
      {.width_inches = 8, .height_inches = 4, .title = "How long others take, in Ranvier's times"});
  for (const auto& [name, points] : sides)
    figure.curve(points.place, points.ratio, {.label = name, .width = 0, .dot = 5});
  figure.x_label("Network, as the table lists them").y_label("Ratio (powers of 2)").legend();
  figure.save(argv[1]);
}
