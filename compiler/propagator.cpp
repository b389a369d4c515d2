#include <ranvier/compiler/backends/backend.hpp>

#include <Eigen/Core>
#include <unsupported/Eigen/MatrixFunctions>

namespace ranvier {

// exp([[M, 1], [0, 0]] h) = [[P, Q], [0, 1]] holds for any M, singular or not.
void compute_propagator(int size, const double* matrix, double h, double* p, double* q) {
  using Matrix = Eigen::Matrix<double, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;
  const Eigen::Map<const Matrix> m(matrix, size, size);
  Matrix generator = Matrix::Zero(2 * size, 2 * size);
  generator.topLeftCorner(size, size) = m * h;
  generator.topRightCorner(size, size) = Matrix::Identity(size, size) * h;
  const Matrix exponential = generator.exp();
  Eigen::Map<Matrix>(p, size, size) = exponential.topLeftCorner(size, size);
  Eigen::Map<Matrix>(q, size, size) = exponential.topRightCorner(size, size);
}

}  // namespace ranvier
