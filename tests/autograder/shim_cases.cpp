// What test_shim.py runs under the shim: each case does a job with calls that may be cut short or interrupted, counts
// how often they were, and ends with another status than 0 where that must not happen.

#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/eventfd.h>
#include <sys/sendfile.h>
#include <sys/socket.h>
#include <sys/uio.h>
#include <unistd.h>
#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <string>

static int shortened, interrupted, wrong;
static const size_t kSize = 200000;

template <class Call>
static void until_done(Call call, size_t total) {
  size_t done = 0;
  while (done < total) {
    ssize_t n = call(done, total - done);
    if (n < 0 && errno == EINTR) {
      ++interrupted;
      continue;
    }
    if (n <= 0) {
      perror("call");
      exit(1);
    }
    if (static_cast<size_t>(n) < total - done)
      ++shortened;
    done += static_cast<size_t>(n);
  }
}

static void pair(int type, int out[2]) {
  if (socketpair(AF_UNIX, type, 0, out) != 0)
    exit(9);
}

static void stream(bool vectors) {
  int ends[2];
  pair(SOCK_STREAM, ends);
  std::string sent(kSize, 'x'), got(kSize, ' ');
  for (size_t i = 0; i < kSize; ++i)
    sent[i] = static_cast<char>(i * 31 + i / 251);
  size_t at = 0;
  while (at < kSize) {  // a piece at a time, so that the socket never fills up
    const size_t piece = kSize - at < 1000 ? kSize - at : 1000;
    until_done(
        [&](size_t done, size_t left) -> ssize_t {
          char* from = &sent[at + done];
          if (!vectors)
            return send(ends[0], from, left, MSG_NOSIGNAL);
          iovec parts[2] = {{from, left / 2}, {from + left / 2, left - left / 2}};
          msghdr message{};
          message.msg_iov = parts;
          message.msg_iovlen = 2;
          return at % 2 ? writev(ends[0], parts, 2) : sendmsg(ends[0], &message, 0);
        },
        piece);
    until_done(
        [&](size_t done, size_t left) -> ssize_t {
          char* to = &got[at + done];
          if (!vectors)
            return at % 2 ? recv(ends[1], to, left, 0) : read(ends[1], to, left);
          iovec parts[2] = {{to, left / 2}, {to + left / 2, left - left / 2}};
          msghdr message{};
          message.msg_iov = parts;
          message.msg_iovlen = 2;
          return at % 2 ? readv(ends[1], parts, 2) : recvmsg(ends[1], &message, 0);
        },
        piece);
    at += piece;
  }
  wrong += sent != got;
}

static void datagram() {
  int ends[2];
  pair(SOCK_SEQPACKET, ends);
  char packet[500] = {};
  for (int i = 0; i < 300; ++i) {
    until_done([&](size_t, size_t) { return send(ends[0], packet, sizeof packet, 0); }, sizeof packet);
    until_done([&](size_t, size_t) { return recv(ends[1], packet, sizeof packet, 0); }, sizeof packet);
  }
}

static void nonblocking() {
  int ends[2];
  pair(SOCK_STREAM | SOCK_NONBLOCK, ends);
  char byte = 0;
  for (int i = 0; i < 300; ++i) {
    until_done([&](size_t, size_t) { return write(ends[0], &byte, 1); }, 1);
    until_done([&](size_t, size_t) { return read(ends[1], &byte, 1); }, 1);
  }
}

static void whole() {
  int ends[2];
  pair(SOCK_STREAM, ends);
  char data[400] = {};
  for (int i = 0; i < 200; ++i) {
    until_done([&](size_t done, size_t left) { return write(ends[0], data + done, left); }, sizeof data);
    shortened = 0;
    until_done([&](size_t done, size_t left) { return recv(ends[1], data + done, left, MSG_WAITALL); }, sizeof data);
    if (shortened)
      exit(8);
  }
}

