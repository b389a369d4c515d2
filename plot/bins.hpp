#pragma once
#include <vector>

#include <ranvier/plot/content.hpp>

namespace ranvier::plot {

/// Counts of the drawable values in `bins` equal bins from the least to the greatest value, which belongs to
/// the last bin. With 0 bins, their width is 2 IQR / n^(1/3) (Freedman and Diaconis 1981), at most 200 of
/// them.
Bars count_in_bins(std::vector<double> values, int bins);

}  // namespace ranvier::plot
