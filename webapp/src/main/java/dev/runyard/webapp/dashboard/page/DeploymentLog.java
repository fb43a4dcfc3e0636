package dev.runyard.webapp.dashboard.page;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The course of a release as people read it.
///
/// @param image what supervisors start
/// @param failure why it failed: the words of the supervisor that tried the image
/// @param steps what happened, in its order
@JsonInclude(JsonInclude.Include.NON_NULL)
record DeploymentLog(@Nullable String image, @Nullable String failure, List<Step> steps) {

    /// @param at when, where it was noted
    /// @param sentence what happened
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Step(@Nullable Instant at, String sentence) {}

    static DeploymentLog of(DeploymentLogQueries.Release release) {
        List<Step> steps = new ArrayList<>();
        steps.add(new Step(release.begunAt(), "It was begun and got its number"));
        add(steps, release.registeredAt(), tasks(release.tasks()) + " read from the build");
        addCheck(steps, release);
        add(steps, release.deployedAt(), "It was deployed: its runs can be started");
        add(steps, release.promotedAt(), "It became the current version");
        return new DeploymentLog(release.image(), release.failure(), steps);
    }

    private static void addCheck(List<Step> steps, DeploymentLogQueries.Release release) {
        String supervisor = release.checkedBy() == null ? "A supervisor" : "Supervisor " + release.checkedBy();
        add(steps, release.checkWantedAt(), "A supervisor was asked to try the image");
        add(steps, release.checkTakenAt(), supervisor + " began to try it");
        if ("PASSED".equals(release.checkState())) {
            steps.add(new Step(null, supervisor + " could start it"));
        } else if (release.failure() != null) {
            steps.add(new Step(null, supervisor + " could not start it, and the release failed"));
        }
    }

    private static void add(List<Step> steps, @Nullable Instant at, String sentence) {
        if (at != null) {
            steps.add(new Step(at, sentence));
        }
    }

    private static String tasks(int count) {
        return count == 1 ? "1 task was" : count + " tasks were";
    }
}
