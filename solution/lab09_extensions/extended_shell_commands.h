#pragma once

#include <string_view>

#include "client_options.h"
#include "shell.h"
#include "shell_table.h"

namespace kit {

/// Whether mget, mput and mdelete ask before each file: a part of the shell, see the command `prompt`.
struct PromptSettings {
  bool asks = true;
};

/// get and put, now also of trees; reget, reput, retries. To be added behind the tables of the labs before.
ShellTable resume_shell_commands();

/// mget, mput, mdelete, prompt.
ShellTable multiple_shell_commands();

/// mls, mlst, size, modtime, newer.
ShellTable facts_shell_commands();

/// --retries, --netrc, --no-netrc.
ClientOptionRows extended_options();

/// How often to try again, as a person writes it. Throws UsageError.
int retries_argument(std::string_view text);

/// Makes the client do as the options say: run_client() calls it once. At a terminal lines can be edited from then on.
void prepare_extensions(Shell& shell, const ClientOptions& options);

}  // namespace kit
