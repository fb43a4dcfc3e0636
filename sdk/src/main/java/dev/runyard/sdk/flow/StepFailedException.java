package dev.runyard.sdk.flow;

import dev.runyard.sdk.run.RunResult;

/** A step or a branch that did not succeed, where all had to. */
public final class StepFailedException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final String runId;

    StepFailedException(String place, RunResult<?> result) {
        super(describe(place, result));
        this.runId = result.runId();
    }

    /** Returns the run that did not succeed. */
    public String runId() {
        return runId;
    }

    private static String describe(String place, RunResult<?> result) {
        return switch (result) {
            case RunResult.Failed<?> failed ->
                place + " failed: " + failed.error().message();
            case RunResult.TimedOut<?> late ->
                place + " took too long: " + late.error().message();
            case RunResult.Canceled<?> canceled -> place + " was canceled";
            case RunResult.Expired<?> expired -> place + " was not started in time and expired";
            case RunResult.Completed<?> completed -> place + " succeeded";
        };
    }
}
