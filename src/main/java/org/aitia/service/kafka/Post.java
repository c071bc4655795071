package org.aitia.service.kafka;

import io.quarkus.runtime.ShutdownEvent;
import io.smallrye.reactive.messaging.MutinyEmitter;
import io.smallrye.reactive.messaging.kafka.api.IncomingKafkaRecordMetadata;
import io.smallrye.reactive.messaging.kafka.api.OutgoingKafkaRecordMetadata;
import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.Reception;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.aitia.knowledge.Language;
import org.aitia.service.Problem;
import org.aitia.service.Settings;
import org.aitia.service.store.QuotaStore;
import org.aitia.service.store.Store;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.eclipse.microprofile.reactive.messaging.Channel;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.eclipse.microprofile.reactive.messaging.Metadata;
import org.eclipse.microprofile.reactive.messaging.OnOverflow;
import org.jboss.logging.Logger;

/**
 * Messages in and out. One is acknowledged when its diagnosis is stored and told, so after a crash
 * it comes again; the identity that is stored with the diagnosis makes that nothing new. What
 * cannot be read goes to the dead letters with the reason; what cannot be done just now is tried
 * until it can, while no more than a bound of messages are here.
 */
@ApplicationScoped
class Post {
  /** Channels of the configuration. */
  private static final String IN = "runs";

  private static final String LATER = "later";
  private static final String OUT = "diagnoses";
  private static final Logger LOG = Logger.getLogger("aitia.kafka");
  private static final long FIRST_PAUSE_MILLIS = 100;
  private static final long LAST_PAUSE_MILLIS = 5_000;

  /** Of work that was given up for its length: it is the message, not the moment. */
  private static final int ATTEMPTS = 3;

  private static final String TOO_LONG = "took-too-long";
  private static final String OVER_QUOTA = "over-quota";

  /** Header of a message that waits: what it was known by before. */
  private static final String IDENTITY = "aitia-identity";

  /** Messages over their quota that an instance holds at once, and the threads for them. */
  private static final int WAITING = 16;

  private static final int WAITING_LANES = 4;

  @Inject Settings settings;
  @Inject Casework casework;
  @Inject QuotaStore quotas;

  @Inject
  @Channel(OUT)
  @OnOverflow(OnOverflow.Strategy.UNBOUNDED_BUFFER)
  MutinyEmitter<byte[]> out;

  private Lanes lanes;
  private Lanes waiting;
  private Language language;
  private volatile boolean ending;

  @PostConstruct
  void open() {
    Settings.Kafka set = settings.kafka();
    int wished = settings.workers();
    int workers = wished > 0 ? wished : Runtime.getRuntime().availableProcessors();
    lanes = new Lanes(Math.max(2, 2 * workers), Math.max(1, set.inFlight()));
    waiting = new Lanes(WAITING_LANES, WAITING);
    language = Language.of(set.language());
  }

  void stop(@Observes(notifyObserver = Reception.IF_EXISTS) ShutdownEvent event) {
    ending = true;
    if (lanes != null) {
      lanes.close();
      waiting.close();
    }
  }

  /** Takes a message; the next one comes when there is a place for it. */
  @Incoming(IN)
  CompletionStage<Void> take(Message<byte[]> message) {
    IncomingKafkaRecordMetadata<?, ?> from =
        message.getMetadata(IncomingKafkaRecordMetadata.class).orElseThrow();
    Object key = from.getRecord().key();
    int lane =
        key instanceof byte[] bytes ? Arrays.hashCode(bytes) : Long.hashCode(from.getOffset());
    return lanes.take(lane, () -> handle(message, from, lanes));
  }

  /** Takes a message that was over its tenant's quota, and waits until it is not. */
  @Incoming(LATER)
  CompletionStage<Void> takeLater(Message<byte[]> message) {
    IncomingKafkaRecordMetadata<?, ?> from =
        message.getMetadata(IncomingKafkaRecordMetadata.class).orElseThrow();
    String tenant = Letter.headers(from.getHeaders()).getOrDefault("aitia-tenant", "");
    return waiting.take(tenant.hashCode(), () -> handle(message, from, waiting));
  }

  private void handle(Message<byte[]> message, IncomingKafkaRecordMetadata<?, ?> from, Lanes in) {
    boolean late = in == waiting;
    try {
      Letter letter = letter(message, from);
      String before = Letter.headers(from.getHeaders()).get(IDENTITY);
      Optional<Store.Entry> made =
          patiently(late && before != null ? letter.known(before) : letter, late);
      if (made.isPresent()) {
        tell(made.get(), from).whenComplete((done, fault) -> told(message, from, in, fault));
      } else {
        end(in, message.ack());
      }
    } catch (InterruptedException e) {
      // the end of the service: not acknowledged, it comes again
      Thread.currentThread().interrupt();
    } catch (Over e) {
      postpone(message, from, e.letter)
          .whenComplete((done, fault) -> told(message, from, in, fault));
    } catch (Problem e) {
      LOG.infof("a message is no run, and among the dead letters: %s", e.kind());
      end(in, message.nack(new Unreadable(e.kind() + ": " + e.getMessage())));
    } catch (Exception | LinkageError | StackOverflowError | OutOfMemoryError e) {
      if (ending) {
        return;
      }
      LOG.warn("a message broke its diagnosis, and is among the dead letters", e);
      end(in, message.nack(new Unreadable("internal-error: " + e.getClass().getSimpleName())));
    }
  }

