package dev.runyard.webapp.control;

import dev.runyard.webapp.access.Credential;
import dev.runyard.webapp.access.Permit;
import dev.runyard.webapp.api.shared.ApiException;
import dev.runyard.webapp.api.shared.JsonBody;
import dev.runyard.webapp.session.SignedInUser;
import dev.runyard.webapp.tenant.OrganizationWorkers;
import dev.runyard.webapp.tenant.Role;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/// Worker groups of an organization, and the tokens of their supervisors.
@RestController
@Permit(to = Credential.SESSION)
@RequestMapping("/api/dashboard/v1/organizations/{organization}/worker-groups")
class WorkerGroupController {
    private static final int MAX_BODY = 4_096;

    /// The name is the worker queue's too. The engine names those of environments with workers of their own itself.
    private static final Pattern NAME = Pattern.compile("(?!environment-)[a-z][a-z0-9-]{0,62}");

    private final OrganizationWorkers workers;
    private final SignedInAccess access;
    private final JsonBody bodies;

    WorkerGroupController(OrganizationWorkers workers, SignedInAccess access, JsonBody bodies) {
        this.workers = workers;
        this.access = access;
        this.bodies = bodies;
    }

    record GroupList(List<OrganizationWorkers.Listed> data) {}

    /// @param name of the group to make
    record GroupRequest(@Nullable String name) {}

    /// @param group whose token it is
    /// @param token itself, which nobody can read again
    record MadeToken(UUID group, UUID id, String token) {
        static MadeToken of(OrganizationWorkers.Made made) {
            return new MadeToken(made.group(), made.id(), made.token().value());
        }
    }

    @GetMapping
    GroupList list(@AuthenticationPrincipal SignedInUser user, @PathVariable String organization) {
        return new GroupList(workers.list(access.organization(user, organization, Role.ADMIN)));
    }

    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    MadeToken create(
            @AuthenticationPrincipal SignedInUser user, @PathVariable String organization, HttpServletRequest request)
            throws IOException {
        UUID id = access.organization(user, organization, Role.ADMIN);
        String name = sound(bodies.read(request, MAX_BODY, GroupRequest.class));
        MadeToken made = workers.create(id, name)
                .map(MadeToken::of)
                .orElseThrow(() -> ApiException.invalidBody("name", "is taken by another group"));
        access.note(user, request, new SignedInAccess.Done(id, null, "worker-group.create", name));
        return made;
    }

    @DeleteMapping("/{group}")
    ResponseEntity<Void> remove(
            @AuthenticationPrincipal SignedInUser user,
            @PathVariable String organization,
            @PathVariable String group,
            HttpServletRequest request) {
        UUID id = access.organization(user, organization, Role.ADMIN);
        return switch (workers.remove(id, SignedInAccess.uuid("group", group))) {
            case UNKNOWN -> throw SignedInAccess.unknown("group");
            case IN_USE ->
                throw ApiException.unprocessable(
                        "Environments give this group their runs. Give them to another group first.");
            case DONE -> {
                access.note(user, request, new SignedInAccess.Done(id, null, "worker-group.remove", group));
                yield ResponseEntity.noContent().build();
            }
        };
    }

    @PostMapping("/{group}/tokens")
    @ResponseStatus(HttpStatus.CREATED)
    MadeToken issue(
            @AuthenticationPrincipal SignedInUser user,
            @PathVariable String organization,
            @PathVariable String group,
            HttpServletRequest request) {
        UUID id = access.organization(user, organization, Role.ADMIN);
        MadeToken made = workers.issue(id, SignedInAccess.uuid("group", group))
                .map(MadeToken::of)
                .orElseThrow(() -> SignedInAccess.unknown("group"));
        access.note(
                user,
                request,
                new SignedInAccess.Done(
                        id, null, "worker-token.create", made.id().toString()));
        return made;
    }

    @DeleteMapping("/{group}/tokens/{token}")
    ResponseEntity<Void> revoke(
            @AuthenticationPrincipal SignedInUser user,
            @PathVariable String organization,
            @PathVariable String group,
            @PathVariable String token,
            HttpServletRequest request) {
        UUID id = access.organization(user, organization, Role.ADMIN);
        if (!workers.revoke(id, SignedInAccess.uuid("group", group), SignedInAccess.uuid("token", token))) {
            throw SignedInAccess.unknown("token");
        }
        access.note(user, request, new SignedInAccess.Done(id, null, "worker-token.revoke", token));
        return ResponseEntity.noContent().build();
    }

    private static String sound(GroupRequest request) {
        String name = Objects.requireNonNullElse(request.name(), "").strip();
        if (!NAME.matcher(name).matches()) {
            throw ApiException.invalidBody(
                    "name",
                    "must have 1 to 63 small letters, digits and hyphens, begin with a letter and not with"
                            + " \"environment-\"");
        }
        return name;
    }
}
