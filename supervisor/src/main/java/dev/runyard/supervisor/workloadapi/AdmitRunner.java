package dev.runyard.supervisor.workloadapi;

import dev.runyard.protocol.id.RunId;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;

/// Lets a runner's call in if its token is for the run that it calls about.
public final class AdmitRunner {
    private static final String TOKEN_HEADER = "x-trigger-workload-deployment-id";
    private static final String RUNNER_HEADER = "x-trigger-workload-runner-id";
    private static final int UNAUTHORIZED = 401;

    private final RunnerTokens tokens;

    public AdmitRunner(RunnerTokens tokens) {
        this.tokens = tokens;
    }

    /// @throws RunnerCall.Refused where the token is missing, forged or another run's
    RunnerCall admit(String run, HttpServletRequest request) {
        String token = request.getHeader(TOKEN_HEADER);
        RunId spokenFor = Optional.ofNullable(token)
                .flatMap(tokens::verify)
                .filter(id -> id.toString().equals(run))
                .orElseThrow(() -> new RunnerCall.Refused(UNAUTHORIZED, "Invalid or missing workload token"));
        return new RunnerCall(
                spokenFor, Optional.ofNullable(request.getHeader(RUNNER_HEADER)).orElse(""));
    }
}
