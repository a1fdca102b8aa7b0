#include <memory>
#include <string>

#include "active_method.h"
#include "active_shell_commands.h"
#include "extended_passive_method.h"
#include "session_shell_commands.h"

namespace kit {
namespace {

// What --active leaves in the options.
struct ActiveWanted {
  bool active = false;
};

std::string on_or_off(bool on) { return on ? "on" : "off"; }

std::string data_connections(const TransferChoices& choices) {
  return std::string("data connections: ") + (choices.active ? "active" : "passive");
}

void use_chosen_method(Shell& shell) {
  const auto& choices = shell.part<TransferChoices>();
  if (choices.active) {
    shell.client().use_data_method(std::make_unique<ActiveMethod>());
  } else if (choices.epsv) {
    shell.client().use_data_method(std::make_unique<ExtendedPassiveMethod>());
  } else {
    const auto host = choices.trust_address ? PassiveMethod::Host::as_announced : PassiveMethod::Host::control_peer;
    shell.client().use_data_method(std::make_unique<PassiveMethod>(host));
  }
}

void choose_direction(Shell& shell, bool active) {
  auto& choices = shell.part<TransferChoices>();
  choices.active = active;
  use_chosen_method(shell);
  shell.console().print(data_connections(choices) + "\n");
}

void epsv(Shell& shell, const Words& /*none*/) {
  auto& choices = shell.part<TransferChoices>();
  choices.epsv = !choices.epsv;
  use_chosen_method(shell);
  shell.console().print("epsv: " + on_or_off(choices.epsv) + "\n");
}

void status(Shell& shell, const Words& /*none*/) {
  Client& client = shell.client();
  const auto& choices = shell.part<TransferChoices>();
  const auto& settings = shell.part<ShellSettings>();
  shell.console().print(client.connected() ? "connected to " + client.control().peer().to_string() + "\n"
                                           : "not connected\n");
  shell.console().print(std::string("type: ") + (choices.ascii ? "ascii" : "binary") + "; " +
                        data_connections(choices) + "; epsv: " + on_or_off(choices.epsv) + "\n");
  shell.console().print("verbose: " + on_or_off(settings.verbose) + "; progress: " + on_or_off(settings.progress) +
                        "\n");
}

}  // namespace

ShellTable data_shell_commands() {
  return {
      {"active", "", Needs::nothing, 0, 0, [](Shell& shell, const Words&) { choose_direction(shell, true); },
       "let the server connect for data"},
      {"passive", "", Needs::nothing, 0, 0, [](Shell& shell, const Words&) { choose_direction(shell, false); },
       "connect to the server for data"},
      {"epsv", "", Needs::nothing, 0, 0, epsv, "ask with EPSV before PASV, or not"},
      {"status", "", Needs::nothing, 0, 0, status, "show how things stand"},
  };
}

ClientOptionRows active_options() {
  return {{"active", nullptr, "let the server connect for data (PORT, EPRT)",
           [](ClientOptions& options, const std::string&) { options.more.get<ActiveWanted>().active = true; }}};
}

void prepare_choices(Shell& shell, const ClientOptions& options) {
  auto& choices = shell.part<TransferChoices>();
  choices.active = options.more.find<ActiveWanted>() != nullptr;
  choices.trust_address = options.trust_passive_address;
  choices.epsv = !choices.trust_address;  // in the answer to EPSV there is no address to be trusted
  use_chosen_method(shell);
}

}  // namespace kit