static void file() {
  char name[] = "fileXXXXXX";
  int descriptor = mkstemp(name);
  std::string sent(kSize, 'f'), got(kSize, ' ');
  until_done([&](size_t done, size_t left) { return write(descriptor, &sent[done], left); }, kSize);
  until_done([&](size_t done, size_t left) { return pread(descriptor, &got[done], left, off_t(done)); }, kSize);
  wrong += sent != got;
  int other = open("copy", O_RDWR | O_CREAT | O_TRUNC, 0600);
  lseek(descriptor, 0, SEEK_SET);
  until_done([&](size_t, size_t left) { return sendfile(other, descriptor, nullptr, left); }, kSize);
  wrong += lseek(other, 0, SEEK_CUR) != off_t(kSize);
}

static void pipes() {
  int ends[2];
  if (pipe(ends) != 0)
    exit(9);
  char data[4000] = {};
  for (int i = 0; i < 100; ++i) {
    until_done([&](size_t done, size_t left) { return write(ends[1], data + done, left); }, sizeof data);
    if (shortened)
      exit(8);  // up to PIPE_BUF bytes are atomic
    until_done([&](size_t done, size_t left) { return read(ends[0], data + done, left); }, sizeof data);
    if (!i && !shortened)
      exit(7);
    shortened = 0;
  }
}

static void counter() {
  int descriptor = eventfd(0, 0);
  unsigned long long number = 1;
  for (int i = 0; i < 300; ++i) {
    if (write(descriptor, &number, 8) != 8 || read(descriptor, &number, 8) != 8)
      exit(8);
  }
}

static void tcp() {
  int listener = socket(AF_INET, SOCK_STREAM, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof address;
  if (bind(listener, reinterpret_cast<sockaddr*>(&address), size) || listen(listener, 10))
    exit(9);
  getsockname(listener, reinterpret_cast<sockaddr*>(&address), &size);
  for (int i = 0; i < 200; ++i) {
    int client = socket(AF_INET, SOCK_STREAM, 0);
    while (connect(client, reinterpret_cast<sockaddr*>(&address), size) != 0) {
      if (errno != EINTR) {
        perror("connect");
        exit(8);
      }
      ++interrupted;
      if (i % 2) {  // either way of going on after EINTR has to work
        pollfd wait{client, POLLOUT, 0};
        while (poll(&wait, 1, 1000) < 0) {
        }
        int error = 1;
        socklen_t length = sizeof error;
        getsockopt(client, SOL_SOCKET, SO_ERROR, &error, &length);
        if (error || !(wait.revents & POLLOUT))
          exit(8);
        break;
      }
    }
    int server;
    while ((server = accept4(listener, nullptr, nullptr, 0)) < 0) {
      if (errno != EINTR)
        exit(8);
      ++interrupted;
    }
    close(server);
    close(client);
  }
  pollfd wait{listener, POLLIN, 0};
  for (int i = 0; i < 200; ++i)
    if (poll(&wait, 1, 0) != 0)
      exit(8);  // one that does not wait is not interrupted
}

int main(int, char** argv) {
  const std::string which = argv[1];
  if (which == "stream")
    stream(false);
  if (which == "vectors")
    stream(true);
  if (which == "datagram")
    datagram();
  if (which == "nonblocking")
    nonblocking();
  if (which == "whole")
    whole();
  if (which == "file")
    file();
  if (which == "pipes")
    pipes();
  if (which == "counter")
    counter();
  if (which == "tcp")
    tcp();
  if (which == "overflow") {
    int ends[2];
    pair(SOCK_STREAM, ends);
    char* tiny = static_cast<char*>(malloc(4));
    while (write(ends[0], "123456789", 9) < 0) {
    }
    while (recv(ends[1], tiny, 1000, 0) < 0) {
    }
  }
  printf("shortened %d interrupted %d wrong %d\n", shortened, interrupted, wrong);
}
