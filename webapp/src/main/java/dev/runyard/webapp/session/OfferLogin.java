package dev.runyard.webapp.session;

import dev.runyard.protocol.id.TimeOrderedIds;
import dev.runyard.webapp.config.AppProperties;
import dev.runyard.webapp.config.BootstrapProperties;
import dev.runyard.webapp.tenant.Memberships;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/// Offers the first user a way in: at every start of a server that sets itself up, a new login link is
/// printed and written to the file that the operator named. Where that is off, nothing secret reaches the
/// log.
@Component
class OfferLogin {
    private static final Logger LOG = LoggerFactory.getLogger(OfferLogin.class);

    private final UserRepository users;
    private final Memberships memberships;
    private final LoginLinkRepository links;
    private final SessionProperties properties;
    private final BootstrapProperties bootstrap;
    private final AppProperties app;
    private final InstantSource clock;

    OfferLogin(
            UserRepository users,
            Memberships memberships,
            LoginLinkRepository links,
            SessionProperties properties,
            BootstrapProperties bootstrap,
            AppProperties app,
            InstantSource clock) {
        this.users = users;
        this.memberships = memberships;
        this.links = links;
        this.properties = properties;
        this.bootstrap = bootstrap;
        this.app = app;
        this.clock = clock;
    }

    @EventListener(ApplicationReadyEvent.class)
    void offer() throws IOException {
        if (!bootstrap.enabled()) {
            return;
        }
        Instant now = clock.instant();
        SignedInUser owner =
                users.findOrCreate(new SignedInUser(new TimeOrderedIds(clock).next(), "owner@localhost", "Owner"), now);
        memberships.ownFirstOrganization(owner.id());
        SecretToken token = SecretToken.random();
        links.save(token, owner.id(), now, now.plus(properties.loginLinkLifetime()));
        String link = app.url() + "/login?token=" + token.text();
        LOG.info(
                "Sign in to the dashboard, once and within {} h: {}",
                properties.loginLinkLifetime().toHours(),
                link);
        write(bootstrap.loginLinkPath(), link);
    }

    /// Replaces the file in one step, readable by its owner alone.
    private static void write(@Nullable Path path, String link) throws IOException {
        if (path == null) {
            return;
        }
        Path folder = path.toAbsolutePath().getParent();
        Files.createDirectories(folder);
        Path draft = Files.createTempFile(
                folder,
                "login-link",
                ".tmp",
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(draft, link + "\n");
        Files.move(draft, path, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    }
}
