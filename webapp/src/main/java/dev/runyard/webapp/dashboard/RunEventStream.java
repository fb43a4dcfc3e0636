package dev.runyard.webapp.dashboard;

import dev.runyard.engine.change.RunChanged;
import dev.runyard.protocol.id.RunId;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/// One browser's stream of changes.
///
/// Changes of one run that arrive while the browser is slow become one event, the newest: what waits is
/// bounded by the number of runs, and a browser that still falls behind is dropped. It connects again by
/// itself and reads afresh.
final class RunEventStream {
    private static final int MAX_WAITING = 1_000;
    private static final Duration PING = Duration.ofSeconds(15);
    private static final Duration LOG_CHECK = Duration.ofSeconds(2);

    private final SseEmitter emitter;
    private final Function<RunChanged, Optional<RunChangedEvent>> describe;
    private final @Nullable RunId onlyRun;
    private final @Nullable LongSupplier newestLine;
    private final Map<RunId, RunChanged> waiting = new LinkedHashMap<>();
    private long toldLine;
    private boolean hasNews;
    private boolean isClosed;

    private RunEventStream(
            SseEmitter emitter,
            Function<RunChanged, Optional<RunChangedEvent>> describe,
            @Nullable RunId onlyRun,
            @Nullable LongSupplier newestLine) {
        this.emitter = emitter;
        this.describe = describe;
        this.onlyRun = onlyRun;
        this.newestLine = newestLine;
    }

    /// Makes a stream of every run of an environment.
    static RunEventStream ofAll(SseEmitter emitter, Function<RunChanged, Optional<RunChangedEvent>> describe) {
        return new RunEventStream(emitter, describe, null, null);
    }

    /// Makes a stream of one run with its lines.
    static RunEventStream ofOne(
            SseEmitter emitter,
            Function<RunChanged, Optional<RunChangedEvent>> describe,
            RunId run,
            LongSupplier newestLine) {
        return new RunEventStream(emitter, describe, run, newestLine);
    }

    synchronized void changed(RunChanged change) {
        if (isClosed || (onlyRun != null && !onlyRun.equals(change.runId()))) {
            return;
        }
        waiting.merge(change.runId(), change, (known, news) -> news.version() < known.version() ? known : news);
        if (waiting.size() > MAX_WAITING) {
            isClosed = true;
        }
        hasNews = true;
        notifyAll();
    }

    /// Notes that lines of the run arrived.
    synchronized void linesArrived() {
        hasNews = true;
        notifyAll();
    }

    synchronized void close() {
        isClosed = true;
        notifyAll();
    }

    /// Writes until the browser leaves, falls behind, or [#close()] is called.
    void run() {
        try {
            emitter.send(SseEmitter.event().name("ping").data("{}", MediaType.APPLICATION_JSON));
            long lastSent = System.nanoTime();
            while (awaitNews()) {
                boolean sent = sendWaiting();
                long now = System.nanoTime();
                if (!sent && now - lastSent >= PING.toNanos()) {
                    emitter.send(SseEmitter.event().name("ping").data("{}", MediaType.APPLICATION_JSON));
                    sent = true;
                }
                lastSent = sent ? now : lastSent;
            }
            emitter.complete();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            emitter.complete();
        } catch (IOException | RuntimeException e) {
            emitter.completeWithError(e);
        }
    }

    private synchronized boolean awaitNews() throws InterruptedException {
        Duration patience = newestLine == null ? PING : LOG_CHECK;
        if (!hasNews && !isClosed) {
            wait(patience.toMillis());
        }
        hasNews = false;
        return !isClosed;
    }

    private boolean sendWaiting() throws IOException {
        List<RunChanged> changes = take();
        boolean sent = false;
        for (RunChanged change : changes) {
            Optional<RunChangedEvent> event = describe.apply(change);
            if (event.isPresent()) {
                emitter.send(SseEmitter.event().name("run").data(event.get(), MediaType.APPLICATION_JSON));
                sent = true;
            }
        }
        return sendLines() || sent;
    }

    private synchronized List<RunChanged> take() {
        List<RunChanged> changes = new ArrayList<>(waiting.values());
        waiting.clear();
        return changes;
    }

    private boolean sendLines() throws IOException {
        long newest = newestLine == null ? 0 : newestLine.getAsLong();
        if (newest <= toldLine) {
            return false;
        }
        toldLine = newest;
        emitter.send(SseEmitter.event().name("log").data(new LogArrivedEvent(newest), MediaType.APPLICATION_JSON));
        return true;
    }
}
