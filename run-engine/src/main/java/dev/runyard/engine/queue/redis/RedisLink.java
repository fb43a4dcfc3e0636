package dev.runyard.engine.queue.redis;

import dev.runyard.engine.queue.QueueUnavailableException;
import io.lettuce.core.ClientOptions;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisException;
import io.lettuce.core.RedisURI;
import io.lettuce.core.SocketOptions;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.sync.RedisCommands;
import io.lettuce.core.pubsub.RedisPubSubAdapter;
import io.lettuce.core.pubsub.StatefulRedisPubSubConnection;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The connection to Redis, and whether what Redis holds may be believed.
///
/// Connections never reconnect by themselves: a Redis that came back may have lost writes, so a new
/// connection is used only after its epoch and its process were compared with the database. A call fails at
/// once while that is not so.
public final class RedisLink implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RedisLink.class);
    private static final Duration SHUTDOWN_LIMIT = Duration.ofSeconds(2);
    private static final Pattern RUN_ID = Pattern.compile("(?m)^run_id:(\\w+)");

    private final RedisClient client;
    private final RedisKeys keys;
    private final BiConsumer<String, String> onMessage;
    private volatile @Nullable Connections connections;
    private volatile @Nullable String epoch;

    /// @param uri Redis
    /// @param keys names of the keys
    /// @param timeout longest wait for an answer
    /// @param onMessage told of every message: channel without prefix, text
    public RedisLink(String uri, RedisKeys keys, Duration timeout, BiConsumer<String, String> onMessage) {
        RedisURI redisUri = RedisURI.create(uri);
        redisUri.setTimeout(timeout);
        this.client = RedisClient.create(redisUri);
        this.client.setOptions(ClientOptions.builder()
                .autoReconnect(false)
                .disconnectedBehavior(ClientOptions.DisconnectedBehavior.REJECT_COMMANDS)
                .socketOptions(SocketOptions.builder().connectTimeout(timeout).build())
                .build());
        this.keys = keys;
        this.onMessage = onMessage;
    }

    private record Connections(
            StatefulRedisConnection<String, String> commands,
            StatefulRedisPubSubConnection<String, String> messages,
            String processId) {}

    /// Runs commands under the epoch in force.
    ///
    /// @throws QueueUnavailableException where Redis is away, not trusted, or fails
    public <T> T call(BiFunction<RedisCommands<String, String>, String, T> commands) {
        return use((connection, trusted) -> commands.apply(connection.sync(), trusted));
    }

    /// Sends many commands under the epoch in force before it waits for their answers.
    ///
    /// @throws QueueUnavailableException where Redis is away, not trusted, or fails; some commands may have
    ///     taken effect
    void pipeline(BiConsumer<StatefulRedisConnection<String, String>, String> commands) {
        use((connection, trusted) -> {
            commands.accept(connection, trusted);
            return true;
        });
    }

    private <T> T use(BiFunction<StatefulRedisConnection<String, String>, String, T> commands) {
        Connections open = connections;
        String trusted = epoch;
        if (open == null || trusted == null) {
            throw new QueueUnavailableException("Redis is not in use", null);
        }
        try {
            return commands.apply(open.commands(), trusted);
        } catch (RedisException e) {
            failed(e, open);
            throw new QueueUnavailableException("Redis failed: " + e.getMessage(), e);
        }
    }

    /// Sends a message to every webapp, if Redis is there; a lost message does no harm.
    public void send(String channel, String text) {
        Connections open = connections;
        if (open != null && open.commands().isOpen()) {
            open.commands().async().publish(keys.prefix() + channel, text);
        }
    }

    /// Returns the epoch in force, or nothing where Redis may not be used.
    public String epoch() {
        String trusted = epoch;
        if (trusted == null) {
            throw new QueueUnavailableException("Redis is not in use", null);
        }
        return trusted;
    }

    /// Tells whether there is a connection, trusted or not.
    public boolean isConnected() {
        Connections open = connections;
        return open != null && open.commands().isOpen();
    }

    /// Tells whether Redis is in use.
    public boolean isTrusted() {
        return epoch != null && isConnected();
    }

    /// Stops using Redis until [#trust(String)].
    public void distrust() {
        epoch = null;
    }

    void trust(String newEpoch) {
        epoch = newEpoch;
    }

    /// Opens the connections if there are none; false where Redis does not answer.
    boolean connect() {
        if (isConnected()) {
            return true;
        }
        drop();
        try {
            StatefulRedisConnection<String, String> commands = client.connect();
            StatefulRedisPubSubConnection<String, String> messages = client.connectPubSub();
            messages.addListener(new RedisPubSubAdapter<>() {
                @Override
                public void message(String channel, String text) {
                    onMessage.accept(channel.substring(keys.prefix().length()), text);
                }
            });
            messages.sync().subscribe(keys.wakeChannel(), keys.changeChannel());
            connections = new Connections(commands, messages, processId(commands.sync()));
            return true;
        } catch (RedisException e) {
            LOG.debug("Redis does not answer: {}", e.getMessage());
            drop();
            return false;
        }
    }

    /// Returns the id of the Redis process; another one means a restart that may have lost writes.
    String processId() {
        Connections open = connections;
        return open == null ? "" : open.processId();
    }

    /// Returns the epoch that Redis holds.
    @Nullable
    String storedEpoch() {
        Connections open = connections;
        return open == null ? null : open.commands().sync().hget(keys.state(), "epoch");
    }

    /// Opens a connection for bulk work; the caller closes it.
    StatefulRedisConnection<String, String> bulkConnection() {
        return client.connect();
    }

    private void failed(RedisException e, Connections open) {
        epoch = null;
        if (String.valueOf(e.getMessage()).contains("WRONGEPOCH")) {
            LOG.info("Redis was filled in another epoch, comparing it with the database");
            return;
        }
        LOG.warn("Redis failed, claims come from the database until it is back: {}", e.getMessage());
        open.commands().closeAsync();
        open.messages().closeAsync();
        connections = null;
    }

    private void drop() {
        epoch = null;
        Connections open = connections;
        connections = null;
        if (open != null) {
            open.commands().closeAsync();
            open.messages().closeAsync();
        }
    }

    private static String processId(RedisCommands<String, String> redis) {
        Matcher matcher = RUN_ID.matcher(redis.info("server"));
        return matcher.find() ? matcher.group(1) : "unknown";
    }

    @Override
    public void close() {
        // The client closes its connections itself; closed twice, they would complain.
        epoch = null;
        connections = null;
        try {
            client.shutdownAsync(0, SHUTDOWN_LIMIT.toSeconds(), TimeUnit.SECONDS)
                    .get(SHUTDOWN_LIMIT.toSeconds() + 1, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            // Where a connection was just being made to a server that died, the client waits for it for ever.
            LOG.debug("the Redis client did not end in time", e);
        } catch (ExecutionException e) {
            LOG.debug("the Redis client did not end well", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
