#include <chrono>
#include <cmath>
#include <ranvier/tools/bench_hand.hpp>
#include <ranvier/tools/bench_hand_cells.hpp>
#include <ranvier/tools/widest.hpp>

namespace ranvier::tool {
namespace {

template <class Cells>
struct Update {
  Cells* cells;
  std::int64_t begin, count;
  std::uint8_t* spiked;
  [[gnu::always_inline]] double operator()() const {
    cells->update(begin, count, spiked);
    return 0;
  }
};

/// Neurons without synapses, in blocks whose bytes stay in the first cache.
template <class Cells>
class HandNeurons : public HandKernel {
 public:
  HandNeurons(Cells cells, std::int64_t n)
      : cells_(std::move(cells)), n_(n), list_(static_cast<std::size_t>(n + hand_lanes)) {}

  void step(std::int64_t steps) override {
    for (std::int64_t k = 0; k < steps; ++k) step();
  }
  std::int64_t spikes() const override { return spikes_; }

 private:
  void step() {
    constexpr std::int64_t block = 1024;
    alignas(64) std::uint8_t spiked[block];
    std::int64_t length = 0;
    const std::int64_t padded = (n_ + hand_lanes - 1) / hand_lanes * hand_lanes;
    for (std::int64_t begin = 0; begin < padded; begin += block) {
      const std::int64_t count = std::min(block, padded - begin);
      at_widest(Update<Cells>{&cells_, begin, count, spiked});
      length = gather(spiked, count, begin, list_.data(), length);
    }
    while (length > 0 && list_[static_cast<std::size_t>(length - 1)] >= n_) --length;
    for (std::int64_t k = 0; k < length; ++k) cells_.reset(list_[static_cast<std::size_t>(k)]);
    spikes_ += length;
    if constexpr (requires { cells_.advance(); }) cells_.advance();
  }

  Cells cells_;
  std::int64_t n_;
  std::int64_t spikes_ = 0;
  std::vector<std::int32_t> list_;
};

/// All to all from inputs that spike at given times; traces are kept once for each neuron, and fade when they
/// are needed.
class HandStdp : public HandKernel {
 public:
  HandStdp(const SpikeMonitor& input, std::vector<double> weights, std::int64_t n)
      : input_(&input),
        n_(n),
        v_(n),
        post_(n),
        weights_(std::move(weights)),
        pre_(static_cast<std::size_t>(input.source().size())),
        pre_at_(pre_.size()) {}

  /// As far as the inputs were recorded.
  void step(std::int64_t steps) override {
    const auto& indices = input_->indices();
    const auto& times = input_->times();
    const double keep = std::exp(-dt / 10e-3);
    for (const std::int64_t end = now_ + steps; now_ < end; ++now_) {
      for (std::int64_t j = 0; j < n_; ++j) v_.data()[j] *= keep;
      spiked_.clear();
      for (std::int64_t j = 0; j < n_; ++j)
        if (v_.data()[j] > 1) spiked_.push_back(static_cast<std::int32_t>(j));
      const auto begin = std::chrono::steady_clock::now();
      const std::size_t first = next_;
      for (; next_ < std::size(times) && std::lround(times[next_] / dt) <= now_; ++next_)
        arrive(static_cast<std::size_t>(indices[next_]));
      seconds_ += std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
      events_ += static_cast<double>(next_ - first) * static_cast<double>(n_);
      for (const std::int32_t j : spiked_) learn(static_cast<std::size_t>(j));
      spikes_ += std::ssize(spiked_);
    }
  }
  std::int64_t spikes() const override { return spikes_; }
  double event_seconds() const override { return seconds_; }
  double events() const override { return events_; }

 private:
  static constexpr double dt = 1e-4, tau = 20e-3;

