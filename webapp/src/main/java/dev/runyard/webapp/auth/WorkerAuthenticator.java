package dev.runyard.webapp.auth;

import dev.runyard.webapp.tenant.WorkerGroups;
import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// Tells which supervisor makes a request.
@Component
public class WorkerAuthenticator {
    private static final String INSTANCE_NAME = "x-trigger-worker-instance-name";
    private static final String MANAGED_SECRET = "x-trigger-worker-managed-secret";
    private static final int MAX_NAME = 256;

    private final WorkerGroups groups;
    private final AuthProperties properties;

    WorkerAuthenticator(WorkerGroups groups, AuthProperties properties) {
        this.groups = groups;
        this.properties = properties;
    }

    /// Returns the supervisor; empty where its token is unknown or its name is missing.
    public Optional<WorkerIdentity> authenticate(HttpServletRequest request) {
        String name = request.getHeader(INSTANCE_NAME);
        if (name == null || name.isBlank() || name.length() > MAX_NAME || !hasManagedSecret(request)) {
            return Optional.empty();
        }
        return Bearer.read(request)
                .flatMap(groups::findByToken)
                .map(group -> new WorkerIdentity(group.name(), group.workerQueue(), name.strip()));
    }

    private boolean hasManagedSecret(HttpServletRequest request) {
        return properties.managedWorkerSecret() == null
                || isEqual(properties.managedWorkerSecret().value(), request.getHeader(MANAGED_SECRET));
    }

    private static boolean isEqual(String expected, @Nullable String actual) {
        return actual != null
                && MessageDigest.isEqual(
                        expected.getBytes(StandardCharsets.UTF_8), actual.getBytes(StandardCharsets.UTF_8));
    }
}
