/*
 * AT+CSQ from the smallest engine there can be: blocking reads and writes, no timers, no parser.
 * engine <path> <count>; prints {"times": [µs], "cpu": µs} as JSON.
 */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <termios.h>
#include <time.h>
#include <unistd.h>

static const char COMMAND[] = "AT+CSQ\r\n";
static const char END[] = "OK\r\n";

static double clock_us(clockid_t id) {
  struct timespec t;
  clock_gettime(id, &t);
  return t.tv_sec * 1e6 + t.tv_nsec / 1e3;
}

static void once(int port) {
  char text[256];
  size_t used = 0;
  if (write(port, COMMAND, sizeof COMMAND - 1) < 0) exit(1);
  while (used < sizeof END - 1 || memcmp(text + used - (sizeof END - 1), END, sizeof END - 1) != 0) {
    ssize_t count = read(port, text + used, sizeof text - used);
    if (count <= 0) exit(1);
    used += count;
  }
}

int main(int argc, char **argv) {
  int count = argc > 2 ? atoi(argv[2]) : 0;
  int port = argc > 1 ? open(argv[1], O_RDWR | O_NOCTTY) : -1;
  struct termios settings;
  if (count <= 0 || tcgetattr(port, &settings) != 0) return 1;
  cfmakeraw(&settings);
  tcsetattr(port, TCSANOW, &settings);
  double *times = malloc(count * sizeof *times);
  for (int n = 0; n < count / 5; n += 1) once(port);
  double cpu = clock_us(CLOCK_PROCESS_CPUTIME_ID);
  for (int n = 0; n < count; n += 1) {
    double start = clock_us(CLOCK_MONOTONIC);
    once(port);
    times[n] = clock_us(CLOCK_MONOTONIC) - start;
  }
  cpu = clock_us(CLOCK_PROCESS_CPUTIME_ID) - cpu;
  printf("{\"times\": [");
  for (int n = 0; n < count; n += 1) printf(n == 0 ? "%f" : ",%f", times[n]);
  printf("], \"cpu\": %f}\n", cpu);
  return 0;
}
