package dev.runyard.webapp.worker;

import dev.runyard.webapp.deployment.WorkloadKinds;
import java.time.Duration;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/// What the supervisors that called lately said to start.
@Component
class KindsOfSupervisors implements WorkloadKinds {
    private static final Duration LATELY = Duration.ofMinutes(2);

    private final Supervisors supervisors;

    KindsOfSupervisors(Supervisors supervisors) {
        this.supervisors = supervisors;
    }

    @Override
    public Set<String> inUse() {
        return supervisors.seenWithin(LATELY).stream()
                .flatMap(supervisor -> Stream.ofNullable(supervisor.workloadManager()))
                .collect(Collectors.toUnmodifiableSet());
    }
}
