// gmm-by-hand.mjs in C: `gmm file` reads what bench/compiled.mjs writes, and prints the time of a gradient and its sum.
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

static int n, k, d, size;
static double gamma_, m, *p, *x, *G, *diagonals, *sums, *terms, *centred, *rotated, *back;

static double gradient(void) {
  const int M = k, I = k + k * d, count = I + k * size;
  memset(G, 0, count * sizeof(double));
  for (int ik = 0; ik < k; ik++) {
    sums[ik] = 0;
    for (int id = 0; id < d; id++) {
      const double q = p[I + ik * size + id];
      sums[ik] += q;
      diagonals[ik * d + id] = exp(q);
    }
  }
  double total = 0;
  for (int ix = 0; ix < n; ix++) {
    double top = -INFINITY, sum = 0;
    for (int ik = 0; ik < k; ik++) {
      const int o = ik * d;
      for (int id = 0; id < d; id++) {
        const double v = x[ix * d + id] - p[M + o + id];
        centred[o + id] = v;
        rotated[o + id] = diagonals[o + id] * v;
      }
      int L = I + ik * size + d;
      for (int i = 0; i < d; i++)
        for (int j = i + 1; j < d; j++) rotated[o + j] += p[L++] * centred[o + i];
      double s = 0;
      for (int id = 0; id < d; id++) s += rotated[o + id] * rotated[o + id];
      terms[ik] = p[ik] + sums[ik] - 0.5 * s;
      if (terms[ik] > top) top = terms[ik];
    }
    for (int ik = 0; ik < k; ik++) sum += terms[ik] = exp(terms[ik] - top);
    total += log(sum) + top;
    for (int ik = 0; ik < k; ik++) {
      const double w = terms[ik] / sum;
      const int o = ik * d;
      G[ik] += w;
      for (int id = 0; id < d; id++) {
        G[I + ik * size + id] += w * (1 - rotated[o + id] * centred[o + id] * diagonals[o + id]);
        back[id] = rotated[o + id] * diagonals[o + id];
      }
      int L = I + ik * size + d;
      for (int i = 0; i < d; i++) {
        double b = back[i];
        for (int j = i + 1; j < d; j++, L++) {
          G[L] -= w * rotated[o + j] * centred[o + i];
          b += rotated[o + j] * p[L];
        }
        G[M + o + i] += w * b;
      }
    }
  }
  double top = -INFINITY, sum = 0, w = 0;
  for (int i = 0; i < k; i++) if (p[i] > top) top = p[i];
  for (int i = 0; i < k; i++) sum += exp(p[i] - top);
  for (int i = 0; i < k; i++) G[i] -= n * exp(p[i] - top) / sum;
  for (int ik = 0; ik < k; ik++) {
    double f = 0;
    for (int id = 0; id < d; id++) {
      const double q = diagonals[ik * d + id];
      f += q * q;
      G[I + ik * size + id] += gamma_ * gamma_ * q * q - m;
    }
    for (int j = d; j < size; j++) {
      const double q = p[I + ik * size + j];
      f += q * q;
      G[I + ik * size + j] += gamma_ * gamma_ * q;
    }
    w += 0.5 * gamma_ * gamma_ * f - m * sums[ik];
  }
  return total - n * (log(sum) + top) + w;
}

static double *numbers(int count) { return calloc(count, sizeof(double)); }
static int ascending(const void *a, const void *b) {
  const double x = *(const double *)a, y = *(const double *)b;
  return (x > y) - (x < y);
}

int main(int argc, char **argv) {
  FILE *file = fopen(argv[argc - 1], "r");
  if (!file || fscanf(file, "%d %d %d %lf %lf", &n, &k, &d, &gamma_, &m) != 5) return 1;
  size = d * (d + 1) / 2;
  const int count = k * (1 + d + size);
  p = numbers(count), G = numbers(count), x = numbers(n * d), diagonals = numbers(k * d), sums = numbers(k);
  terms = numbers(k), centred = numbers(k * d), rotated = numbers(k * d), back = numbers(d);
  for (int i = 0; i < count; i++) if (fscanf(file, "%lf", p + i) != 1) return 1;
  for (int i = 0; i < n * d; i++) if (fscanf(file, "%lf", x + i) != 1) return 1;
  double times[15], value = 0, sum = 0;
  for (int i = 0; i < 20; i++) value = gradient();
  for (int i = 0; i < 15; i++) {
    const clock_t start = clock();
    for (int j = 0; j < 20; j++) value = gradient();
    times[i] = (double)(clock() - start) / CLOCKS_PER_SEC / 20 * 1000;
  }
  for (int i = 0; i < count; i++) sum += G[i];
  qsort(times, 15, sizeof(double), ascending);
  printf("%.2f ms; value %.10g, sum of the gradient %.10g\n", times[7], value, sum);
  return 0;
}
