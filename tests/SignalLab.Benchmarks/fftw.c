/* Times FFTW's measured plan for a batch of real transforms, single thread: fftw LENGTH prints operation, wall s, CPU s (medians of seven), peak MiB. */
#include <fftw3.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <time.h>

static double now(clockid_t clock)
{
    struct timespec t;
    clock_gettime(clock, &t);
    return t.tv_sec + 1e-9 * t.tv_nsec;
}

static int ascending(const void *a, const void *b)
{
    double d = *(const double *)a - *(const double *)b;
    return (d > 0) - (d < 0);
}

int main(int argc, char **argv)
{
    int n = atoi(argv[argc - 1]), batch = (1 << 19) / n > 0 ? (1 << 19) / n : 1, bins = n / 2 + 1;
    double *x = fftw_alloc_real((size_t)n * batch);
    fftw_complex *y = fftw_alloc_complex((size_t)bins * batch);
    fftw_plan plan = fftw_plan_many_dft_r2c(1, &n, batch, x, NULL, 1, n, y, NULL, 1, bins, FFTW_MEASURE);
    for (int i = 0; i < n * batch; i++)
        x[i] = rand() / (double)RAND_MAX - 0.5;
    double wall[7], cpu[7];
    for (int turn = -1; turn < 7; turn++) {
        double w = now(CLOCK_MONOTONIC), c = now(CLOCK_PROCESS_CPUTIME_ID);
        for (int repeat = 0; repeat < 20; repeat++)
            fftw_execute(plan);
        if (turn >= 0) {
            wall[turn] = (now(CLOCK_MONOTONIC) - w) / 20;
            cpu[turn] = (now(CLOCK_PROCESS_CPUTIME_ID) - c) / 20;
        }
    }
    qsort(wall, 7, sizeof *wall, ascending);
    qsort(cpu, 7, sizeof *cpu, ascending);
    struct rusage usage;
    getrusage(RUSAGE_SELF, &usage);
    printf("fft-%d,%.7f,%.7f,%ld\n", n, wall[3], cpu[3], usage.ru_maxrss / 1024);
    return 0;
}
