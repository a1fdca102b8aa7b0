#include "virtual_path.h"

#include <algorithm>

#include "todo.h"

namespace kit {

VirtualPath VirtualPath::resolve(std::string_view name) const {
  // BEGIN SOLUTION VirtualPath::resolve
  std::string result = is_root() || name.starts_with('/') ? "" : text_;
  while (!name.empty()) {
    const std::string_view component = name.substr(0, name.find('/'));
    name.remove_prefix(std::min(name.size(), component.size() + 1));
    if (component == "..") {
      result.resize(result.empty() ? 0 : result.rfind('/'));
    } else if (!component.empty() && component != ".") {
      result.append("/").append(component);
    }
  }
  return VirtualPath(result.empty() ? "/" : std::move(result));
  // END SOLUTION
}

VirtualPath VirtualPath::parent() const {
  // BEGIN SOLUTION VirtualPath::parent
  return resolve("..");
  // END SOLUTION
}

std::string VirtualPath::name() const {
  // BEGIN SOLUTION VirtualPath::name
  return text_.substr(text_.rfind('/') + 1);
  // END SOLUTION
}

}  // namespace kit
