package dev.runyard.webapp.security;

import dev.runyard.protocol.id.RunId;
import dev.runyard.webapp.auth.PublicTokens;
import dev.runyard.webapp.auth.RunIdentity;
import dev.runyard.webapp.auth.RunTokens;
import dev.runyard.webapp.session.Browser;
import dev.runyard.webapp.tenant.EnvironmentType;
import dev.runyard.webapp.tenant.KeyRing;
import dev.runyard.webapp.tenant.Memberships;
import dev.runyard.webapp.tenant.OrganizationTokens;
import dev.runyard.webapp.tenant.PersonalTokens;
import dev.runyard.webapp.tenant.Projects;
import dev.runyard.webapp.tenant.Role;
import dev.runyard.webapp.tenant.TenantEnvironment;
import dev.runyard.webapp.testing.Http;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationContext;

/// Every kind of credential that a request may carry, of a project of their own.
final class Callers {
    private final ApplicationContext server;
    private final Http anonymous;
    private final String workerToken;
    private final UUID owner;
    private final Projects.Listed project;
    private final TenantEnvironment prod;
    private final TenantEnvironment staging;

    Callers(ApplicationContext server, Http anonymous, String workerToken) {
        this.server = server;
        this.anonymous = anonymous;
        this.workerToken = workerToken;
        Browser.signIn(server, anonymous);
        Memberships memberships = server.getBean(Memberships.class);
        this.owner = memberships.person("ann@example.com").orElseThrow().id();
        Projects projects = server.getBean(Projects.class);
        UUID organization = projects.createOrganization("Matrix").id();
        memberships.join(owner, organization, Role.OWNER);
        this.project = projects.create(organization, "matrix");
        this.prod =
                projects.environment(project.id(), EnvironmentType.PRODUCTION).orElseThrow();
        this.staging =
                projects.environment(project.id(), EnvironmentType.STAGING).orElseThrow();
    }

    /// What the server must make of a credential.
    enum Kind {
        KEY,
        LIMITED_KEY,
        PUBLIC_TOKEN,
        EMPTY_PUBLIC_TOKEN,
        PERSONAL_TOKEN,
        ORGANIZATION_TOKEN,
        WORKER,
        RUN,
        SESSION,
        NOTHING
    }

    /// @param name for messages
    /// @param kind what it is
    /// @param http a caller with it
    record Caller(String name, Kind kind, Http http) {
        @Override
        public String toString() {
            return name;
        }
    }

    Projects.Listed project() {
        return project;
    }

    TenantEnvironment prod() {
        return prod;
    }

    List<Caller> all() {
        List<Caller> all = new ArrayList<>();
        all.addAll(unknown());
        all.addAll(keys());
        all.addAll(publicTokens());
        all.addAll(others());
        return all;
    }

    private List<Caller> unknown() {
        return List.of(
                new Caller("nothing", Kind.NOTHING, anonymous),
                nothing("garbage", "Bearer garbage"),
                nothing("basic", "Basic dXNlcjpwYXNz"),
                nothing("an empty bearer", "Bearer "),
                nothing("an unknown key", "Bearer tr_prod_000000000000000000000000"),
                nothing("a public key of old", "Bearer pk_prod_0000000000000000"),
                nothing("an unknown organization token", "Bearer tr_oat_0000000000000000"),
                nothing("a user-actor token", "Bearer tr_uat_e30.e30.e30"),
                nothing("an unknown personal token", "Bearer tr_pat_1111111111111111111111111111111111111111"),
                nothing(
                        "a key with something behind",
                        "Bearer " + prod.secretKey().value() + "x"),
                nothing("a garbled token", "Bearer a.b.c"));
    }

    private List<Caller> keys() {
        KeyRing ring = server.getBean(KeyRing.class);
        Projects projects = server.getBean(Projects.class);
        TenantEnvironment preview =
                projects.environment(project.id(), EnvironmentType.PREVIEW).orElseThrow();
        TenantEnvironment own = projects.ownEnvironment(project.id(), owner);
        projects.branch(preview, "main");
        String graceful =
                projects.create(project.organization().id(), "graceful").ref();
        TenantEnvironment rotated = rotatedEnvironment(graceful);
        ring.rotate(rotated.id(), Duration.ofHours(1));
        TenantEnvironment ended = rotatedEnvironment(
                projects.create(project.organization().id(), "ended").ref());
        ring.rotate(ended.id(), Duration.ZERO);
        KeyRing.NewKey revoked = key(ring, "revoked", List.of("admin"), null);
        ring.revoke(prod.id(), revoked.id());
        return List.of(
                caller("the key of production", Kind.KEY, prod.secretKey().value()),
                caller("the key of staging", Kind.KEY, staging.secretKey().value()),
                caller("the key of a developer", Kind.KEY, own.secretKey().value()),
                new Caller(
                        "the key of a branch",
                        Kind.KEY,
                        bearer(preview.secretKey().value()).with("x-trigger-branch", "main")),
                caller("a rotated key", Kind.KEY, rotated.secretKey().value()),
                caller(
                        "a key with every scope",
                        Kind.KEY,
                        key(ring, "all", List.of("admin"), null).key().value()),
                caller(
                        "a key with another scope",
                        Kind.LIMITED_KEY,
                        key(ring, "none", List.of("read:nothing"), null).key().value()),
                caller(
                        "a key that ended by rotation",
                        Kind.NOTHING,
                        ended.secretKey().value()),
                caller("a revoked key", Kind.NOTHING, revoked.key().value()),
                caller(
                        "an expired key",
                        Kind.NOTHING,
                        key(ring, "old", List.of("admin"), Instant.now().minusSeconds(5))
                                .key()
                                .value()),
                caller(
                        "a preview key without branch",
                        Kind.NOTHING,
                        preview.secretKey().value()),
                new Caller(
                        "a preview key with an unknown branch",
                        Kind.NOTHING,
                        bearer(preview.secretKey().value()).with("x-trigger-branch", "nowhere")));
    }

