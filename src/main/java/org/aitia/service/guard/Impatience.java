package org.aitia.service.guard;

import io.netty.bootstrap.ChannelInitializerExtension;
import io.netty.channel.Channel;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.impl.HttpServerConnection;
import java.net.InetSocketAddress;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.aitia.service.Settings;

/**
 * Closes connections that are silent, or whose next request does not get beyond its head. The
 * server's own idle timeout also counts while a diagnosis is made, and sees nothing of a head that
 * comes byte by byte. Netty finds this as a service when {@link #ON} is set.
 */
public final class Impatience extends ChannelInitializerExtension {
  /** System property, and its value, that switches such extensions on. */
  public static final String ON = EXTENSIONS_SYSTEM_PROPERTY;

  public static final String ON_VALUE = "serviceload";

  /** Known before the port is open. */
  private static volatile Settings settings;

  private static volatile Places places;

  static void use(Settings chosen) {
    settings = chosen;
    places = new Places(chosen.connections(), chosen.connectionsPerClient());
  }

  @Override
  public void postInitializeServerChildChannel(Channel channel) {
    if (settings != null) {
      channel.pipeline().addFirst(Watch.NAME, new Watch());
    }
  }

  /** A request has begun: its head is whole. */
  static void busy(HttpConnection connection, boolean busy) {
    if (connection instanceof HttpServerConnection server
        && server.channel().pipeline().get(Watch.NAME) instanceof Watch watch) {
      watch.busy(busy);
    }
  }

  private static final class Watch extends ChannelDuplexHandler {
    static final String NAME = "aitia-impatience";
    private static final long LOOK_EVERY_MILLIS = 500;

    private String client;
    private boolean placed;
    private boolean busy;
    private long headBegun;
    private long last = System.nanoTime();
    private long pending;
    private ScheduledFuture<?> looking;

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
      client =
          context.channel().remoteAddress() instanceof InetSocketAddress address
              ? address.getAddress().getHostAddress()
              : "";
    }

    @Override
    public void channelActive(ChannelHandlerContext context) throws Exception {
      placed = places.take(client) == Places.Answer.TAKEN;
      if (!placed) {
        context.close();
        return;
      }
      looking =
          context
              .executor()
              .scheduleAtFixedRate(
                  () -> look(context), LOOK_EVERY_MILLIS, LOOK_EVERY_MILLIS, TimeUnit.MILLISECONDS);
      super.channelActive(context);
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) throws Exception {
      if (placed) {
        places.leave(client);
        looking.cancel(false);
      }
      super.channelInactive(context);
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) throws Exception {
      last = System.nanoTime();
      if (!busy && headBegun == 0) {
        headBegun = last;
      }
      super.channelRead(context, message);
    }

    private void busy(boolean is) {
      busy = is;
      headBegun = 0;
      last = System.nanoTime();
    }

    private void look(ChannelHandlerContext context) {
      long now = System.nanoTime();
      var out = context.channel().unsafe().outboundBuffer();
      long left = out == null ? 0 : out.totalPendingWriteBytes();
      if (left != pending) {
        // the client reads its answer, however slowly
        pending = left;
        last = now;
      }
      boolean slowHead = headBegun != 0 && now - headBegun > settings.headTimeout().toNanos();
      boolean silent = now - last > settings.idleTimeout().toNanos();
      if (!busy && (slowHead || silent)) {
        context.close();
      }
    }
  }
}