  private static Letter letter(Message<byte[]> message, IncomingKafkaRecordMetadata<?, ?> from) {
    Letter.Place place =
        new Letter.Place(
            from.getTopic(),
            from.getPartition(),
            from.getOffset(),
            from.getTimestamp() == null ? 0 : from.getTimestamp().toEpochMilli());
    byte[] key = from.getRecord().key() instanceof byte[] bytes ? bytes : null;
    return Letter.of(place, key, Letter.headers(from.getHeaders()), message.getPayload());
  }

  /** Tries as long as it is for the moment that it cannot be done. */
  private Optional<Store.Entry> patiently(Letter letter, boolean late) throws Exception {
    long pause = FIRST_PAUSE_MILLIS;
    int tooLong = 0;
    boolean granted = false;
    while (true) {
      try {
        granted = granted || granted(letter);
        if (!granted) {
          if (!late) {
            throw new Over(letter);
          }
          throw Problem.later(429, OVER_QUOTA, "its tenant has had its share of this moment", 1);
        }
        return casework.of(letter);
      } catch (Problem e) {
        tooLong += e.kind().equals(TOO_LONG) ? 1 : 0;
        if (e.retryAfter() == 0 || tooLong == ATTEMPTS) {
          throw e;
        }
        LOG.debugf("a message waits: %s", e.kind());
      } catch (SQLException e) {
        LOG.warnf("a message waits for the database: %s", e.getMessage());
      }
      if (ending) {
        throw new InterruptedException();
      }
      Thread.sleep(pause);
      pause = Math.min(2 * pause, LAST_PAUSE_MILLIS);
    }
  }

  /** Lines are not counted: those after them could not go on without them. */
  private boolean granted(Letter letter) throws SQLException {
    long quota = settings.kafka().quota();
    return quota == 0
        || letter.kind() == Letter.Kind.RECORD_LINES
        || quotas.take(
            letter.tenant() == null ? "" : letter.tenant(),
            quota * QuotaStore.SECONDS,
            Instant.now());
  }

  /** To the topic of those that wait, as it came, with what it is known by. */
  private CompletionStage<Void> postpone(
      Message<byte[]> message, IncomingKafkaRecordMetadata<?, ?> from, Letter letter) {
    RecordHeaders headers = new RecordHeaders(from.getHeaders());
    headers.remove(IDENTITY);
    headers.add(header(IDENTITY, letter.identity()));
    OutgoingKafkaRecordMetadata<Object> to =
        OutgoingKafkaRecordMetadata.builder()
            .withTopic(settings.kafka().later())
            .withKey(from.getRecord().key())
            .withHeaders(headers)
            .build();
    synchronized (this) {
      return out.sendMessage(Message.of(message.getPayload(), Metadata.of(to)))
          .subscribeAsCompletionStage();
    }
  }

  private CompletionStage<Void> tell(Store.Entry entry, IncomingKafkaRecordMetadata<?, ?> from) {
    byte[] body =
        News.of(entry, language, settings.kafka().whole()).getBytes(StandardCharsets.UTF_8);
    Object key = from.getRecord().key();
    byte[] outKey = key instanceof byte[] b ? b : entry.id().getBytes(StandardCharsets.UTF_8);
    OutgoingKafkaRecordMetadata<byte[]> to =
        OutgoingKafkaRecordMetadata.<byte[]>builder()
            .withKey(outKey)
            .addHeaders(
                header("aitia-diagnosis", entry.id()),
                header(
                    "aitia-of",
                    from.getTopic() + "/" + from.getPartition() + "/" + from.getOffset()))
            .build();
    synchronized (this) {
      return out.sendMessage(Message.of(body, Metadata.of(to))).subscribeAsCompletionStage();
    }
  }

  private static RecordHeader header(String name, String value) {
    return new RecordHeader(name, value.getBytes(StandardCharsets.UTF_8));
  }

  private void told(
      Message<byte[]> message, IncomingKafkaRecordMetadata<?, ?> from, Lanes in, Throwable fault) {
    if (fault == null) {
      end(in, message.ack());
    } else if (!ending) {
      LOG.warnf("a diagnosis could not be told and is told again: %s", fault.getMessage());
      in.again(Long.hashCode(from.getOffset()), () -> handle(message, from, in));
    }
  }

  private static void end(Lanes in, CompletionStage<Void> answered) {
    answered.whenComplete((done, fault) -> in.leave());
  }

  /** The tenant has had its share. */
  private static final class Over extends Exception {
    private static final long serialVersionUID = 1;
    private final transient Letter letter;

    Over(Letter letter) {
      super(OVER_QUOTA, null, false, false);
      this.letter = letter;
    }
  }

  /** Why a message is among the dead letters. */
  private static final class Unreadable extends RuntimeException {
    private static final long serialVersionUID = 1;

    Unreadable(String why) {
      super(why, null, false, false);
    }
  }
}
