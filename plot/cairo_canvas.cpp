#include <ranvier/plot/canvas.hpp>
#include <ranvier/plot/error.hpp>

#ifdef RANVIER_HAS_CAIRO
#include <cairo-pdf.h>
#include <cairo.h>

#include <cmath>
#endif

namespace ranvier::plot {

#ifdef RANVIER_HAS_CAIRO
namespace {

struct Free {
  void operator()(cairo_t* context) const { cairo_destroy(context); }
  void operator()(cairo_surface_t* surface) const { cairo_surface_destroy(surface); }
  void operator()(cairo_font_options_t* options) const { cairo_font_options_destroy(options); }
};
template <class T>
using Owned = std::unique_ptr<T, Free>;

void check(cairo_status_t status) {
  if (status != CAIRO_STATUS_SUCCESS)
    throw FigureError(std::string("the figure could not be drawn: ") + cairo_status_to_string(status));
}

// Cairo calls this from C: no exception may leave it.
cairo_status_t append(void* closure, const unsigned char* data, unsigned int length) {
  try {
    static_cast<std::string*>(closure)->append(reinterpret_cast<const char*>(data), length);
    return CAIRO_STATUS_SUCCESS;
  } catch (...) {
    return CAIRO_STATUS_NO_MEMORY;
  }
}

class CairoCanvas : public Canvas {
 public:
  CairoCanvas(Owned<cairo_surface_t> surface, double pixels_per_point)
      : surface_(std::move(surface)), pixels_(pixels_per_point) {
    check(cairo_surface_status(surface_.get()));
    context_.reset(cairo_create(surface_.get()));
    cairo_scale(context(), pixels_, pixels_);
    cairo_set_line_join(context(), CAIRO_LINE_JOIN_ROUND);
    cairo_select_font_face(context(), "DejaVu Sans", CAIRO_FONT_SLANT_NORMAL, CAIRO_FONT_WEIGHT_NORMAL);
    const Owned<cairo_font_options_t> options(cairo_font_options_create());
    cairo_font_options_set_hint_metrics(options.get(), CAIRO_HINT_METRICS_OFF);
    cairo_font_options_set_antialias(options.get(), CAIRO_ANTIALIAS_GRAY);
    cairo_set_font_options(context(), options.get());
  }

  void polyline(std::span<const Point> points, const Stroke& stroke) override {
    use(stroke.colour);
    cairo_new_path(context());  // text leaves a current point behind
    cairo_set_line_width(context(), stroke.width);
    cairo_set_line_cap(context(), CAIRO_LINE_CAP_BUTT);
    const double dashes[] = {4, 2.5};
    cairo_set_dash(context(), dashes, stroke.dashed ? 2 : 0, 0);
    const bool straight = points.size() == 2 && (points[0].x == points[1].x || points[0].y == points[1].y);
    for (const Point& p : points) {
      const Point at = straight ? snapped(p, stroke.width) : p;
      cairo_line_to(context(), at.x, at.y);
    }
    cairo_stroke(context());
  }

  // One stroke a mark: a single path of many thousand would be tested for overlaps, which takes far longer.
  void marks(std::span<const Point> points, const MarkStyle& style) override {
    use(style.colour);
    cairo_set_line_width(context(), style.width);
    cairo_set_line_cap(context(), style.height > 0 ? CAIRO_LINE_CAP_BUTT : CAIRO_LINE_CAP_ROUND);
    cairo_set_dash(context(), nullptr, 0, 0);
    for (const Point& p : points) {
      cairo_move_to(context(), p.x, p.y - style.height / 2);
      cairo_line_to(context(), p.x, p.y + style.height / 2);
      cairo_stroke(context());
    }
  }

  void rect(const Rect& rect, const Colour& fill) override {
    use(fill);
    cairo_rectangle(context(), rect.x, rect.y, rect.width, rect.height);
    cairo_fill(context());
  }

  void text(Point at, const std::string& text, const TextStyle& style) override {
    use({});
    cairo_set_font_size(context(), style.size);
    cairo_text_extents_t extents;
    cairo_text_extents(context(), text.c_str(), &extents);
    cairo_save(context());
    cairo_translate(context(), at.x, at.y);
    if (style.upwards) cairo_rotate(context(), -std::acos(-1.0) / 2);
    cairo_move_to(context(), -0.5 * static_cast<int>(style.anchor) * extents.x_advance, 0);
    cairo_show_text(context(), text.c_str());
    cairo_restore(context());
  }

