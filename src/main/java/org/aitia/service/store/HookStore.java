package org.aitia.service.store;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import org.aitia.diagnosis.Diagnosis;
import org.aitia.knowledge.Language;
import org.aitia.service.Ids;
import org.aitia.service.Labels;
import org.jdbi.v3.core.Handle;

/** Keeps webhooks, and what is to be told them: written with the diagnosis or not at all. */
@ApplicationScoped
public class HookStore {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String HOOK = "select id, created, url, secret, verdict, label from webhook";
  private static final String DELIVERY =
      "select id, webhook, created, due, attempts, state, detail, body from webhook_delivery";

  @Inject Database database;

  /** Notes, in the transaction that stores a diagnosis, whom to tell of it. */
  static void enqueue(Handle handle, Store.Entry entry) {
    List<Webhook> hooks = handle.select(HOOK).map((rows, context) -> hook(rows)).list();
    for (Webhook hook : hooks) {
      if (wants(hook, entry)) {
        String id = Ids.next();
        handle
            .createUpdate(
                "insert into webhook_delivery (id, webhook, created, due, attempts, state, body)"
                    + " values (:id, :webhook, :now, :now, 0, 'waiting', :body)")
            .bind("id", id)
            .bind("webhook", hook.id())
            .bind("now", Database.time(entry.created()))
            .bind("body", Database.bytes(body(id, entry)))
            .execute();
      }
    }
  }

  private static boolean wants(Webhook hook, Store.Entry entry) {
    if (hook.verdict() != null && !hook.verdict().equals(entry.in(Language.EN).verdict().id())) {
      return false;
    }
    if (hook.label() == null) {
      return true;
    }
    Labels.Wanted wanted = Labels.Wanted.of(hook.label());
    String has = entry.mark().labels().get(wanted.name());
    return has != null && (wanted.value() == null || wanted.value().equals(has));
  }

  private static byte[] body(String delivery, Store.Entry entry) {
    Diagnosis d = entry.in(Language.EN);
    ObjectNode told = JSON.createObjectNode();
    told.put("event", "diagnosis").put("delivery", delivery);
    told.put("created", entry.created().toString());
    ObjectNode about = told.putObject("diagnosis");
    about.put("id", entry.id()).put("kind", entry.kind()).put("source", d.source());
    about.put("verdict", d.verdict().id()).put("summary", d.summary());
    var causes = about.putArray("causes");
    for (Diagnosis.Cause c : d.causes()) {
      causes
          .addObject()
          .put("id", c.id())
          .put("name", c.name())
          .put("probability", c.probability());
    }
    about.put("by", entry.mark().by());
    ObjectNode labels = about.putObject("labels");
    entry.mark().labels().forEach(labels::put);
    about.put("href", "/api/v1/diagnoses/" + entry.id());
    return told.toString().getBytes(StandardCharsets.UTF_8);
  }

  /** Keeps a webhook, in the place of one with the same id. */
  public void put(Webhook hook) throws SQLException {
    database.change(
        handle -> {
          int known =
              handle
                  .createUpdate(
                      "update webhook set url = :url, secret = :secret, verdict = :verdict, label ="
                          + " :label where id = :id")
                  .bindMethods(hook)
                  .execute();
          if (known == 0) {
            handle
                .createUpdate(
                    "insert into webhook (id, created, url, secret, verdict, label) values (:id,"
                        + " :at, :url, :secret, :verdict, :label)")
                .bindMethods(hook)
                .bind("at", Database.time(hook.created()))
                .execute();
          }
          return known;
        });
  }

  private static Webhook hook(ResultSet rows) throws SQLException {
    return new Webhook(
        rows.getString(1),
        rows.getObject(2, OffsetDateTime.class).toInstant(),
        rows.getString(3),
        rows.getString(4),
        rows.getString(5),
        rows.getString(6));
  }

  /** All of them, in the order of their making. */
  public List<Webhook> all() throws SQLException {
    return database.use(
        handle -> handle.select(HOOK + " order by id").map((rows, context) -> hook(rows)).list());
  }

  public Optional<Webhook> find(String id) throws SQLException {
    return database.use(
        handle ->
            handle
                .select(HOOK + " where id = ?", id)
                .map((rows, context) -> hook(rows))
                .findFirst());
  }

  /** Deletes a webhook with what was to be told it; false when there is none. */
  public boolean delete(String id) throws SQLException {
    return database.change(handle -> handle.execute("delete from webhook where id = ?", id) > 0);
  }

  private static Webhook.Delivery delivery(ResultSet rows) throws SQLException {
    return new Webhook.Delivery(
        rows.getString(1),
        rows.getString(2),
        rows.getObject(3, OffsetDateTime.class).toInstant(),
        rows.getObject(4, OffsetDateTime.class).toInstant(),
        rows.getInt(5),
        rows.getString(6),
        rows.getString(7),
        Database.bytes(rows, 8));
  }

  /** The last deliveries of a webhook, the newest first. */
  public List<Webhook.Delivery> deliveries(String webhook, int limit) throws SQLException {
    return database.use(
        handle ->
            handle
                .select(
                    DELIVERY + " where webhook = ? order by created desc, id desc limit " + limit,
                    webhook)
                .map((rows, context) -> delivery(rows))
                .list());
  }

  /** What is due, the longest waiting first. */
  public List<Webhook.Delivery> due(Instant now, int limit) throws SQLException {
    return database.use(
        handle ->
            handle
                .select(
                    DELIVERY + " where state = 'waiting' and due <= ? order by due limit " + limit,
                    Database.time(now))
                .map((rows, context) -> delivery(rows))
                .list());
  }

  /**
   * Takes a delivery for this instance, until a time at which any may take it again.
   *
   * @return false when another one was faster
   */
  public boolean take(Webhook.Delivery delivery, Instant until) throws SQLException {
    return database.change(
        handle ->
            handle.execute(
                    "update webhook_delivery set due = ? where id = ? and state = 'waiting' and due"
                        + " = ?",
                    Database.time(until),
                    delivery.id(),
                    Database.time(delivery.due()))
                > 0);
  }

  /** Notes what came of an attempt. */
  public void tried(String id, int attempts, String state, String detail, Instant due)
      throws SQLException {
    database.change(
        handle ->
            handle.execute(
                "update webhook_delivery set attempts = ?, state = ?, detail = ?, due = ? where id"
                    + " = ?",
                attempts,
                state,
                detail,
                Database.time(due),
                id));
  }

  /** Deletes deliveries that are over and were made before then. */
  public int expire(Instant before) throws SQLException {
    return database.change(
        handle ->
            handle.execute(
                "delete from webhook_delivery where state <> 'waiting' and created < ?",
                Database.time(before)));
  }
}
