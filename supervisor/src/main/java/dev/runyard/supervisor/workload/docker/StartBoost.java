package dev.runyard.supervisor.workload.docker;

import com.github.dockerjava.api.exception.ConflictException;
import com.github.dockerjava.api.exception.NotFoundException;
import dev.runyard.protocol.worker.MachineSize;
import dev.runyard.supervisor.config.DockerProperties;
import dev.runyard.supervisor.workload.Workload;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// More processor time than its size has, for a container whose attempt has not begun.
///
/// A JVM needs half a second of a processor until it can execute a task. On a machine size of half a processor that is
/// a second, and on a smaller one two, in which nothing of the task happens.
final class StartBoost {
    private static final Logger log = LoggerFactory.getLogger(StartBoost.class);
    private static final double NANOS = 1e9;

    private final DockerConnection docker;
    private final DockerProperties properties;
    private final IntSupplier processors;

    /// What containers may have from their attempt on.
    private final Map<String, Long> afterStart = new ConcurrentHashMap<>();

    /// Containers of these whose attempt began, but which the engine did not limit yet.
    private final Set<String> late = ConcurrentHashMap.newKeySet();

    /// @param processors how many the engine has
    StartBoost(DockerConnection docker, DockerProperties properties, IntSupplier processors) {
        this.docker = docker;
        this.properties = properties;
        this.processors = processors;
    }

    /// Returns the billionths of a processor that a new container of a size has until its attempt begins.
    long begin(String runner, MachineSize size) {
        long own = nanos(size.cpu());
        long atStart = nanos(Math.max(size.cpu(), properties.startCpu()));
        if (atStart > own) {
            afterStart.put(runner, own);
        }
        return atStart;
    }

    /// Takes note of a container that an earlier supervisor started, and whose attempt may have begun since.
    void endUnknown(Workload workload) {
        if (properties.enforceMachinePresets()) {
            begin(workload.runner(), MachineSize.of(workload.machine()));
            end(workload.runner());
        }
    }

    /// Limits a container to what its size has. Where the engine refuses, [#tryAgain] comes back to it.
    void end(String runner) {
        Long nanos = afterStart.get(runner);
        if (nanos != null) {
            limit(runner, nanos);
        }
    }

    void tryAgain() {
        Set.copyOf(late).forEach(this::end);
    }

    void forget(String runner) {
        afterStart.remove(runner);
        late.remove(runner);
    }

    private void limit(String runner, long nanos) {
        try {
            docker.commands().updateContainerCmd(runner).withNanoCPUs(nanos).exec();
            forget(runner);
        } catch (NotFoundException | ConflictException e) {
            forget(runner);
            log.debug("{} has ended", runner);
        } catch (RuntimeException e) {
            if (late.add(runner)) {
                log.warn("cannot limit the processors of {} yet: {}", runner, Messages.of(e));
            }
        }
    }

    /// An engine refuses a limit above what it has, where a smaller machine only makes the task slower.
    private long nanos(double cpu) {
        return Math.round(Math.min(cpu, processors.getAsInt()) * NANOS);
    }
}
