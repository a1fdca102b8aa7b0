#pragma once

#include "attribute_commands.h"
#include "fact_commands.h"
#include "feature_commands.h"
#include "greeting_commands.h"
#include "hash_commands.h"
#include "pattern_commands.h"

namespace kit {

/// All that this lab adds but REST (see with_restart): to be added behind the commands of the earlier labs. Given.
inline CommandTable extension_commands() {
  return feature_commands() + fact_commands() + attribute_commands() + pattern_commands() + hash_commands() +
         greeting_commands();
}

}  // namespace kit
