package dev.runyard.supervisor.workloadapi;

import dev.runyard.protocol.id.RunId;
import dev.runyard.supervisor.track.Assignments;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;

/// Lets a runner's call in if its token is for the run that it calls about.
public final class AdmitRunner {
    private static final String TOKEN_HEADER = "x-trigger-workload-deployment-id";
    private static final String RUNNER_HEADER = "x-trigger-workload-runner-id";
    private static final int UNAUTHORIZED = 401;

    private final RunnerTokens tokens;
    private final Assignments assignments;

    public AdmitRunner(RunnerTokens tokens, Assignments assignments) {
        this.tokens = tokens;
        this.assignments = assignments;
    }

    /// A runner that has shown whose it is.
    ///
    /// @param runner the workload, empty where it does not say
    /// @param startedFor the run that it was started for
    record Bearer(String runner, RunId startedFor) {}

    /// Admits a call about a run. A workload that was given another run speaks for that one alone.
    ///
    /// @throws RunnerCall.Refused where the token is missing, forged or another run's
    RunnerCall admit(String run, HttpServletRequest request) {
        Bearer bearer = admitAny(request);
        if (bearer.startedFor().toString().equals(run)) {
            return new RunnerCall(bearer.startedFor(), bearer.runner());
        }
        return parse(run)
                .filter(id -> assignments.maySpeak(bearer.runner(), bearer.startedFor(), id))
                .map(id -> new RunnerCall(id, bearer.runner()))
                .orElseThrow(AdmitRunner::refusal);
    }

    /// Admits a call that is about no run.
    ///
    /// @throws RunnerCall.Refused where the token is missing or forged
    Bearer admitAny(HttpServletRequest request) {
        RunId startedFor = Optional.ofNullable(request.getHeader(TOKEN_HEADER))
                .flatMap(tokens::verify)
                .orElseThrow(AdmitRunner::refusal);
        return new Bearer(Optional.ofNullable(request.getHeader(RUNNER_HEADER)).orElse(""), startedFor);
    }

    private static Optional<RunId> parse(String run) {
        try {
            return Optional.of(RunId.parse(run));
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }

    private static RunnerCall.Refused refusal() {
        return new RunnerCall.Refused(UNAUTHORIZED, "Invalid or missing workload token");
    }
}
