package dev.runyard.supervisor.workload.docker;

import com.github.dockerjava.api.async.ResultCallback;
import com.github.dockerjava.api.model.Event;
import com.github.dockerjava.api.model.EventActor;
import com.github.dockerjava.api.model.EventType;
import dev.runyard.supervisor.pace.Pacer;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Hears of the ends of this supervisor's containers by the engine's events.
///
/// Events are fast but can be missed: while the stream is down, and in the moment of its start. So every start of the
/// stream, and a slow clock besides, ask for a comparison with the list of containers.
final class ContainerWatch implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(ContainerWatch.class);
    private static final Duration RECONNECT_PAUSE = Duration.ofMillis(500);

    /// Who acts on what is heard.
    interface Hearer {
        /// A container died or was removed.
        void changed(String runner);

        /// A process in a container was killed for its use of memory.
        void ranOutOfMemory(String runner);

        /// Anything may have happened.
        void compare();
    }

    private final DockerConnection docker;
    private final Pacer pacer = Pacer.real();
    private final String supervisor;
    private final Hearer hearer;
    private final Duration reconcileInterval;
    private volatile boolean closed;
    private final Thread listening;
    private final Thread comparing;

    ContainerWatch(DockerConnection docker, String supervisor, Duration reconcileInterval, Hearer hearer) {
        this.docker = docker;
        this.supervisor = supervisor;
        this.reconcileInterval = reconcileInterval;
        this.hearer = hearer;
        this.listening = Thread.ofVirtual().name("docker-events").unstarted(this::listen);
        this.comparing = Thread.ofVirtual().name("docker-reconcile").unstarted(this::compareByClock);
    }

    void start() {
        listening.start();
        comparing.start();
    }

    @Override
    public void close() {
        closed = true;
        listening.interrupt();
        comparing.interrupt();
    }

    private void listen() {
        while (!closed) {
            try (Stream stream = new Stream()) {
                docker.streams()
                        .eventsCmd()
                        .withEventTypeFilter(EventType.CONTAINER)
                        .withEventFilter("die", "oom", "destroy")
                        .withLabelFilter(Map.of(Labels.SUPERVISOR, supervisor))
                        .exec(stream);
                stream.awaitStarted();
                compareQuietly();
                stream.awaitCompletion();
                if (!closed) {
                    log.warn("the stream of container events ended and will be opened again");
                }
            } catch (InterruptedException e) {
                return;
            } catch (RuntimeException | IOException e) {
                log.warn("no container events from the Docker engine: {}", Messages.of(new IllegalStateException(e)));
            }
            if (!pause(RECONNECT_PAUSE)) {
                return;
            }
            // The stream may take long to come back; until then the list is all there is.
            compareQuietly();
        }
    }

    private void compareByClock() {
        while (!closed && pause(reconcileInterval)) {
            compareQuietly();
        }
    }

    private void compareQuietly() {
        try {
            hearer.compare();
        } catch (RuntimeException e) {
            if (!closed) {
                log.warn("cannot list containers: {}", Messages.of(e));
            }
        }
    }

    private boolean pause(Duration time) {
        try {
            pacer.pause(time);
            return true;
        } catch (InterruptedException e) {
            return false;
        }
    }

    private final class Stream extends ResultCallback.Adapter<Event> {
        @Override
        public void onNext(Event event) {
            EventActor actor = event.getActor();
            if (actor == null || actor.getAttributes() == null) {
                return;
            }
            String runner = Labels.runner(actor.getAttributes());
            if ("oom".equals(event.getAction())) {
                hearer.ranOutOfMemory(runner);
            } else {
                hearer.changed(runner);
            }
        }
    }
}
