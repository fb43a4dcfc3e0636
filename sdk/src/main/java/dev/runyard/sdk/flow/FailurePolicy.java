package dev.runyard.sdk.flow;

/** What an orchestrator does where branches fail. All branches run to their end in any case. */
public enum FailurePolicy {
    /** It fails where any branch failed. */
    ALL_MUST_SUCCEED,
    /** It fails where no branch succeeded. */
    ONE_MUST_SUCCEED,
    /** It never fails; its function looks at the results. */
    COLLECT
}