    private List<Caller> publicTokens() {
        PublicTokens tokens = server.getBean(PublicTokens.class);
        String good = tokens.sign(prod, List.of("admin"), Duration.ofHours(1));
        String foreign = tokens.sign(staging, List.of("admin"), Duration.ofHours(1));
        return List.of(
                caller("a public token", Kind.PUBLIC_TOKEN, good),
                caller(
                        "a public token with another scope",
                        Kind.EMPTY_PUBLIC_TOKEN,
                        tokens.sign(prod, List.of("read:nothing"), Duration.ofHours(1))),
                caller(
                        "a public token without scopes",
                        Kind.EMPTY_PUBLIC_TOKEN,
                        tokens.sign(prod, List.of(), Duration.ofHours(1))),
                caller(
                        "an expired public token",
                        Kind.NOTHING,
                        tokens.sign(prod, List.of("admin"), Duration.ofHours(-1))),
                caller(
                        "a public token with another one's signature",
                        Kind.NOTHING,
                        good.substring(0, good.lastIndexOf('.')) + foreign.substring(foreign.lastIndexOf('.'))),
                caller(
                        "a public token without algorithm",
                        Kind.NOTHING,
                        "eyJhbGciOiJub25lIn0" + good.substring(good.indexOf('.'), good.lastIndexOf('.') + 1)));
    }

    private List<Caller> others() {
        PersonalTokens tokens = server.getBean(PersonalTokens.class);
        String revoked = tokens.create(owner, "revoked").value();
        UUID id = tokens.list(owner).getLast().id();
        tokens.revoke(owner, id);
        RunIdentity run = new RunIdentity(new RunId(UUID.randomUUID()), prod.id());
        return List.of(
                caller(
                        "a personal token",
                        Kind.PERSONAL_TOKEN,
                        tokens.create(owner, "matrix").value()),
                caller("a revoked personal token", Kind.NOTHING, revoked),
                caller(
                        "an organization token",
                        Kind.ORGANIZATION_TOKEN,
                        organizationToken("matrix", null).token().value()),
                caller(
                        "an expired organization token",
                        Kind.NOTHING,
                        organizationToken("old", Instant.now().minusSeconds(5))
                                .token()
                                .value()),
                new Caller(
                        "a supervisor",
                        Kind.WORKER,
                        bearer(workerToken).with("x-trigger-worker-instance-name", "matrix")),
                caller("a supervisor without name", Kind.NOTHING, workerToken),
                caller("a run", Kind.RUN, server.getBean(RunTokens.class).mint(run)),
                session(),
                new Caller("an unknown session", Kind.NOTHING, anonymous.with("Cookie", "runyard_session=nonsense")));
    }

    /// A browser that just signed in.
    Caller session() {
        return new Caller("a session", Kind.SESSION, Browser.signIn(server, anonymous));
    }

    private OrganizationTokens.Made organizationToken(String name, @Nullable Instant expiresAt) {
        return server.getBean(OrganizationTokens.class)
                .create(project.organization().id(), new OrganizationTokens.Order(name, expiresAt, owner));
    }

    private TenantEnvironment rotatedEnvironment(String ref) {
        Projects projects = server.getBean(Projects.class);
        return projects.environment(projects.find(ref).orElseThrow().id(), EnvironmentType.PRODUCTION)
                .orElseThrow();
    }

    private KeyRing.NewKey key(KeyRing ring, String name, List<String> scopes, @Nullable Instant expiresAt) {
        return ring.create(prod, new KeyRing.KeyRequest(name, scopes, expiresAt, owner));
    }

    private Caller nothing(String name, String header) {
        return new Caller(name, Kind.NOTHING, anonymous.with("Authorization", header));
    }

    private Caller caller(String name, Kind kind, String credential) {
        return new Caller(name, kind, bearer(credential));
    }

    private Http bearer(String credential) {
        return anonymous.with("Authorization", "Bearer " + credential);
    }
}
