#pragma once

#include <memory>

#include "transfer_seams.h"

namespace kit {

/// One converter behind another: what the first gives goes through the second. Either may be null: it changes nothing
/// then.
std::unique_ptr<Converter> chain(std::unique_ptr<Converter> first, std::unique_ptr<Converter> second);

}  // namespace kit
