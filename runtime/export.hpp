#pragma once
#include <string>
#include <string_view>

#include <ranvier/runtime/monitor.hpp>
#include <ranvier/runtime/table.hpp>

/// Recordings for other programs: of monitors, and of files (see read_recording). Values are in SI base
/// units. A file appears complete or not at all: after an error, NetworkError, an older one is still there.
namespace ranvier {

/// A line of names, "t (second),v[3] (volt)", then a line for each row. Every number is written so that
/// reading it gives the same number.
void write_csv(const Table& table, const std::string& path);

/// One column as an array of NumPy: [element][row] of a variable recorded for elements, [row] of others.
void write_npy(const Table& table, std::string_view column, const std::string& path);

/// A dataset for each column, [row][element] or [row], with the attribute "unit", and one of the recorded
/// "elements"; what was recorded is in the attributes of the root. Booleans are bytes. Throws NetworkError if
/// the library was built without HDF5.
void write_hdf5(const Table& table, const std::string& path);
bool has_hdf5();

inline void write_csv(const Monitor& monitor, const std::string& path) {
  write_csv(monitor.table(), path);
}
inline void write_npy(const Monitor& monitor, std::string_view column, const std::string& path) {
  write_npy(monitor.table(), column, path);
}
inline void write_hdf5(const Monitor& monitor, const std::string& path) {
  write_hdf5(monitor.table(), path);
}

}  // namespace ranvier
