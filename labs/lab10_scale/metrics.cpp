#include "metrics.h"

#include <algorithm>
#include <cstdlib>

namespace kit {
namespace {

std::string head(std::string_view name, std::string_view type, std::string_view help) {
  std::string text;
  text.append("# HELP ").append(name).append(" ").append(help).append("\n");
  return text.append("# TYPE ").append(name).append(" ").append(type).append("\n");
}

std::string sample(std::string_view name, std::string_view labels, std::uint64_t value) {
  return std::string(name).append(labels).append(" ").append(std::to_string(value)).append("\n");
}

// A metric without labels, whole.
std::string metric(std::string_view name, std::string_view type, std::string_view help, std::uint64_t value) {
  return head(name, type, help) + sample(name, "", value);
}

/// The value of a field of a log event, "" if it has none of that name.
std::string_view field(const std::vector<LogField>& fields, std::string_view name) {
  const auto found = std::find_if(fields.begin(), fields.end(), [&](const LogField& one) { return one.name == name; });
  return found == fields.end() ? std::string_view() : std::string_view(found->value);
}

}  // namespace

void Histogram::count(double seconds) {
  const auto bound = std::lower_bound(bounds.begin(), bounds.end(), seconds);
  ++counts_.at(static_cast<std::size_t>(bound - bounds.begin()));
  microseconds_ += static_cast<std::uint64_t>(seconds * 1e6);
}

std::string Histogram::text(std::string_view name) const {
  const std::string of(name);
  std::string lines;
  std::uint64_t so_far = 0;  // every bucket holds those of the smaller ones too
  for (std::size_t i = 0; i < counts_.size(); ++i) {
    so_far += counts_[i];
    std::string bound = i < bounds.size() ? std::to_string(bounds.at(i)) : "+Inf";
    lines += sample(of + "_bucket", "{le=\"" + bound + "\"}", so_far);
  }
  lines += of + "_sum " + std::to_string(static_cast<double>(microseconds_) / 1e6) + "\n";
  return lines + sample(of + "_count", "", so_far);
}

void Metrics::observe(std::string_view message, const std::vector<LogField>& fields) {
  if (message == "SUCCESS" || message == "FAILURE") {
    observe_request(fields);
  } else if (message == "session begins") {
    ++sessions_;
  } else if (message == "client turned away") {
    ++refused_;
  } else if (message == "no client accepted") {
    ++accept_errors_;
  }
}

void Metrics::observe_request(const std::vector<LogField>& fields) {
  const std::string_view verb = field(fields, "verb");
  const auto number = [&](std::string_view name) {
    return std::strtod(std::string(field(fields, name)).c_str(), nullptr);
  };
  const auto code = static_cast<std::size_t>(number("reply"));
  if (code < replies_.size()) {
    ++replies_.at(code);
  }
  const bool receives = verb == "STOR" || verb == "APPE" || verb == "STOU";
  const bool sends = verb == "RETR" || verb == "LIST" || verb == "NLST" || verb == "MLSD";
  const auto bytes = static_cast<std::uint64_t>(number("bytes"));
  (receives ? bytes_received_ : bytes_sent_) += bytes;
  (receives || sends ? transfers_ : commands_).count(number("seconds"));
}

std::string Metrics::text(const Gauges& now) const {
  std::string text = head("ftp_sessions", "gauge", "Sessions there are, by whether a worker runs them");
  text += sample("ftp_sessions", "{state=\"parked\"}", now.sessions_parked);
  text += sample("ftp_sessions", "{state=\"running\"}", now.sessions_running);
  text += metric("ftp_workers", "gauge", "Worker threads", now.workers);
  text += metric("ftp_transfers", "gauge", "Transfers that are running", now.transfers);
  text += metric("ftp_sessions_total", "counter", "Sessions begun", sessions_);
  text += metric("ftp_refused_total", "counter", "Clients turned away with 421", refused_);
  text += metric("ftp_accept_errors_total", "counter", "Failures of accept(2)", accept_errors_);
  text += head("ftp_bytes_total", "counter", "Bytes moved on data connections");
  text += sample("ftp_bytes_total", "{direction=\"sent\"}", bytes_sent_);
  text += sample("ftp_bytes_total", "{direction=\"received\"}", bytes_received_);
  text += head("ftp_replies_total", "counter", "Final replies to commands, by their code");
  for (std::size_t code = 0; code < replies_.size(); ++code) {
    if (replies_.at(code) > 0) {
      text += sample("ftp_replies_total", "{code=\"" + std::to_string(code) + "\"}", replies_.at(code));
    }
  }
  text += head("ftp_command_seconds", "histogram", "Time from a command to its reply, transfers excepted");
  text += commands_.text("ftp_command_seconds");
  text += head("ftp_transfer_seconds", "histogram", "Time from a transfer command to its final reply");
  return text + transfers_.text("ftp_transfer_seconds");
}

}  // namespace kit
