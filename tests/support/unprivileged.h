#pragma once

#include <sys/types.h>
#include <unistd.h>

namespace kit::test {

/// As long as it lives the test has nobody's rights, so that permissions bind it even where the tests are run by root.
class Unprivileged {
 public:
  Unprivileged() : before_(::geteuid()), changed_(before_ == 0 && ::seteuid(nobody) == 0) {}
  Unprivileged(const Unprivileged&) = delete;
  Unprivileged& operator=(const Unprivileged&) = delete;
  ~Unprivileged() {
    if (changed_) {
      [[maybe_unused]] const int result = ::seteuid(before_);
    }
  }

 private:
  static constexpr uid_t nobody = 65534;
  uid_t before_;
  bool changed_;
};

}  // namespace kit::test