  void clip(const Rect& rect) override {
    cairo_save(context());
    cairo_rectangle(context(), rect.x, rect.y, rect.width, rect.height);
    cairo_clip(context());
  }
  void unclip() override { cairo_restore(context()); }

 protected:
  cairo_t* context() const { return context_.get(); }
  cairo_surface_t* surface() const { return surface_.get(); }

 private:
  void use(const Colour& c) {
    cairo_set_source_rgba(context(), c.red / 255.0, c.green / 255.0, c.blue / 255.0, c.alpha);
  }

  // Upright and level lines cover whole pixels, or they would be blurred over two rows.
  Point snapped(Point p, double width) const {
    if (pixels_ == 1) return p;
    const double half = std::lround(width * pixels_) % 2 == 0 ? 0 : 0.5;
    const auto snap = [&](double value) { return (std::floor(value * pixels_) + half) / pixels_; };
    return {snap(p.x), snap(p.y)};
  }

  Owned<cairo_surface_t> surface_;
  Owned<cairo_t> context_;
  double pixels_;
};

class PngCanvas final : public CairoCanvas {
 public:
  PngCanvas(int width, int height, double dpi)
      : CairoCanvas(Owned<cairo_surface_t>(cairo_image_surface_create(CAIRO_FORMAT_RGB24, width, height)),
                    dpi / 72) {}

  std::string finish() override {
    std::string bytes;
    check(cairo_status(context()));
    check(cairo_surface_write_to_png_stream(surface(), append, &bytes));
    return bytes;
  }
};

class PdfCanvas final : public CairoCanvas {
 public:
  PdfCanvas(PageSize size, const std::string& title)
      : PdfCanvas(std::make_unique<std::string>(), size, title) {}

  // The surface writes its last bytes when it is finished; they need a place until then.
  ~PdfCanvas() override { cairo_surface_finish(surface()); }

  std::string finish() override {
    check(cairo_status(context()));
    cairo_surface_finish(surface());
    check(cairo_surface_status(surface()));
    return std::move(*bytes_);
  }

 private:
  PdfCanvas(std::unique_ptr<std::string> bytes, PageSize size, const std::string& title)
      : CairoCanvas(Owned<cairo_surface_t>(cairo_pdf_surface_create_for_stream(
                        append, bytes.get(), size.width_inches * 72, size.height_inches * 72)),
                    1),
        bytes_(std::move(bytes)) {
    // The same figure is the same file, whenever it is drawn.
    cairo_pdf_surface_set_metadata(surface(), CAIRO_PDF_METADATA_CREATE_DATE, "");
    cairo_pdf_surface_set_metadata(surface(), CAIRO_PDF_METADATA_TITLE, title.c_str());
  }

  std::unique_ptr<std::string> bytes_;
};

}  // namespace

std::unique_ptr<Canvas> make_png_canvas(PageSize size, double dpi) {
  const double width = std::round(size.width_inches * dpi), height = std::round(size.height_inches * dpi);
  if (width > 32767 || height > 32767 || width * height > 1e8)
    throw FigureError("a PNG of " + std::to_string(std::lround(width)) + " x " +
                      std::to_string(std::lround(height)) +
                      " pixels is too large: lower .dpi, or save as .svg or .pdf");
  return std::make_unique<PngCanvas>(static_cast<int>(width), static_cast<int>(height), dpi);
}

std::unique_ptr<Canvas> make_pdf_canvas(PageSize size, const std::string& title) {
  return std::make_unique<PdfCanvas>(size, title);
}

#else

namespace {
[[noreturn]] void refuse(const char* format) {
  throw FigureError(
      std::string("Ranvier was built without Cairo and cannot write ") + format +
      ": save as .svg, or install Cairo (Debian: libcairo2-dev) and build again with RANVIER_CAIRO=ON");
}
}  // namespace

std::unique_ptr<Canvas> make_png_canvas(PageSize, double) {
  refuse("PNG");
}
std::unique_ptr<Canvas> make_pdf_canvas(PageSize, const std::string&) {
  refuse("PDF");
}

#endif

}  // namespace ranvier::plot
