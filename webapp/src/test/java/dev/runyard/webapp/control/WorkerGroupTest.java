package dev.runyard.webapp.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.runyard.protocol.id.RunId;
import dev.runyard.protocol.id.SnapshotId;
import dev.runyard.protocol.run.InternalErrorCode;
import dev.runyard.protocol.run.TaskRunError;
import dev.runyard.protocol.worker.Completion;
import dev.runyard.protocol.worker.DequeueRequest;
import dev.runyard.protocol.worker.DequeuedMessage;
import dev.runyard.webapp.WebappTest;
import dev.runyard.webapp.session.Browser;
import dev.runyard.webapp.tenant.EnvironmentType;
import dev.runyard.webapp.tenant.Memberships;
import dev.runyard.webapp.tenant.Projects;
import dev.runyard.webapp.tenant.Role;
import dev.runyard.webapp.tenant.TenantEnvironment;
import dev.runyard.webapp.testing.Attempts;
import dev.runyard.webapp.testing.Deployments;
import dev.runyard.webapp.testing.Http;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import tools.jackson.databind.JsonNode;

class WorkerGroupTest extends WebappTest {
    private static final String WORKER = "/engine/v1/worker-actions";

    @Autowired
    private ApplicationContext server;

    @Autowired
    private Projects projects;

    @Autowired
    private Memberships memberships;

    private final String name = "group-" + UUID.randomUUID().toString().substring(0, 8);
    private final String task = "task-" + UUID.randomUUID();
    private UUID organization = new UUID(0, 0);
    private UUID person = new UUID(0, 0);
    private Http browser = Http.anonymous("");
    private Http key = Http.anonymous("");
    private String groups = "";
    private String environment = "";
    private String preview = "";

    @SuppressWarnings("NullAway.Init") // made before each test
    private TenantEnvironment previewed;

    @BeforeEach
    void makeAProject() {
        browser = Browser.signIn(server, anonymous());
        organization = projects.createOrganization("Groups").id();
        person = memberships.person("ann@example.com").orElseThrow().id();
        memberships.join(person, organization, Role.OWNER);
        UUID project = projects.create(organization, "groups").id();
        TenantEnvironment made =
                projects.environment(project, EnvironmentType.PRODUCTION).orElseThrow();
        previewed = projects.environment(project, EnvironmentType.PREVIEW).orElseThrow();
        key = anonymous().with("Authorization", "Bearer " + made.secretKey().value());
        groups = "/api/dashboard/v1/organizations/" + organization + "/worker-groups";
        environment = "/api/dashboard/v1/environments/" + made.id();
        preview = "/api/dashboard/v1/environments/" + previewed.id();
        Deployments.deploy(key, Deployments.task(task));
    }

    @Test
    void takesTheRunsOfTheEnvironmentsThatItWasGiven() {
        JsonNode made = create(name);
        Http own = worker(made);
        String waiting = trigger();
        assertThat(own.post(WORKER + "/connect", Map.of())
                        .json()
                        .path("workerGroup")
                        .path("name")
                        .asString())
                .isEqualTo(name);
        assertThat(taken(own)).isEmpty();

        assertThat(assign(environment, name)).isEqualTo(204);
        String later = trigger();

        assertThat(taken(supervisor("shared-" + UUID.randomUUID())))
                .as("the installation's supervisors")
                .doesNotContain(waiting, later);
        assertThat(taken(own)).containsExactlyInAnyOrder(waiting, later);
    }

    @Test
    void givesItsEnvironmentsBackToTheInstallation() {
        Http own = worker(create(name));
        assign(environment, name);
        String run = trigger();

        assertThat(assign(environment, "main")).isEqualTo(204);

        assertThat(taken(own)).isEmpty();
        assertThat(taken(supervisor("shared-" + UUID.randomUUID()))).contains(run);
    }

    /// Nobody of the former group asks for it any more.
    @Test
    void takesARunThatIsTriedAgainAfterItBeganElsewhere() {
        Http own = worker(create(name));
        Attempts former = new Attempts(supervisor("shared-" + UUID.randomUUID()));
        RunId run = RunId.parse(trigger(Map.of("payload", 1, "options", Map.of("maxAttempts", 2))));
        SnapshotId started = former.start(run);
        assign(environment, name);
        assertThat(taken(own)).as("it executes where it is").isEmpty();

        former.complete(
                run,
                started,
                Completion.failure(
                        run.toString(),
                        TaskRunError.Internal.of(
                                InternalErrorCode.TASK_PROCESS_EXITED_WITH_NON_ZERO_CODE, "The process is gone."),
                        new Completion.Retry(0, 100),
                        5));

        await().atMost(Duration.ofSeconds(60)).until(() -> taken(own).contains(run.toString()));
    }

    @Test
    void takesTheRunsOfBranchesToo() {
        projects.branch(previewed, "before");
        create(name);
        assign(preview, name);
        projects.branch(previewed, "after");

        assertThat(projects.branches(previewed.id()))
                .hasSize(2)
                .allSatisfy(branch -> assertThat(branch.workerQueue()).isEqualTo(name));
    }

