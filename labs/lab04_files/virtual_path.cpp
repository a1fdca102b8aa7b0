#include "virtual_path.h"

#include <algorithm>

#include "todo.h"

namespace kit {

VirtualPath VirtualPath::resolve(std::string_view name) const {
  KIT_TODO("lab 4, VirtualPath::resolve");
}

VirtualPath VirtualPath::parent() const {
  KIT_TODO("lab 4, VirtualPath::parent");
}

std::string VirtualPath::name() const {
  KIT_TODO("lab 4, VirtualPath::name");
}

}  // namespace kit
