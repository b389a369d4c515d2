#include <fmt/format.h>
#include <ranvier/grammar/diagnostics.hpp>
#include <ranvier/runtime/export.hpp>

#ifdef RANVIER_HAS_HDF5
#include <hdf5.h>
#include <array>
#include <mutex>
#include <ranvier/runtime/new_file.hpp>
#include <utility>

namespace ranvier {
namespace {

/// A handle of the library, closed with the object. A negative one is an error.
class Handle {
 public:
  Handle(hid_t id, herr_t (*close)(hid_t), const std::string& path) : id_(id), close_(close) {
    if (id < 0) throw NetworkError(fmt::format("HDF5 cannot write '{}'", path));
  }
  ~Handle() { close_(id_); }
  Handle(const Handle&) = delete;
  Handle& operator=(const Handle&) = delete;
  operator hid_t() const { return id_; }

 private:
  hid_t id_;
  herr_t (*close_)(hid_t);
};

hid_t hdf5_type(ColumnType type) {
  const std::array<hid_t, 5> types{H5T_NATIVE_DOUBLE, H5T_NATIVE_FLOAT, H5T_NATIVE_INT64, H5T_NATIVE_INT32,
                                   H5T_NATIVE_UINT8};
  return types[static_cast<std::size_t>(type)];
}

class Hdf5File {
 public:
  Hdf5File(const std::string& part, std::string path)
      : path_(std::move(path)),
        file_(H5Fcreate(part.c_str(), H5F_ACC_TRUNC, H5P_DEFAULT, H5P_DEFAULT), H5Fclose, path_) {}

  void describe(const TableInfo& info) {
    for (const auto& [name, text] :
         {std::pair("kind", &info.kind), std::pair("monitor", &info.name), std::pair("source", &info.source)})
      attribute(file_, name, *text);
    const double size = static_cast<double>(info.size);
    for (const auto& [name, number] : {std::pair("size", size), std::pair("dt", info.dt)}) {
      const Handle space(H5Screate(H5S_SCALAR), H5Sclose, path_);
      const Handle made(H5Acreate2(file_, name, H5T_NATIVE_DOUBLE, space, H5P_DEFAULT, H5P_DEFAULT), H5Aclose,
                        path_);
      require(H5Awrite(made, H5T_NATIVE_DOUBLE, &number));
    }
    const std::array<hsize_t, 1> count{info.elements.size()};
    const Handle space(H5Screate_simple(1, count.data(), nullptr), H5Sclose, path_);
    const Handle elements = dataset("elements", H5T_NATIVE_INT64, space);
    if (!info.elements.empty())
      require(H5Dwrite(elements, H5T_NATIVE_INT64, H5S_ALL, H5S_ALL, H5P_DEFAULT, info.elements.data()));
  }

  void write(const Table& table, std::size_t number) {
    const ColumnInfo& column = table.info().columns[number];
    const int rank = column.per_element ? 2 : 1;
    std::array<hsize_t, 2> size{static_cast<hsize_t>(table.rows()), table.info().elements.size()}, from{0, 0};
    const Handle space(H5Screate_simple(rank, size.data(), nullptr), H5Sclose, path_);
    const Handle data = dataset(column.name, hdf5_type(column.type), space);
    attribute(data, "unit", column.unit);
    for (std::int64_t chunk = 0; chunk < table.chunks() && table.info().width(column) > 0; ++chunk) {
      const Table::Piece piece = table.piece(chunk, number);
      size[0] = static_cast<hsize_t>(piece.rows);
      const Handle part(H5Screate_simple(rank, size.data(), nullptr), H5Sclose, path_);
      require(H5Sselect_hyperslab(space, H5S_SELECT_SET, from.data(), nullptr, size.data(), nullptr));
      require(H5Dwrite(data, hdf5_type(column.type), part, space, H5P_DEFAULT, piece.cells));
      from[0] += size[0];
    }
  }

  void finish() { require(H5Fflush(file_, H5F_SCOPE_LOCAL)); }

 private:
  Handle dataset(const std::string& name, hid_t type, hid_t space) {
    return {H5Dcreate2(file_, name.c_str(), type, space, H5P_DEFAULT, H5P_DEFAULT, H5P_DEFAULT), H5Dclose,
            path_};
  }
  void attribute(hid_t owner, const char* name, const std::string& text) {
    const Handle type(H5Tcopy(H5T_C_S1), H5Tclose, path_);
    require(H5Tset_size(type, text.size() + 1));
    const Handle space(H5Screate(H5S_SCALAR), H5Sclose, path_);
    const Handle made(H5Acreate2(owner, name, type, space, H5P_DEFAULT, H5P_DEFAULT), H5Aclose, path_);
    require(H5Awrite(made, type, text.c_str()));
  }
  void require(herr_t status) const {
    if (status < 0) throw NetworkError(fmt::format("HDF5 cannot write '{}'", path_));
  }

  std::string path_;
  Handle file_;
};

}  // namespace

bool has_hdf5() {
  return true;
}

void write_hdf5(const Table& table, const std::string& path) {
  static std::mutex one_at_a_time;  // the library keeps global state
  const std::lock_guard lock(one_at_a_time);
  H5Eset_auto2(H5E_DEFAULT, nullptr, nullptr);  // errors are ours to report; the library would print them
  NewFile place(path);
  {
    Hdf5File file(place.part(), path);
    file.describe(table.info());
    for (std::size_t c = 0; c < table.info().columns.size(); ++c) file.write(table, c);
    file.finish();
  }
  place.finish();
}

}  // namespace ranvier
#else
namespace ranvier {

bool has_hdf5() {
  return false;
}

void write_hdf5(const Table&, const std::string& path) {
  throw NetworkError(
      fmt::format("cannot write '{}': this library was built without HDF5; install it (Debian: "
                  "libhdf5-dev) and build again with RANVIER_HDF5=ON, or use write_npy",
                  path));
}

}  // namespace ranvier
#endif
