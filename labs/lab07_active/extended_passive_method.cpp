#include "extended_passive_method.h"

#include <optional>
#include <utility>

#include "address.h"
#include "client.h"
#include "extended_address.h"
#include "ftp_error.h"
#include "todo.h"

namespace kit {

std::unique_ptr<ArrangedConnection> ExtendedPassiveMethod::arrange(Client& client) {
  KIT_TODO("lab 7, ExtendedPassiveMethod::arrange");
}

}  // namespace kit
