// Preloaded into a program under test: reads and writes do less than they were asked for, and calls that wait fail with
// EINTR now and then. Both are always allowed to happen (read(2), write(2), signal(7)); on a fast loopback they never
// do.
//
// Every function here stands before the one of the same name in libc, or in a sanitizer's runtime, and calls that.

#include "chance.h"
#include "interpose.h"

#include <algorithm>
#include <array>
#include <atomic>

#include <fcntl.h>
#include <poll.h>
#include <sys/epoll.h>
#include <sys/select.h>
#include <sys/sendfile.h>
#include <sys/uio.h>
#include <unistd.h>

using kit_shim::cut;
using kit_shim::interrupts;
using kit_shim::interrupts_wait;
using kit_shim::next;
using kit_shim::shorter;
using kit_shim::shorter_receive;
using kit_shim::shorter_send;
using kit_shim::ShortVector;

namespace {

// A connect() that a signal interrupts goes on by itself: calling it again gives 0, and polling shows the descriptor
// writable. So the connection is really made before EINTR is reported.
std::array<std::atomic<bool>, 4096> made_behind_eintr{};

bool remembered(int socket) {
  return socket >= 0 && static_cast<std::size_t>(socket) < made_behind_eintr.size() &&
         made_behind_eintr[static_cast<std::size_t>(socket)].exchange(false);
}

bool is_connected(int socket) {
  const kit_shim::ErrnoKept kept;
  sockaddr_storage address{};
  socklen_t size = sizeof address;
  return getpeername(socket, reinterpret_cast<sockaddr*>(&address), &size) == 0;
}

}  // namespace

#define SHIM extern "C" __attribute__((visibility("default")))

// Descriptors of all kinds

SHIM ssize_t read(int descriptor, void* buffer, size_t size) {
  if (interrupts(descriptor))
    return -1;
  return next<"read", decltype(read)>()(descriptor, buffer, shorter(descriptor, size, true));
}

SHIM ssize_t __read_chk(int descriptor, void* buffer, size_t size, size_t room) {
  using Read = ssize_t(int, void*, size_t, size_t);
  if (interrupts(descriptor))
    return -1;
  return next<"__read_chk", Read>()(descriptor, buffer, size > room ? size : shorter(descriptor, size, true), room);
}

SHIM ssize_t write(int descriptor, const void* buffer, size_t size) {
  if (interrupts(descriptor))
    return -1;
  return next<"write", decltype(write)>()(descriptor, buffer, shorter(descriptor, size, false));
}

SHIM ssize_t readv(int descriptor, const iovec* parts, int count) {
  if (interrupts(descriptor))
    return -1;
  const ShortVector some(descriptor, parts, static_cast<std::size_t>(std::max(count, 0)), true);
  return next<"readv", decltype(readv)>()(descriptor, some.parts(), count < 0 ? count : static_cast<int>(some.count()));
}

SHIM ssize_t writev(int descriptor, const iovec* parts, int count) {
  if (interrupts(descriptor))
    return -1;
  const ShortVector some(descriptor, parts, static_cast<std::size_t>(std::max(count, 0)), false);
  return next<"writev", decltype(writev)>()(descriptor, some.parts(),
                                            count < 0 ? count : static_cast<int>(some.count()));
}

SHIM ssize_t pread(int descriptor, void* buffer, size_t size, off_t offset) {
  return next<"pread", decltype(pread)>()(descriptor, buffer, shorter(descriptor, size, true), offset);
}

SHIM ssize_t pread64(int descriptor, void* buffer, size_t size, off64_t offset) {
  return next<"pread64", decltype(pread64)>()(descriptor, buffer, shorter(descriptor, size, true), offset);
}

SHIM ssize_t pwrite(int descriptor, const void* buffer, size_t size, off_t offset) {
  return next<"pwrite", decltype(pwrite)>()(descriptor, buffer, shorter(descriptor, size, false), offset);
}

SHIM ssize_t pwrite64(int descriptor, const void* buffer, size_t size, off64_t offset) {
  return next<"pwrite64", decltype(pwrite64)>()(descriptor, buffer, shorter(descriptor, size, false), offset);
}

// From one descriptor to another

SHIM ssize_t sendfile(int out, int in, off_t* offset, size_t size) noexcept {
  if (interrupts(out))
    return -1;
  return next<"sendfile", ssize_t(int, int, off_t*, size_t)>()(out, in, offset, cut(size));
}

SHIM ssize_t sendfile64(int out, int in, off64_t* offset, size_t size) noexcept {
  if (interrupts(out))
    return -1;
  return next<"sendfile64", ssize_t(int, int, off64_t*, size_t)>()(out, in, offset, cut(size));
}

SHIM ssize_t splice(int in, off64_t* in_offset, int out, off64_t* out_offset, size_t size, unsigned flags) {
  const int waits = (flags & SPLICE_F_NONBLOCK) != 0 ? MSG_DONTWAIT : 0;
  if (interrupts(in, waits) || interrupts(out, waits))
    return -1;
  return next<"splice", decltype(splice)>()(in, in_offset, out, out_offset, cut(size), flags);
}

SHIM ssize_t copy_file_range(int in, off64_t* in_offset, int out, off64_t* out_offset, size_t size, unsigned flags) {
  return next<"copy_file_range", decltype(copy_file_range)>()(in, in_offset, out, out_offset, cut(size), flags);
}

