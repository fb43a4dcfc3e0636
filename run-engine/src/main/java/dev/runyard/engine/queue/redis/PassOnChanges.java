package dev.runyard.engine.queue.redis;

import dev.runyard.engine.change.RunChanged;
import dev.runyard.protocol.id.EnvironmentId;
import dev.runyard.protocol.id.RunId;
import dev.runyard.protocol.run.RunStatus;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Passes hints of changed runs between webapps through Redis, many in one message.
public final class PassOnChanges {
    private static final Logger LOG = LoggerFactory.getLogger(PassOnChanges.class);
    private static final int PER_MESSAGE = 500;

    private final String self = UUID.randomUUID().toString();
    private final ConcurrentLinkedQueue<RunChanged> waiting = new ConcurrentLinkedQueue<>();
    private final RedisLink link;

    public PassOnChanges(RedisLink link) {
        this.link = link;
    }

    /// Remembers a change for the next message.
    public void add(RunChanged change) {
        waiting.add(change);
    }

    /// Sends what is waiting.
    public void flush() {
        while (!waiting.isEmpty()) {
            StringBuilder text = new StringBuilder(self);
            RunChanged change;
            for (int i = 0; i < PER_MESSAGE && (change = waiting.poll()) != null; i++) {
                text.append('\n').append(change.environmentId()).append(' ').append(change.runId());
                text.append(' ').append(change.version()).append(' ').append(change.status());
            }
            link.send("changes", text.toString());
        }
    }

    /// Reads a message and hands on what other processes said.
    public void receive(String message, Consumer<RunChanged> listener) {
        String[] lines = message.split("\n");
        if (lines[0].equals(self)) {
            return;
        }
        for (int i = 1; i < lines.length; i++) {
            String[] parts = lines[i].split(" ");
            try {
                listener.accept(new RunChanged(
                        EnvironmentId.parse(parts[0]),
                        RunId.parse(parts[1]),
                        Integer.parseInt(parts[2]),
                        RunStatus.valueOf(parts[3])));
            } catch (IllegalArgumentException | ArrayIndexOutOfBoundsException e) {
                LOG.debug("not a change: {}", lines[i]);
            }
        }
    }
}
