#include <charconv>
#include <cmath>

#include <ranvier/plot/canvas.hpp>
#include <ranvier/plot/text.hpp>

namespace ranvier::plot {
namespace {

// With two decimals (a hundredth of a point), without trailing zeros; the same in every locale.
std::string number(double value) {
  char buffer[64];
  const double rounded = std::round(value * 100) / 100 + 0.0;  // + 0.0: no "-0"
  const auto end = std::to_chars(buffer, buffer + sizeof buffer, rounded, std::chars_format::fixed).ptr;
  return {buffer, end};
}

std::string hex(const Colour& colour) {
  static constexpr char digits[] = "0123456789abcdef";
  std::string text = "#";
  for (const int channel : {colour.red, colour.green, colour.blue})
    text += {digits[channel / 16], digits[channel % 16]};
  return text;
}

std::string attribute(const char* name, const std::string& value) {
  return std::string(" ") + name + "=\"" + value + "\"";
}

std::string paint(const char* name, const Colour& colour) {
  std::string text = attribute(name, hex(colour));
  if (colour.alpha < 1) text += attribute((std::string(name) + "-opacity").c_str(), number(colour.alpha));
  return text;
}

std::string box(const Rect& rect) {
  return attribute("x", number(rect.x)) + attribute("y", number(rect.y)) +
         attribute("width", number(rect.width)) + attribute("height", number(rect.height));
}

class SvgCanvas final : public Canvas {
 public:
  SvgCanvas(PageSize size, const std::string& title) {
    const std::string width = number(size.width_inches * 72), height = number(size.height_inches * 72);
    out_ = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<svg xmlns=\"http://www.w3.org/2000/svg\"" +
           attribute("width", width + "pt") + attribute("height", height + "pt") +
           attribute("viewBox", "0 0 " + width + " " + height) +
           attribute("font-family", "'DejaVu Sans', Verdana, Arial, sans-serif") + " fill=\"none\">\n";
    if (!title.empty()) out_ += "<title>" + escape_xml(title) + "</title>\n";
  }

  void polyline(std::span<const Point> points, const Stroke& stroke) override {
    out_ += "<polyline" + paint("stroke", stroke.colour) + attribute("stroke-width", number(stroke.width)) +
            " stroke-linejoin=\"round\"" + (stroke.dashed ? " stroke-dasharray=\"4 2.5\"" : "") +
            " points=\"";
    for (const Point& p : points) out_ += number(p.x) + "," + number(p.y) + " ";
    out_.back() = '"';
    out_ += "/>\n";
  }

  // One path for all marks, "M x y h0" or "M x y v5" each: a tenth of the size of one element a mark.
  void marks(std::span<const Point> points, const MarkStyle& style) override {
    if (points.empty()) return;
    const bool bars = style.height > 0;
    const std::string stroke = bars ? "v" + number(style.height) : "h0";
    out_ += "<path class=\"marks\"" + paint("stroke", style.colour) +
            attribute("stroke-width", number(style.width)) + (bars ? "" : " stroke-linecap=\"round\"") +
            " d=\"";
    for (const Point& p : points) out_ += "M" + number(p.x) + " " + number(p.y - style.height / 2) + stroke;
    out_ += "\"/>\n";
  }

  void rect(const Rect& rect, const Colour& fill) override {
    out_ += "<rect" + box(rect) + paint("fill", fill) + "/>\n";
  }

  void text(Point at, const std::string& text, const TextStyle& style) override {
    static constexpr const char* anchors[] = {"start", "middle", "end"};
    const std::string x = number(at.x), y = number(at.y);
    out_ += "<text" + attribute("x", x) + attribute("y", y) + attribute("font-size", number(style.size)) +
            attribute("text-anchor", anchors[static_cast<int>(style.anchor)]) + " fill=\"#000000\"" +
            (style.upwards ? attribute("transform", "rotate(-90 " + x + " " + y + ")") : "") + ">" +
            escape_xml(text) + "</text>\n";
  }

  // An inner svg element clips without an id, so that several figures can share one HTML page.
  void clip(const Rect& rect) override {
    out_ += "<svg" + box(rect) +
            attribute("viewBox", number(rect.x) + " " + number(rect.y) + " " + number(rect.width) + " " +
                                     number(rect.height)) +
            " overflow=\"hidden\">\n";
  }
  void unclip() override { out_ += "</svg>\n"; }

  std::string finish() override { return std::move(out_) + "</svg>\n"; }

 private:
  std::string out_;
};

}  // namespace

std::unique_ptr<Canvas> make_svg_canvas(PageSize size, const std::string& title) {
  return std::make_unique<SvgCanvas>(size, title);
}

}  // namespace ranvier::plot
