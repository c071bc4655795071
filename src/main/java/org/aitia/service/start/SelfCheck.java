package org.aitia.service.start;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Optional;

/** Asks the service that has just started what a client asks for, over its own port. */
final class SelfCheck {
  private static final String REPORT =
      "{\"schema\": \"symptom-report/1\", \"symptoms\": [\"loss-not-finite\"]}";

  private final HttpClient client =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(20))
          .build();
  private final URI service;
  private final Optional<String> token;

  /**
   * @param service address that it listens on
   * @param token what a call has to bring
   */
  SelfCheck(URI service, Optional<String> token) {
    this.service = service;
    this.token = token;
  }

  /**
   * Looks whether it is ready, has one diagnosis made and deletes it.
   *
   * @return what was not as it should be
   */
  Optional<String> fault() throws InterruptedException {
    try {
      HttpResponse<String> ready = send(to("/q/health/ready").GET());
      if (ready.statusCode() != 200) {
        return Optional.of("it is not ready: " + ready.body());
      }
      HttpResponse<String> made =
          send(
              to("/api/v1/diagnoses")
                  .header("Content-Type", "application/json")
                  .POST(BodyPublishers.ofString(REPORT)));
      Optional<String> place = made.headers().firstValue("Location");
      if (made.statusCode() != 201 || place.isEmpty()) {
        return Optional.of("it answers " + made.statusCode() + " to a report: " + made.body());
      }
      int deleted = send(to(place.get()).DELETE()).statusCode();
      return deleted == 204
          ? Optional.empty()
          : Optional.of("it answers " + deleted + " to a deletion");
    } catch (IOException e) {
      return Optional.of("it does not answer: " + e.getMessage());
    }
  }

  private HttpRequest.Builder to(String place) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(service.resolve(place)).timeout(Duration.ofSeconds(60));
    token.ifPresent(t -> request.header("Authorization", "Bearer " + t));
    return request;
  }

  private HttpResponse<String> send(HttpRequest.Builder request)
      throws IOException, InterruptedException {
    return client.send(request.build(), BodyHandlers.ofString());
  }
}
