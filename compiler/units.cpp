#include <ranvier/compiler/units.hpp>

#include <algorithm>
#include <charconv>
#include <span>
#include <utility>

namespace ranvier {
namespace {

/// Which prefixes a base takes. Litres have their own, and no square or cube.
enum class Prefixes : std::uint8_t { none, metric, litre };

struct Base {
  std::string_view name;
  int decade;  // size in SI base units, as a power of ten
  Dimension dimension;
  Prefixes prefixes = Prefixes::metric;
};

constexpr Dimension litre_dimension{{3, 0, 0, 0, 0, 0, 0}};
constexpr Dimension dose{{2, 0, -2, 0, 0, 0, 0}};

constexpr Base bases[] = {
    {"metre", 0, dimensions::metre},
    {"meter", 0, dimensions::metre},
    {"second", 0, dimensions::second},
    {"amp", 0, dimensions::ampere},
    {"ampere", 0, dimensions::ampere},
    {"kelvin", 0, dimensions::kelvin, Prefixes::none},
    {"mole", 0, dimensions::mole},
    {"mol", 0, dimensions::mole},
    {"candle", 0, dimensions::candela},
    {"gram", -3, dimensions::kilogram},
    {"gramme", -3, dimensions::kilogram},
    {"kilogram", 0, dimensions::kilogram, Prefixes::none},
    {"kilogramme", 0, dimensions::kilogram, Prefixes::none},
    {"molar", 3, {{-3, 0, 0, 0, 0, 1, 0}}},
    {"radian", 0, dimensions::one},
    {"steradian", 0, dimensions::one},
    {"hertz", 0, dimensions::hertz},
    {"newton", 0, {{1, 1, -2, 0, 0, 0, 0}}},
    {"pascal", 0, {{-1, 1, -2, 0, 0, 0, 0}}},
    {"joule", 0, {{2, 1, -2, 0, 0, 0, 0}}},
    {"watt", 0, {{2, 1, -3, 0, 0, 0, 0}}},
    {"coulomb", 0, {{0, 0, 1, 1, 0, 0, 0}}},
    {"volt", 0, dimensions::volt},
    {"farad", 0, {{-2, -1, 4, 2, 0, 0, 0}}},
    {"ohm", 0, {{2, 1, -3, -2, 0, 0, 0}}},
    {"siemens", 0, {{-2, -1, 3, 2, 0, 0, 0}}},
    {"weber", 0, {{2, 1, -2, -1, 0, 0, 0}}},
    {"tesla", 0, {{0, 1, -2, -1, 0, 0, 0}}},
    {"henry", 0, {{2, 1, -2, -2, 0, 0, 0}}},
    {"lumen", 0, dimensions::candela},
    {"lux", 0, {{-2, 0, 0, 0, 0, 0, 1}}},
    {"becquerel", 0, dimensions::hertz},
    {"gray", 0, dose},
    {"sievert", 0, dose},
    {"katal", 0, {{0, 0, -1, 0, 0, 1, 0}}},
    {"liter", -3, litre_dimension, Prefixes::litre},
    {"litre", -3, litre_dimension, Prefixes::litre},
};

struct Prefix {
  std::string_view letters;
  int decade;
  std::string_view spoken;
};
constexpr Prefix metric_prefixes[] = {
    {"", 0, ""},        {"y", -24, "yocto"}, {"z", -21, "zepto"}, {"a", -18, "atto"}, {"f", -15, "femto"},
    {"p", -12, "pico"}, {"n", -9, "nano"},   {"u", -6, "micro"},  {"m", -3, "milli"}, {"k", 3, "kilo"},
    {"M", 6, "mega"},   {"G", 9, "giga"},    {"T", 12, "tera"},   {"P", 15, "peta"},  {"E", 18, "exa"},
    {"Z", 21, "zetta"}, {"Y", 24, "yotta"}};
constexpr Prefix litre_prefixes[] = {
    {"c", -2, "centi"}, {"d", -1, "deci"}, {"da", 1, "deca"}, {"h", 2, "hecto"}};

struct ShortName {
  std::string_view name;
  std::string_view meaning;
};
// mS, pS and uV are not names in the reference; they are here because the C++ constants of units.hpp have
// them.
constexpr ShortName short_names[] = {
    {"mV", "mvolt"},    {"uV", "uvolt"},    {"mA", "mamp"},     {"uA", "uamp"},     {"nA", "namp"},
    {"pA", "pamp"},     {"pF", "pfarad"},   {"uF", "ufarad"},   {"nF", "nfarad"},   {"mS", "msiemens"},
    {"uS", "usiemens"}, {"nS", "nsiemens"}, {"pS", "psiemens"}, {"ms", "msecond"},  {"us", "usecond"},
    {"Hz", "hertz"},    {"kHz", "khertz"},  {"MHz", "Mhertz"},  {"mM", "mmolar"},   {"uM", "umolar"},
    {"nM", "nmolar"},   {"mm", "mmetre"},   {"mm2", "mmetre2"}, {"mm3", "mmetre3"}, {"um", "umetre"},
    {"um2", "umetre2"}, {"um3", "umetre3"},
};

struct Entry {
  std::string name;
  Unit unit;
};

/// The double nearest to a power of ten (products of rounded prefixes are not: (1e-6)**3 != 1e-18).
double power_of_ten(int decade) {
  const std::string digits = "1e" + std::to_string(decade);
  double value = 0;
  std::from_chars(digits.data(), digits.data() + digits.size(), value);
  return value;
}

class Table {
 public:
  Table() {
    for (const Base& base : bases) add_base(base);
    // Centimetres have a short name but, in strings, no long one.
    add("cm", -2, dimensions::metre, 1);
    add("cm2", -2, dimensions::metre, 2);
    add("cm3", -2, dimensions::metre, 3);
    sort();
    const std::size_t generated = entries_.size();
    for (const auto& [name, meaning] : short_names)
      entries_.push_back({std::string(name), find(meaning, generated)->unit});
    sort();
    for (const Entry& entry : entries_) names_.push_back(entry.name);
  }

