#include "data_channel.h"

#include <netinet/in.h>
#include <sys/socket.h>

#include <cerrno>
#include <cstring>
#include <random>
#include <system_error>
#include <utility>

#include "check.h"
#include "command_table.h"
#include "todo.h"

namespace kit {

TcpListener listen_for_data(const Address& own, const PortRange& ports, Waiter& waiter) {
  KIT_TODO("lab 5, listen_for_data");
}

TcpStream PassiveConnector::open(Waiter& waiter, const Deadline& deadline) {
  KIT_TODO("lab 5, PassiveConnector::open");
}

void PassiveConnector::refuse() noexcept {
  // Close here what waits in the listener's line. Nothing may be thrown, not even by accept().
}

}  // namespace kit
