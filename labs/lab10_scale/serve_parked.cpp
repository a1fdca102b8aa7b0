#include "serve_parked.h"

#include <optional>

#include "metrics.h"
#include "metrics_server.h"
#include "parked_server.h"
#include "transfer_slots.h"

namespace kit {

void serve_parked(TcpListener& listener, ServerContext& context) {
  ParkedSettings settings;
  if (const auto* slots = context.services.find<TransferSlots>()) {
    settings.workers = slots->workers();
  }
  ParkedServer server(listener, context, settings);
  std::optional<MetricsServer> metrics;
  if (context.options.metrics_port) {
    metrics.emplace(
        *context.options.metrics_port, *context.services.find<Metrics>(), [&] { return server.gauges(); }, context.log);
  }
  server.run();
}

void offer_metrics(ServerContext& context) {
  if (context.options.metrics_port) {
    auto& metrics = context.services.emplace<Metrics>();
    context.log.observe([&metrics](std::string_view message, const std::vector<LogField>& fields) {
      metrics.observe(message, fields);
    });
  }
}

}  // namespace kit
