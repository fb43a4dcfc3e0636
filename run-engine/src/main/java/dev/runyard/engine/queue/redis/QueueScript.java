package dev.runyard.engine.queue.redis;

import dev.runyard.engine.store.Resources;
import io.lettuce.core.LettuceFutures;
import io.lettuce.core.RedisFuture;
import io.lettuce.core.RedisNoScriptException;
import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.sync.RedisScriptingCommands;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// A Lua script of the queue with the library in front of it, called by its hash.
record QueueScript(String source, String sha) {
    private static final String LIBRARY = Resources.text("/lua/queue/library.lua");

    static QueueScript load(String name) {
        String source = LIBRARY + Resources.text("/lua/queue/" + name + ".lua");
        try {
            byte[] hash = MessageDigest.getInstance("SHA-1").digest(source.getBytes(StandardCharsets.UTF_8));
            return new QueueScript(source, HexFormat.of().formatHex(hash));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-1", e);
        }
    }

    <T> T run(RedisScriptingCommands<String, String> redis, ScriptOutputType type, String[] keys, String... args) {
        try {
            return redis.evalsha(sha, type, keys, args);
        } catch (RedisNoScriptException e) {
            return redis.eval(source, type, keys, args);
        }
    }

    /// Runs the script once for each list of arguments, without waiting for an answer before the next call.
    /// The calls take effect in their order.
    ///
    /// @throws io.lettuce.core.RedisException the first failure, after all calls were sent
    void runAll(StatefulRedisConnection<String, String> connection, String[] keys, List<String[]> calls) {
        List<RedisFuture<Long>> answers = calls.stream()
                .map(args -> connection.async().<Long>evalsha(sha, ScriptOutputType.INTEGER, keys, args))
                .toList();
        long patience = connection.getTimeout().toMillis();
        for (int i = 0; i < calls.size(); i++) {
            try {
                LettuceFutures.awaitOrCancel(answers.get(i), patience, TimeUnit.MILLISECONDS);
            } catch (RedisNoScriptException e) {
                connection.sync().<Long>eval(source, ScriptOutputType.INTEGER, keys, calls.get(i));
            }
        }
    }
}
