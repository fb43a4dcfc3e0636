package dev.runyard.webapp.control;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.runyard.webapp.access.Credential;
import dev.runyard.webapp.access.Permit;
import dev.runyard.webapp.api.shared.ApiException;
import dev.runyard.webapp.api.shared.JsonBody;
import dev.runyard.webapp.session.Invite;
import dev.runyard.webapp.session.SignedInUser;
import dev.runyard.webapp.tenant.Memberships;
import dev.runyard.webapp.tenant.Role;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.time.Instant;
import java.util.Locale;
import java.util.Objects;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/// Invites people to an organization. Without a mail server, whoever invites passes the link on.
@RestController
@Permit(to = Credential.SESSION)
class InvitationController {
    private static final int MAX_BODY = 4_096;
    private static final int LONGEST_ADDRESS = 254;
    private static final Pattern ADDRESS = Pattern.compile("[^@\\s\\p{Cntrl}]+@[^@\\s\\p{Cntrl}]+");

    private final Invite invite;
    private final Memberships memberships;
    private final SignedInAccess access;
    private final JsonBody bodies;

    InvitationController(Invite invite, Memberships memberships, SignedInAccess access, JsonBody bodies) {
        this.invite = invite;
        this.memberships = memberships;
        this.access = access;
        this.bodies = bodies;
    }

    /// @param email whom
    /// @param role what they will be allowed
    record InvitationRequest(
            @Nullable String email, @Nullable Role role) {}

    /// @param link signs in once; absent for those who have an account of their own
    /// @param expiresAt until when it does
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Invitation(
            UUID id, @Nullable String link, @Nullable Instant expiresAt) {}

    @PostMapping("/api/dashboard/v1/organizations/{organization}/invitations")
    @ResponseStatus(HttpStatus.CREATED)
    Invitation create(
            @AuthenticationPrincipal SignedInUser user, @PathVariable String organization, HttpServletRequest request)
            throws IOException {
        UUID id = access.organization(user, organization, Role.ADMIN);
        InvitationRequest body = bodies.read(request, MAX_BODY, InvitationRequest.class);
        String email = Objects.requireNonNullElse(body.email(), "").strip().toLowerCase(Locale.ROOT);
        if (email.length() > LONGEST_ADDRESS || !ADDRESS.matcher(email).matches()) {
            throw ApiException.invalidBody("email", "must be an e-mail address");
        }
        if (body.role() == null) {
            throw ApiException.invalidBody("role", "must be OWNER, ADMIN, DEVELOPER or VIEWER");
        }
        if (!access.role(user, id).includes(body.role())) {
            throw ApiException.of(HttpStatus.FORBIDDEN, "Nobody gives a role above their own.");
        }
        Invite.Invited invited = invite.invite(email, id);
        if (memberships.role(invited.user(), id).isEmpty()) {
            memberships.join(invited.user(), id, body.role());
        }
        access.note(user, request, new SignedInAccess.Done(id, null, "member.invite." + body.role(), email));
        return new Invitation(
                invited.user(),
                invited.link().map(Invite.Link::url).orElse(null),
                invited.link().map(Invite.Link::expiresAt).orElse(null));
    }
}