  const Entry* find(std::string_view name) const { return find(name, entries_.size()); }
  const std::vector<std::string>& names() const { return names_; }

 private:
  void add_base(const Base& base) {
    const bool litre = base.prefixes == Prefixes::litre;
    for (const Prefix& prefix : metric_prefixes)
      if (prefix.decade == 0 || base.prefixes != Prefixes::none) add_prefixed(prefix, base, litre ? 1 : 3);
    if (!litre) return;
    for (const Prefix& prefix : litre_prefixes) add_prefixed(prefix, base, 1);
  }

  void add_prefixed(const Prefix& prefix, const Base& base, int highest_power) {
    for (int power = 1; power <= highest_power; ++power) {
      std::string name = std::string(prefix.letters) + std::string(base.name);
      if (power > 1) name += std::to_string(power);
      add(std::move(name), prefix.decade + base.decade, base.dimension, power);
    }
  }

  void add(std::string name, int decade, const Dimension& dimension, int power) {
    entries_.push_back({std::move(name), {power_of_ten(decade * power), dimension.pow(power)}});
  }

  void sort() {
    std::sort(entries_.begin(), entries_.end(),
              [](const Entry& a, const Entry& b) { return a.name < b.name; });
  }

  const Entry* find(std::string_view name, std::size_t count) const {
    const auto end = entries_.begin() + static_cast<std::ptrdiff_t>(count);
    const auto found =
        std::lower_bound(entries_.begin(), end, name,
                         [](const Entry& entry, std::string_view key) { return entry.name < key; });
    return found != end && found->name == name ? &*found : nullptr;
  }

  std::vector<Entry> entries_;
  std::vector<std::string> names_;
};

const Table& table() {
  static const Table units;
  return units;
}

/// "milli" and "volt" of "mvolt"; nothing for what is not made of a prefix and a base.
std::string spoken_prefixed(std::string_view name) {
  for (const Base& base : bases) {
    if (!name.ends_with(base.name)) continue;
    const std::string_view letters = name.substr(0, name.size() - base.name.size());
    for (const auto& prefixes :
         {std::span<const Prefix>(metric_prefixes), std::span<const Prefix>(litre_prefixes)})
      for (const Prefix& prefix : prefixes)
        if (prefix.letters == letters) return std::string(prefix.spoken) + std::string(base.name);
  }
  return name == "cm" ? "centimetre" : "";
}

}  // namespace

std::string spoken_unit(std::string_view name) {
  const auto* row = std::ranges::find(short_names, name, &ShortName::name);
  if (row != std::end(short_names)) name = row->meaning;
  const char power = name.empty() ? ' ' : name.back();
  if (power == '2' || power == '3') name.remove_suffix(1);
  return (power == '2' ? "square " : power == '3' ? "cubic " : "") + spoken_prefixed(name);
}

std::optional<Unit> find_unit(std::string_view name) {
  const Entry* entry = table().find(name);
  if (!entry) return std::nullopt;
  return entry->unit;
}

bool is_base_unit_name(std::string_view name) {
  const Entry* entry = table().find(name);
  const bool power = !name.empty() && (name.back() == '2' || name.back() == '3');
  return entry && entry->unit.scale == 1 && !power;
}

const std::vector<std::string>& unit_names() {
  return table().names();
}

}  // namespace ranvier
