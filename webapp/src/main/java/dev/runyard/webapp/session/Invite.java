package dev.runyard.webapp.session;

import dev.runyard.protocol.id.TimeOrderedIds;
import dev.runyard.webapp.config.AppProperties;
import dev.runyard.webapp.tenant.Memberships;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Component;

/// Gives somebody an account, and a link to sign in with for the first time. Whoever has signed in before,
/// or belongs to another organization, gets no link: it would let those who invite into an account that is
/// not theirs.
@Component
public class Invite {
    private final UserRepository users;
    private final Memberships memberships;
    private final LoginLinkRepository links;
    private final SessionProperties properties;
    private final AppProperties app;
    private final InstantSource clock;

    Invite(
            UserRepository users,
            Memberships memberships,
            LoginLinkRepository links,
            SessionProperties properties,
            AppProperties app,
            InstantSource clock) {
        this.users = users;
        this.memberships = memberships;
        this.links = links;
        this.properties = properties;
        this.app = app;
        this.clock = clock;
    }

    /// @param user who was invited
    /// @param link to sign in with, where they never have
    public record Invited(UUID user, Optional<Link> link) {}

    /// @param url works once
    /// @param expiresAt until when
    public record Link(String url, Instant expiresAt) {
        @Override
        public String toString() {
            return "Link[***]";
        }
    }

    /// Invites somebody by their address to an organization.
    public Invited invite(String email, UUID organization) {
        Instant now = clock.instant();
        SignedInUser user = users.findOrCreate(new SignedInUser(new TimeOrderedIds(clock).next(), email, ""), now);
        boolean isElsewhere = memberships.organizations(user.id()).stream()
                .anyMatch(one -> !one.id().equals(organization));
        if (isElsewhere || users.hasSignedIn(user.id())) {
            return new Invited(user.id(), Optional.empty());
        }
        SecretToken token = SecretToken.random();
        Instant expiresAt = now.plus(properties.invitationLifetime());
        links.save(token, user.id(), now, expiresAt);
        return new Invited(user.id(), Optional.of(new Link(app.url() + "/login?token=" + token.text(), expiresAt)));
    }
}