    @Test
    void replacesATokenWithoutAGap() {
        JsonNode first = create(name);
        JsonNode second = browser.post(tokens(first), Map.of()).json();
        assertThat(connect(worker(first))).isEqualTo(200);
        assertThat(connect(worker(second))).isEqualTo(200);

        String former = tokens(first) + "/" + first.path("id").asString();
        assertThat(browser.delete(former).status()).isEqualTo(204);

        assertThat(connect(worker(first))).isEqualTo(401);
        assertThat(connect(worker(second))).isEqualTo(200);
        assertThat(browser.delete(former).status()).isEqualTo(404);
        JsonNode listed = listed(name).path("tokens");
        assertThat(listed.size()).isEqualTo(1);
        assertThat(second.path("token").asString())
                .endsWith(listed.path(0).path("lastFour").asString());
    }

    @Test
    void isRemovedOnceNoEnvironmentUsesIt() {
        JsonNode made = create(name);
        String group = groups + "/" + made.path("group").asString();
        assign(environment, name);
        assertThat(browser.delete(group).status()).isEqualTo(422);
        assertThat(browser.delete(group).text()).contains("Give them to another group first");

        assign(environment, "main");
        assertThat(browser.delete(group).status()).isEqualTo(204);

        assertThat(connect(worker(made))).isEqualTo(401);
        assertThat(browser.delete(group).status()).isEqualTo(404);
    }

    @Test
    void listsTheInstallationsGroupWithoutItsTokens() {
        JsonNode shared = listed("main");

        assertThat(shared.path("isShared").asBoolean()).isTrue();
        assertThat(shared.path("tokens").isEmpty()).isTrue();
        assertThat(shared.path("environments").size()).isPositive();
        assertThat(browser.post(groups + "/" + shared.path("id").asString() + "/tokens", Map.of())
                        .status())
                .isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "GPU", "1st", "a b", "environment-1", "main"})
    void refusesNamesThatAreTakenOrNoNames(String wrong) {
        assertThat(browser.post(groups, Map.of("name", wrong)).status()).isEqualTo(400);
        assertThat(browser.post(groups, Map.of("name", wrong)).text()).contains("name");
    }

    @Test
    void takesNamesUpToTheirLimit() {
        String longest = "a" + UUID.randomUUID().toString().repeat(2).substring(0, 62);
        assertThat(browser.post(groups, Map.of("name", longest)).status()).isEqualTo(201);
        assertThat(browser.post(groups, Map.of("name", longest + "x")).status()).isEqualTo(400);
    }

    @Test
    void belongsToItsOrganizationAlone() {
        create(name);
        UUID other = projects.createOrganization("Others").id();
        memberships.join(person, other, Role.OWNER);
        TenantEnvironment theirs = projects.environment(
                        projects.create(other, "theirs").id(), EnvironmentType.PRODUCTION)
                .orElseThrow();

        assertThat(assign("/api/dashboard/v1/environments/" + theirs.id(), name))
                .isEqualTo(400);
        assertThat(browser.get("/api/dashboard/v1/organizations/" + other + "/worker-groups")
                        .text())
                .doesNotContain(name);
    }

    @Test
    void isForAdminsOnly() {
        memberships.join(person, organization, Role.DEVELOPER);

        assertThat(browser.get(groups).status()).isEqualTo(403);
        assertThat(browser.post(groups, Map.of("name", name)).status()).isEqualTo(403);
        assertThat(assign(environment, "main")).isEqualTo(403);
    }

    private JsonNode create(String group) {
        Http.Answer answer = browser.post(groups, Map.of("name", group));
        assertThat(answer.status()).as(answer.text()).isEqualTo(201);
        return answer.json();
    }

    private int assign(String to, String group) {
        return browser.put(to + "/worker-group", Map.of("name", group)).status();
    }

    private String tokens(JsonNode made) {
        return groups + "/" + made.path("group").asString() + "/tokens";
    }

    private JsonNode listed(String group) {
        return browser.get(groups)
                .json()
                .path("data")
                .valueStream()
                .filter(one -> one.path("name").asString().equals(group))
                .findFirst()
                .orElseThrow();
    }

    private Http worker(JsonNode made) {
        return anonymous()
                .with("Authorization", "Bearer " + made.path("token").asString())
                .with("x-trigger-worker-instance-name", name + "-1");
    }

    private static int connect(Http worker) {
        return worker.post(WORKER + "/connect", Map.of()).status();
    }

    private String trigger() {
        return trigger(Map.of("payload", 1));
    }

    private String trigger(Map<String, Object> body) {
        return key.post("/api/v1/tasks/" + task + "/trigger", body)
                .json()
                .path("id")
                .asString();
    }

    private static List<String> taken(Http worker) {
        List<String> taken = new ArrayList<>();
        DequeuedMessage[] messages;
        do {
            messages = worker.post(WORKER + "/dequeue", new DequeueRequest(null, 50, 500L))
                    .as(DequeuedMessage[].class);
            for (DequeuedMessage message : messages) {
                taken.add(message.run().friendlyId().toString());
            }
        } while (messages.length > 0);
        return taken;
    }
}