// Sockets

SHIM ssize_t recv(int socket, void* buffer, size_t size, int flags) {
  if (interrupts(socket, flags))
    return -1;
  return next<"recv", decltype(recv)>()(socket, buffer, shorter_receive(socket, size, flags), flags);
}

SHIM ssize_t __recv_chk(int socket, void* buffer, size_t size, size_t room, int flags) {
  using Receive = ssize_t(int, void*, size_t, size_t, int);
  if (interrupts(socket, flags))
    return -1;
  const std::size_t wanted = size > room ? size : shorter_receive(socket, size, flags);
  return next<"__recv_chk", Receive>()(socket, buffer, wanted, room, flags);
}

SHIM ssize_t recvfrom(int socket, void* buffer, size_t size, int flags, sockaddr* from, socklen_t* length) {
  if (interrupts(socket, flags))
    return -1;
  const std::size_t wanted = shorter_receive(socket, size, flags);
  return next<"recvfrom", decltype(recvfrom)>()(socket, buffer, wanted, flags, from, length);
}

SHIM ssize_t recvmsg(int socket, msghdr* message, int flags) {
  if (interrupts(socket, flags))
    return -1;
  if ((flags & (MSG_WAITALL | MSG_PEEK | MSG_OOB)) != 0) {
    return next<"recvmsg", decltype(recvmsg)>()(socket, message, flags);
  }
  const ShortVector some(socket, message->msg_iov, message->msg_iovlen, true);
  msghdr shortened = *message;
  shortened.msg_iov = const_cast<iovec*>(some.parts());
  shortened.msg_iovlen = some.count();
  const ssize_t received = next<"recvmsg", decltype(recvmsg)>()(socket, &shortened, flags);
  message->msg_namelen = shortened.msg_namelen;
  message->msg_controllen = shortened.msg_controllen;
  message->msg_flags = shortened.msg_flags;
  return received;
}

SHIM ssize_t send(int socket, const void* buffer, size_t size, int flags) {
  if (interrupts(socket, flags))
    return -1;
  return next<"send", decltype(send)>()(socket, buffer, shorter_send(socket, size, flags), flags);
}

SHIM ssize_t sendto(int socket, const void* buffer, size_t size, int flags, const sockaddr* to, socklen_t length) {
  if (interrupts(socket, flags))
    return -1;
  return next<"sendto", decltype(sendto)>()(socket, buffer, shorter_send(socket, size, flags), flags, to, length);
}

SHIM ssize_t sendmsg(int socket, const msghdr* message, int flags) {
  if (interrupts(socket, flags))
    return -1;
  if ((flags & MSG_OOB) != 0)
    return next<"sendmsg", decltype(sendmsg)>()(socket, message, flags);
  const ShortVector some(socket, message->msg_iov, message->msg_iovlen, false);
  msghdr shortened = *message;
  shortened.msg_iov = const_cast<iovec*>(some.parts());
  shortened.msg_iovlen = some.count();
  return next<"sendmsg", decltype(sendmsg)>()(socket, &shortened, flags);
}

SHIM int accept(int socket, sockaddr* address, socklen_t* length) {
  if (interrupts(socket))
    return -1;
  return next<"accept", decltype(accept)>()(socket, address, length);
}

SHIM int accept4(int socket, sockaddr* address, socklen_t* length, int flags) {
  if (interrupts(socket))
    return -1;
  return next<"accept4", decltype(accept4)>()(socket, address, length, flags);
}

SHIM int connect(int socket, const sockaddr* address, socklen_t length) {
  if (remembered(socket) && is_connected(socket))
    return 0;
  const int result = next<"connect", decltype(connect)>()(socket, address, length);
  if (result != 0 || static_cast<std::size_t>(socket) >= made_behind_eintr.size() || !interrupts(socket))
    return result;
  made_behind_eintr[static_cast<std::size_t>(socket)] = true;
  return -1;
}

// Waiting

SHIM int poll(pollfd* descriptors, nfds_t count, int timeout) {
  if (timeout != 0 && interrupts_wait())
    return -1;
  return next<"poll", decltype(poll)>()(descriptors, count, timeout);
}

SHIM int ppoll(pollfd* descriptors, nfds_t count, const timespec* timeout, const sigset_t* mask) {
  const bool waits = timeout == nullptr || timeout->tv_sec != 0 || timeout->tv_nsec != 0;
  if (waits && interrupts_wait())
    return -1;
  return next<"ppoll", decltype(ppoll)>()(descriptors, count, timeout, mask);
}

SHIM int select(int count, fd_set* reading, fd_set* writing, fd_set* failing, timeval* timeout) {
  const bool waits = timeout == nullptr || timeout->tv_sec != 0 || timeout->tv_usec != 0;
  if (waits && interrupts_wait())
    return -1;
  return next<"select", decltype(select)>()(count, reading, writing, failing, timeout);
}

SHIM int epoll_wait(int epoll, epoll_event* events, int count, int timeout) {
  if (timeout != 0 && interrupts_wait())
    return -1;
  return next<"epoll_wait", decltype(epoll_wait)>()(epoll, events, count, timeout);
}
