package org.aitia.service;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What a user may set: {@code aitia.*}, by option, environment variable ({@code AITIA_PORT}) or
 * system property.
 */
@ConfigMapping(prefix = "aitia")
public interface Settings {
  /** Address to listen on. */
  @WithDefault("127.0.0.1")
  String host();

  /** Port; 0 takes a free one. */
  @WithDefault("8080")
  int port();

  /** Folder of the database and of uploads under way. */
  Path data();

  /** The token that may do everything; none when absent. */
  Optional<String> token();

  /** Starts, looks whether all is well, and ends. */
  @WithDefault("false")
  boolean check();

  /** File of tokens with names and scopes. */
  Optional<Path> tokens();

  /** Whether readiness is told without a token, for probes that cannot bring one. */
  @WithDefault("false")
  boolean openReady();

  /** Sites whose pages may call the API: {@code https://host:port} each. */
  Optional<List<String>> origins();

  /** Sites whose pages may show a page of this service in a frame. */
  Optional<List<String>> frames();

  /** Folder of own rules. */
  Optional<Path> rules();

  /** File of own thresholds. */
  Optional<Path> thresholds();

  /** How often the rules are looked at for changes. */
  @WithDefault("2S")
  Duration reloadEvery();

  /** Diagnoses at work at once; 0 means one a processor. */
  @WithDefault("0")
  int workers();

  /** Requests with work that may be in the service at once, those at work included. */
  @WithDefault("256")
  int queue();

  /** Requests with work, and slow bodies, that one client address may have at once. */
  @WithDefault("64")
  int perClient();

  /** How long a request may wait for its turn. */
  @WithDefault("20S")
  Duration patience();

  /** How long a diagnosis or an answer may work; a second more for each MiB of its body. */
  @WithDefault("60S")
  Duration deadline();

  /** Open connections. */
  @WithDefault("4096")
  int connections();

  /** Open connections of one client address. */
  @WithDefault("1024")
  int connectionsPerClient();

  /** How long the head of a request may take to arrive. */
  @WithDefault("10S")
  Duration headTimeout();

  /** A connection without a request is closed after so long a silence. */
  @WithDefault("60S")
  Duration idleTimeout();

  /** How long the service says that it is not ready before it refuses work and ends. */
  @WithDefault("0S")
  Duration shutdownDelay();

  /** How long what has begun may take to end. */
  @WithDefault("30S")
  Duration shutdownTimeout();

  Database database();

  Upload upload();

  Keep keep();

  Sessions sessions();

  Running live();

  Webhooks webhooks();

  Kafka kafka();

  /** The database. */
  interface Database {
    /** After so long without an answer it is given up. */
    @WithDefault("5S")
    Duration timeout();

    /** Connections to a server. */
    @WithDefault("16")
    int connections();
  }

  /** Bounds on what is sent. Sizes in bytes. */
  interface Upload {
    /** Largest body, and most bytes that a body may unpack to. */
    @WithDefault("536870912")
    long maxBytes();

    /** Largest symptom report: the reader's own limit. */
    @WithDefault("4194304")
    long maxReport();

    /** Files in one body. */
    @WithDefault("5000")
    int maxFiles();

    /** Runs in one batch. */
    @WithDefault("200")
    int maxRuns();

    /** Folders below each other in a file's name. */
    @WithDefault("8")
    int maxDepth();

    /**
     * A zip may unpack to this many times its size; logs of text reach 30, bombs 1,000 and more.
     */
    @WithDefault("200")
    int maxRatio();

    /** Bytes a second that a body has to come with, on the average of each {@link #grace}. */
    @WithDefault("1024")
    long minRate();

    /** For so long a body may stall. */
    @WithDefault("10S")
    Duration grace();

    /** How long a body may take in all. */
    @WithDefault("15M")
    Duration timeout();
  }

  /** What is kept, and how long. */
  interface Keep {
    /** Whether what was sent is kept beside the diagnosis; sessions need it. */
    @WithDefault("true")
    boolean evidence();

    /** Evidence larger than this, compressed, is not kept. Bytes. */
    @WithDefault("8388608")
    long maxEvidence();

    /** Days after which a diagnosis is deleted; 0 keeps all. */
    @WithDefault("0")
    int days();

    /** Days after which evidence is deleted; 0 keeps it with the diagnosis. */
    @WithDefault("0")
    int evidenceDays();
  }

  /** Runs that are being recorded. */
  interface Running {
    /** Largest record of one, in bytes. */
    @WithDefault("67108864")
    long maxBytes();

    /** Runs under way at once. */
    @WithDefault("100")
    int runs();

    /** A run that is silent for so long is taken to have ended. */
    @WithDefault("1H")
    Duration idle();

    /** A run that goes on is looked at so often though nobody asks; zero for never. */
    @WithDefault("1M")
    Duration look();

    /** A run is forgotten so long after its last line; what was concluded at its end stays. */
    @WithDefault("1D")
    Duration keep();

    /** Streams of events that are open at once, of runs and of sessions. */
    @WithDefault("256")
    int watchers();
  }

  /** Who is told of diagnoses. */
  interface Webhooks {
    /** One that is always there, besides those of the API. */
    Optional<String> url();

    /** The secret with which what is sent there is signed. */
    Optional<String> secret();

    /** Hosts that may be called though their addresses are private. */
    Optional<List<String>> allow();

    /** Times that a delivery is tried. */
    @WithDefault("6")
    int attempts();

    /** Pause after the first attempt; each one after it is four times as long. */
    @WithDefault("10S")
    Duration backoff();
  }

  /** Runs that come as messages of a Kafka. */
  interface Kafka {
    /** Brokers, {@code host:port} each; none, and no message is taken. */
    Optional<String> bootstrap();

    /** Topic of the runs. */
    @WithDefault("aitia.runs")
    String topic();

    /** Topic of what was concluded. */
    @WithDefault("aitia.diagnoses")
    String output();

    /** Topic of the messages that cannot be read. */
    @WithDefault("aitia.dead")
    String dead();

    /** Topic of messages that wait for their tenant's quota. */
    @WithDefault("aitia.later")
    String later();

    /** Messages of one tenant a second, all instances together; 0 for any number. */
    @WithDefault("0")
    int quota();

    /** Group of the instances that share the work. */
    @WithDefault("aitia")
    String group();

    /** Messages that an instance holds at once. */
    @WithDefault("64")
    int inFlight();

    /** Whether the whole diagnosis is told, and not its summary. */
    @WithDefault("false")
    boolean whole();

    /** Language of what is told: en or zh. */
    @WithDefault("en")
    String language();

    /** Folder below which messages may point to files. */
    Optional<Path> folder();
  }

  /** Question-and-answer sessions. */
  interface Sessions {
    /** A session that nobody used for so long is deleted; 0 keeps all. */
    @WithDefault("30D")
    Duration idle();

    /** Examined runs of sessions that stay in memory, so that an answer needs no reading. */
    @WithDefault("64")
    int inMemory();
  }
}
