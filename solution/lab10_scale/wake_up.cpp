#include "wake_up.h"

#include <sys/eventfd.h>

#include "check.h"

namespace kit {

WakeUp::WakeUp() : descriptor_(check(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK), "eventfd")) {}

// Neither can fail in a way that matters: the counter is full of rings already, or has none.

void WakeUp::ring() const noexcept { ::eventfd_write(descriptor_.get(), 1); }

void WakeUp::silence() const noexcept {
  eventfd_t rings = 0;
  ::eventfd_read(descriptor_.get(), &rings);
}

}  // namespace kit
