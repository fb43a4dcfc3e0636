package dev.runyard.webapp.api.run;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.runyard.engine.RunEngine;
import dev.runyard.engine.read.RunPage;
import dev.runyard.protocol.id.RunId;
import dev.runyard.webapp.access.Credential;
import dev.runyard.webapp.access.Permit;
import dev.runyard.webapp.api.shared.RunCursor;
import dev.runyard.webapp.auth.ApiCaller;
import dev.runyard.webapp.auth.Resource;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/// Runs of an environment, newest first.
@RestController
class RunListController {
    private final RunEngine engine;
    private final ReadRunFilter readFilter;
    private final RunResponses responses;

    RunListController(RunEngine engine, ReadRunFilter readFilter, RunResponses responses) {
        this.engine = engine;
        this.readFilter = readFilter;
        this.responses = responses;
    }

    /// @param run the run
    /// @param env where it belongs
    /// @param taskKind always `STANDARD`: there is no other kind yet
    record Item(@JsonUnwrapped RunSummary run, Env env, String taskKind) {}

    /// @param name slug of the environment
    record Env(String id, String name) {}

    /// @param next cursor for older runs
    /// @param previous cursor for newer runs
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Pagination(@Nullable String next, @Nullable String previous) {
        static Pagination of(RunPage page) {
            return new Pagination(cursor(page.next()), cursor(page.previous()));
        }

        private static @Nullable String cursor(@Nullable RunId run) {
            return run == null ? null : RunCursor.encode(run);
        }
    }

    record RunList(List<Item> data, Pagination pagination) {}

    @Permit(
            to = {Credential.KEY, Credential.PUBLIC_TOKEN},
            scopes = {"read:runs", "read:tasks"},
            handlerDecides = true)
    @GetMapping("/api/v1/runs")
    RunList list(@AuthenticationPrincipal ApiCaller caller, @RequestParam MultiValueMap<String, String> parameters) {
        ReadRunFilter.Query query = readFilter.read(caller.environment(), parameters);
        requireAccess(caller, query.tasks());
        if (query.matchesNothing()) {
            return new RunList(List.of(), new Pagination(null, null));
        }
        RunPage page = engine.queries().list(query.filter(), query.page());
        Env env =
                new Env(caller.environmentId().toString(), caller.environment().slug());
        return new RunList(
                page.runs().stream()
                        .map(run -> new Item(responses.summary(run), env, "STANDARD"))
                        .toList(),
                Pagination.of(page));
    }

    /// A token that names tasks must have the right to each that the filter names.
    private static void requireAccess(ApiCaller caller, Set<String> tasks) {
        boolean mayAllTasks =
                !tasks.isEmpty() && tasks.stream().allMatch(task -> caller.may("read", Resource.of("tasks", task)));
        if (!mayAllTasks) {
            caller.require("read", Resource.all("runs"), Resource.all("tasks"));
        }
    }
}