  double faded(double trace, std::int64_t since) const {
    return trace * std::exp(-static_cast<double>(now_ - since) * dt / tau);
  }
  void arrive(std::size_t i) {
    pre_[i] = faded(pre_[i], pre_at_[i]) + 0.01;
    pre_at_[i] = now_;
    double* __restrict w = weights_.data() + i * static_cast<std::size_t>(n_);
    double* __restrict v = v_.data();
    const double* __restrict traces = traces_now();
    for (std::int64_t j = 0; j < n_; ++j) {
      v[j] += w[j];
      const double next = w[j] + traces[j];
      w[j] = next < 0 ? 0 : next > 0.02 ? 0.02 : next;
    }
  }
  /// Of the targets, faded to this step.
  const double* traces_now() {
    const double by = std::exp(-static_cast<double>(now_ - post_now_) * dt / tau);
    if (now_ != post_now_)
      for (std::int64_t j = 0; j < n_; ++j) post_.data()[j] *= by;
    post_now_ = now_;
    return post_.data();
  }
  void learn(std::size_t j) {
    traces_now();
    post_.data()[j] -= 0.0105;
    for (std::size_t i = 0; i < pre_.size(); ++i) {
      double& w = weights_[i * static_cast<std::size_t>(n_) + j];
      const double next = w + faded(pre_[i], pre_at_[i]);
      w = next < 0 ? 0 : next > 0.02 ? 0.02 : next;
    }
    v_.data()[j] = 0;
  }

  const SpikeMonitor* input_;
  std::int64_t n_;
  Column<double> v_, post_;
  std::vector<double> weights_, pre_;
  std::vector<std::int64_t> pre_at_;
  std::int64_t post_now_ = 0, now_ = 0, spikes_ = 0;
  std::size_t next_ = 0;
  double seconds_ = 0, events_ = 0;
  std::vector<std::int32_t> spiked_;
};

/// The state of the model that the session has built.
struct Start {
  Session& session;
  std::int64_t n() const { return session.built().neurons("cells").size(); }
  Column<double> operator()(const std::string& variable) const {
    return Column<double>(std::span<const double>(session.built().neurons("cells")[variable].to_vector()));
  }
  Column<std::int32_t> rest() const { return Column<std::int32_t>(n()); }
};

template <class Cells>
std::unique_ptr<HandKernel> neurons(const Start& start, Cells cells) {
  return std::make_unique<HandNeurons<Cells>>(std::move(cells), start.n());
}

struct Row {
  std::string_view model;
  std::unique_ptr<HandKernel> (*make)(const Start&);
};

constexpr Row rows[] = {
    {"lif",
     [](const Start& s) {
       const double keep = std::exp(-1e-4 / 20e-3);
       return neurons(s, HandLif{s("v"), s.rest(), keep, 25e-3 * (1 - keep)});
     }},
    {"lif_conductances",
     [](const Start& s) { return neurons(s, HandConductances{s("v"), s("ge"), s("gi"), s.rest()}); }},
    {"adex", [](const Start& s) { return neurons(s, HandAdex{s("v"), s("w")}); }},
    {"hodgkin_huxley",
     [](const Start& s) {
       return neurons(s, HandHodgkinHuxley{s("v"), s("m"), s("n"), s("h"), Column<std::uint8_t>(s.n())});
     }},
    {"izhikevich", [](const Start& s) { return neurons(s, HandIzhikevich{s("v"), s("u")}); }},
    {"dendrite",
     [](const Start& s) {
       return neurons(s, HandDendrite{s("vs"), s("vd"), s("gn"), s("fired"), s.rest()});
     }},
    {"stdp",
     [](const Start& s) -> std::unique_ptr<HandKernel> {
       const SpikeMonitor& input = s.session.built().recorded().front().spikes();
       return std::make_unique<HandStdp>(input, (*s.session.built().synapses("plastic"))["w"].to_vector(),
                                         s.n());
     }},
};

}  // namespace

std::unique_ptr<HandKernel> by_hand(std::string_view model, Session& session) {
  const auto* const row = std::ranges::find(rows, model, &Row::model);
  return row == std::end(rows) ? nullptr : row->make({session});
}

}  // namespace ranvier::tool
