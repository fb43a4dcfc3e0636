package dev.runyard.webapp.dashboard;

import dev.runyard.engine.change.RunChanged;
import dev.runyard.protocol.id.RunId;
import dev.runyard.webapp.telemetry.TelemetryQueries.Newest;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
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
    private final @Nullable Supplier<Newest> newest;
    private final Map<RunId, RunChanged> waiting = new LinkedHashMap<>();
    private Newest told = new Newest(0, 0);
    private boolean hasNews;
    private boolean isClosed;

    private RunEventStream(
            SseEmitter emitter,
            Function<RunChanged, Optional<RunChangedEvent>> describe,
            @Nullable RunId onlyRun,
            @Nullable Supplier<Newest> newest) {
        this.emitter = emitter;
        this.describe = describe;
        this.onlyRun = onlyRun;
        this.newest = newest;
    }

    /// Makes a stream of every run of an environment.
    static RunEventStream ofAll(SseEmitter emitter, Function<RunChanged, Optional<RunChangedEvent>> describe) {
        return new RunEventStream(emitter, describe, null, null);
    }

    /// Makes a stream of one run with its lines and spans.
    static RunEventStream ofOne(
            SseEmitter emitter,
            Function<RunChanged, Optional<RunChangedEvent>> describe,
            RunId run,
            Supplier<Newest> newest) {
        return new RunEventStream(emitter, describe, run, newest);
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

    /// Notes that lines or spans of the run arrived.
    synchronized void telemetryArrived() {
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
        Duration patience = newest == null ? PING : LOG_CHECK;
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
        return sendTelemetry() || sent;
    }

    private synchronized List<RunChanged> take() {
        List<RunChanged> changes = new ArrayList<>(waiting.values());
        waiting.clear();
        return changes;
    }

    private boolean sendTelemetry() throws IOException {
        if (newest == null) {
            return false;
        }
        Newest now = newest.get();
        Newest before = told;
        told = now;
        if (now.line() > before.line()) {
            emitter.send(
                    SseEmitter.event().name("log").data(new LogArrivedEvent(now.line()), MediaType.APPLICATION_JSON));
        }
        if (now.spanChange() > before.spanChange()) {
            SpanArrivedEvent event = new SpanArrivedEvent(now.spanChange());
            emitter.send(SseEmitter.event().name("span").data(event, MediaType.APPLICATION_JSON));
        }
        return !now.equals(before);
    }
}
