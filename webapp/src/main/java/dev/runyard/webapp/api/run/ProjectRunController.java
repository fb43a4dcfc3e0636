package dev.runyard.webapp.api.run;

import dev.runyard.engine.RunEngine;
import dev.runyard.engine.read.RunPage;
import dev.runyard.engine.read.RunView;
import dev.runyard.protocol.id.EnvironmentId;
import dev.runyard.webapp.access.Credential;
import dev.runyard.webapp.access.Permit;
import dev.runyard.webapp.api.project.ProjectAccess;
import dev.runyard.webapp.api.shared.ApiException;
import dev.runyard.webapp.api.shared.ReadPage;
import dev.runyard.webapp.auth.UserCaller;
import dev.runyard.webapp.tenant.EnvironmentType;
import dev.runyard.webapp.tenant.Memberships;
import dev.runyard.webapp.tenant.Role;
import dev.runyard.webapp.tenant.TenantEnvironment;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.util.LinkedMultiValueMap;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/// Runs of all environments of a project that a person may see, newest first.
@RestController
class ProjectRunController {
    private static final String ENVIRONMENTS = "filter[env]";

    private final RunEngine engine;
    private final ProjectAccess access;
    private final Memberships memberships;
    private final ReadRunFilter readFilter;
    private final RunResponses responses;

    ProjectRunController(
            RunEngine engine,
            ProjectAccess access,
            Memberships memberships,
            ReadRunFilter readFilter,
            RunResponses responses) {
        this.engine = engine;
        this.access = access;
        this.memberships = memberships;
        this.readFilter = readFilter;
        this.responses = responses;
    }

    @Permit(to = Credential.PERSONAL_TOKEN)
    @GetMapping("/api/v1/projects/{project}/runs")
    RunListController.RunList list(
            @AuthenticationPrincipal UserCaller caller,
            @PathVariable String project,
            @RequestParam MultiValueMap<String, String> parameters) {
        access.project(caller, project, Role.VIEWER);
        MultiValueMap<String, String> others = new LinkedMultiValueMap<>(parameters);
        others.remove(ENVIRONMENTS);
        Set<EnvironmentType> types = types(ReadPage.values(parameters, ENVIRONMENTS));
        List<TenantEnvironment> environments = memberships
                .environments(caller.person().id())
                .stream()
                .filter(one -> one.project().ref().equals(project))
                .filter(one -> types.isEmpty() || types.contains(one.type()))
                .toList();
        return show(
                environments,
                environments.stream().map(one -> readFilter.read(one, others)).toList());
    }

    /// Each environment has an index of its own runs, so each is asked for a page, and the newest of all are shown.
    private RunListController.RunList show(List<TenantEnvironment> environments, List<ReadRunFilter.Query> queries) {
        List<RunPage> pages = queries.stream()
                .filter(query -> !query.matchesNothing())
                .map(query -> engine.queries().list(query.filter(), query.page()))
                .toList();
        if (pages.isEmpty()) {
            return new RunListController.RunList(List.of(), new RunListController.Pagination(null, null));
        }
        RunPage shown = MergePages.merge(pages, queries.getFirst().page());
        Map<EnvironmentId, TenantEnvironment> byId =
                environments.stream().collect(Collectors.toMap(TenantEnvironment::id, Function.identity()));
        return new RunListController.RunList(
                shown.runs().stream()
                        .map(run -> item(run, Objects.requireNonNull(byId.get(run.environmentId()))))
                        .toList(),
                RunListController.Pagination.of(shown));
    }

    private RunListController.Item item(RunView run, TenantEnvironment environment) {
        return new RunListController.Item(
                responses.summary(run),
                new RunListController.Env(environment.id().toString(), environment.slug()),
                "STANDARD");
    }

    private static Set<EnvironmentType> types(Set<String> names) {
        return names.stream()
                .map(name -> EnvironmentType.find(name.equals("staging") ? EnvironmentType.STAGING.slug() : name)
                        .orElseThrow(() -> ApiException.query(
                                ENVIRONMENTS, "Invalid environment: " + name + "; use dev, staging, prod or preview.")))
                .collect(Collectors.toSet());
    }
}
