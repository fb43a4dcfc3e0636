package dev.runyard.webapp.control;

import dev.runyard.webapp.access.Credential;
import dev.runyard.webapp.access.Permit;
import dev.runyard.webapp.api.shared.ApiException;
import dev.runyard.webapp.api.shared.JsonBody;
import dev.runyard.webapp.session.SignedInUser;
import dev.runyard.webapp.tenant.AuditLog;
import dev.runyard.webapp.tenant.Memberships;
import dev.runyard.webapp.tenant.Person;
import dev.runyard.webapp.tenant.Role;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/// Members of an organization, and what they did.
@RestController
@Permit(to = Credential.SESSION)
@RequestMapping("/api/dashboard/v1/organizations/{organization}")
class MemberController {
    private static final int MAX_BODY = 4_096;
    private static final int MAX_PAGE = 200;

    private final Memberships memberships;
    private final AuditLog log;
    private final SignedInAccess access;
    private final JsonBody bodies;

    MemberController(Memberships memberships, AuditLog log, SignedInAccess access, JsonBody bodies) {
        this.memberships = memberships;
        this.log = log;
        this.access = access;
        this.bodies = bodies;
    }

    /// @param id of the person
    record MemberItem(UUID id, String email, String name, Role role) {}

    record MemberList(List<MemberItem> data) {}

    record AuditPage(List<AuditLog.Listed> data) {}

    /// @param email of somebody who has signed in before
    /// @param role what they may do
    record MemberRequest(@Nullable String email, @Nullable Role role) {}

    @GetMapping("/members")
    MemberList list(@AuthenticationPrincipal SignedInUser user, @PathVariable String organization) {
        return new MemberList(memberships.list(access.organization(user, organization, Role.VIEWER)).stream()
                .map(one -> new MemberItem(
                        one.person().id(), one.person().email(), one.person().name(), one.role()))
                .toList());
    }

    /// Gives somebody a role. Nobody gives more than they have, and nobody changes who has more.
    @PutMapping("/members")
    ResponseEntity<Void> put(
            @AuthenticationPrincipal SignedInUser user, @PathVariable String organization, HttpServletRequest request)
            throws IOException {
        UUID id = access.organization(user, organization, Role.ADMIN);
        MemberRequest body = bodies.read(request, MAX_BODY, MemberRequest.class);
        if (body.role() == null) {
            throw ApiException.invalidBody("role", "must be OWNER, ADMIN, DEVELOPER or VIEWER");
        }
        Person person = memberships
                .person(Objects.requireNonNullElse(body.email(), ""))
                .orElseThrow(() -> ApiException.invalidBody("email", "must be that of somebody who signed in before"));
        Role mine = access.role(user, id);
        Role theirs = memberships.role(person.id(), id).orElse(Role.VIEWER);
        if (!mine.includes(body.role()) || !mine.includes(theirs)) {
            throw ApiException.of(HttpStatus.FORBIDDEN, "Nobody changes or gives a role above their own.");
        }
        if (theirs == Role.OWNER && body.role() != Role.OWNER && isLastOwner(id, person.id())) {
            throw ApiException.unprocessable("An organization needs an owner. Make somebody else owner first.");
        }
        memberships.join(person.id(), id, body.role());
        access.note(user, request, new SignedInAccess.Done(id, null, "member.role." + body.role(), person.email()));
        return ResponseEntity.noContent().build();
    }

    @DeleteMapping("/members/{member}")
    ResponseEntity<Void> remove(
            @AuthenticationPrincipal SignedInUser user,
            @PathVariable String organization,
            @PathVariable String member,
            HttpServletRequest request) {
        UUID leaving = SignedInAccess.uuid("member", member);
        UUID id = access.organization(user, organization, leaving.equals(user.id()) ? Role.VIEWER : Role.ADMIN);
        Role theirs = memberships.role(leaving, id).orElseThrow(() -> SignedInAccess.unknown("member"));
        if (!access.role(user, id).includes(theirs)) {
            throw ApiException.of(HttpStatus.FORBIDDEN, "Nobody removes a member whose role is above their own.");
        }
        if (!memberships.leave(leaving, id)) {
            throw ApiException.unprocessable("An organization needs an owner. Make somebody else owner first.");
        }
        access.note(user, request, new SignedInAccess.Done(id, null, "member.remove", member));
        return ResponseEntity.noContent().build();
    }

    @GetMapping("/audit")
    AuditPage audit(
            @AuthenticationPrincipal SignedInUser user,
            @PathVariable String organization,
            @RequestParam(required = false) @Nullable UUID before,
            @RequestParam(defaultValue = "50") int limit) {
        UUID id = access.organization(user, organization, Role.ADMIN);
        return new AuditPage(log.list(id, before, Math.clamp(limit, 1, MAX_PAGE)));
    }

    private boolean isLastOwner(UUID organization, UUID user) {
        return memberships.list(organization).stream()
                .noneMatch(one -> one.role() == Role.OWNER && !one.person().id().equals(user));
    }
}
