#include "metrics_server.h"

#include <chrono>
#include <exception>
#include <system_error>
#include <utility>

#include "line_reader.h"

namespace kit {
namespace {

constexpr std::chrono::seconds patience{2};
constexpr std::size_t longest_request = 8192;

std::string http(std::string_view status, std::string_view type, std::string_view body) {
  std::string answer = "HTTP/1.0 ";
  answer.append(status).append("\r\nContent-Type: ").append(type);
  answer.append("\r\nContent-Length: ").append(std::to_string(body.size()));
  return answer.append("\r\nConnection: close\r\n\r\n").append(body);
}

// The head of a request, up to the empty line behind it or as much as is taken.
std::string read_request(TcpStream& client) {
  const Deadline deadline = Deadline::after(patience);
  std::string request;
  std::array<char, 1024> buffer;
  while (request.size() < longest_request && request.find("\r\n\r\n") == std::string::npos) {
    const std::size_t got = client.read_some(buffer, deadline);
    if (got == 0) {
      break;
    }
    request.append(buffer.data(), got);
  }
  return request;
}

}  // namespace

std::string answer_http(std::string_view request, const Metrics& metrics, const Gauges& now) {
  constexpr std::string_view plain = "text/plain; charset=utf-8";
  const std::size_t first = request.find(' ');
  const std::size_t second = request.find(' ', first + 1);
  if (first == std::string_view::npos || second == std::string_view::npos) {
    return http("400 Bad Request", plain, "This is no request\n");
  }
  if (request.substr(0, first) != "GET") {
    return http("405 Method Not Allowed", plain, "Only GET is\n");
  }
  const std::string_view target = request.substr(first + 1, second - first - 1);
  if (target.substr(0, target.find('?')) != "/metrics") {
    return http("404 Not Found", plain, "There is only /metrics\n");
  }
  return http("200 OK", "text/plain; version=0.0.4; charset=utf-8", metrics.text(now));
}

MetricsServer::MetricsServer(std::uint16_t port, const Metrics& metrics, std::function<Gauges()> now, Log& log)
    : metrics_(metrics),
      now_(std::move(now)),
      log_(log),
      listener_(Address::resolve("127.0.0.1", port).front(), waiter_) {
  log_.info("serving metrics", {{"address", listener_.local().to_string()}});
  thread_ = std::thread([this] { run(); });
}

MetricsServer::~MetricsServer() {
  end_.ring();
  thread_.join();
}

void MetricsServer::run() {
  while (true) {
    try {
      TcpStream client = listener_.accept(Deadline::never());
      const std::string request = read_request(client);
      client.write_all(answer_http(request.substr(0, request.find("\r\n")), metrics_, now_()),
                       Deadline::after(patience));
      client.shutdown_write();
    } catch (const Stopped&) {
      return;
    } catch (const std::exception& error) {
      log_.warning("metrics not served", {{"reason", error.what()}});
    }
  }
}

}  // namespace kit
