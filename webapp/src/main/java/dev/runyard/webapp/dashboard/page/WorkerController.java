package dev.runyard.webapp.dashboard.page;

import dev.runyard.webapp.access.Credential;
import dev.runyard.webapp.access.Permit;
import dev.runyard.webapp.session.SignedInUser;
import dev.runyard.webapp.tenant.Memberships;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/// The supervisors that serve this installation. Of their runs, people count only those that they may see.
@RestController
@Permit(to = Credential.SESSION)
class WorkerController {
    private static final Duration MEMORY = Duration.ofDays(1);

    private final WorkerQueries queries;
    private final Memberships memberships;
    private final InstantSource clock;

    WorkerController(WorkerQueries queries, Memberships memberships, InstantSource clock) {
        this.queries = queries;
        this.memberships = memberships;
        this.clock = clock;
    }

    record WorkerList(List<WorkerQueries.WorkerItem> data) {}

    @GetMapping("/api/dashboard/v1/workers")
    WorkerList list(@AuthenticationPrincipal SignedInUser user) {
        return new WorkerList(queries.seenSince(
                clock.instant().minus(MEMORY),
                memberships.environments(user.id()).stream()
                        .map(one -> one.id().value())
                        .toList()));
    }
}
