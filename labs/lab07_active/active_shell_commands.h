#pragma once

#include "client_options.h"
#include "shell.h"
#include "shell_table.h"

namespace kit {

/// What the commands of this lab switch: a part of the shell.
struct TransferChoices {
  bool ascii = false;          ///< text is converted (TYPE A); else bytes stay as they are (TYPE I)
  bool active = false;         ///< the server connects; else the client does
  bool epsv = true;            ///< EPSV comes before PASV
  bool trust_address = false;  ///< of PASV: see PassiveMethod::Host::as_announced
};

/// ascii, binary, type, and get, put and append, which convert text when the type is ascii. To be added behind
/// transfer_shell_commands(), which still does the transfers of binary files.
ShellTable text_shell_commands();

/// active, passive, epsv, and status, which tells how things stand with them.
ShellTable data_shell_commands();

/// --active.
ClientOptionRows active_options();

/// Makes the client do as the options say: run_client() calls it once.
void prepare_choices(Shell& shell, const ClientOptions& options);

}  // namespace kit
