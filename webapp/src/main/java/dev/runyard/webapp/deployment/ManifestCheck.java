package dev.runyard.webapp.deployment;

import dev.runyard.protocol.manifest.BackgroundWorkerMetadata;
import dev.runyard.protocol.manifest.QueueManifest;
import dev.runyard.protocol.manifest.RetryOptions;
import dev.runyard.protocol.manifest.TaskResource;
import dev.runyard.protocol.run.MachinePreset;
import dev.runyard.protocol.trigger.Durations;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Finds what a server could not honor in a build, before anything of it is stored.
///
/// All problems are reported at once, so that one deploy shows every line to fix.
final class ManifestCheck {
    private static final int MAX_NAME = 256;
    private static final int MAX_TASKS = 5_000;
    private static final int MAX_CONCURRENCY = 100_000;
    private static final int MAX_ATTEMPTS = 250;
    private static final int MIN_DURATION_SECONDS = 5;

    private final List<ManifestProblem> problems = new ArrayList<>();

    private ManifestCheck() {}

    static List<ManifestProblem> check(@Nullable BackgroundWorkerMetadata metadata) {
        ManifestCheck check = new ManifestCheck();
        if (metadata == null) {
            check.add("metadata", "is missing");
            return check.problems;
        }
        check.require("metadata.packageVersion", metadata.packageVersion());
        check.require("metadata.contentHash", metadata.contentHash());
        check.tasks(metadata.tasks());
        check.queues(metadata.queues());
        if (check.problems.isEmpty()) {
            DeclaredQueues.contradictions(metadata)
                    .forEach(name -> check.add(
                            "metadata.queues", "queue \"" + name + "\" is declared with two different limits"));
        }
        return check.problems;
    }

    private void tasks(@Nullable List<TaskResource> tasks) {
        if (tasks == null || tasks.isEmpty()) {
            add("metadata.tasks", "holds no task; a version needs at least one");
            return;
        }
        if (tasks.size() > MAX_TASKS) {
            add("metadata.tasks", "holds " + tasks.size() + " tasks; at most " + MAX_TASKS + " are allowed");
            return;
        }
        Set<String> ids = new HashSet<>();
        for (int i = 0; i < tasks.size(); i++) {
            String path = "metadata.tasks[" + i + "]";
            TaskResource task = tasks.get(i);
            if (task == null) {
                add(path, "is null");
            } else {
                task(path, task);
                if (!ids.add(task.id())) {
                    add(path + ".id", "two tasks have the id \"" + task.id() + "\"; ids are unique in a version");
                }
            }
        }
    }

    private void task(String path, TaskResource task) {
        name(path + ".id", task.id());
        if (task.queue() != null) {
            queue(path + ".queue", task.queue());
        }
        if (task.retry() != null) {
            retry(path + ".retry", task.retry());
        }
        if (task.maxDuration() != null && task.maxDuration() < MIN_DURATION_SECONDS) {
            add(path + ".maxDuration", "is " + task.maxDuration() + " s; the least is " + MIN_DURATION_SECONDS + " s");
        }
        if (task.ttl() != null && !isDuration(task.ttl())) {
            add(path + ".ttl", "is \"" + task.ttl() + "\"; write a duration such as \"10m\" or a number of seconds");
        }
    }

    private void queues(@Nullable List<QueueManifest> queues) {
        List<QueueManifest> all = Objects.requireNonNullElse(queues, List.of());
        for (int i = 0; i < all.size(); i++) {
            String path = "metadata.queues[" + i + "]";
            QueueManifest queue = all.get(i);
            if (queue == null || queue.name() == null) {
                add(path + ".name", "is missing");
            } else {
                queue(path, queue);
            }
        }
    }

    private void queue(String path, QueueManifest queue) {
        if (queue.name() != null) {
            name(path + ".name", queue.name());
        }
        Integer limit = queue.concurrencyLimit();
        if (limit != null && (limit < 0 || limit > MAX_CONCURRENCY)) {
            add(path + ".concurrencyLimit", "is " + limit + "; it must be between 0 and " + MAX_CONCURRENCY);
        }
    }

    private void retry(String path, RetryOptions retry) {
        Integer attempts = retry.maxAttempts();
        if (attempts != null && (attempts < 1 || attempts > MAX_ATTEMPTS)) {
            add(path + ".maxAttempts", "is " + attempts + "; it must be between 1 and " + MAX_ATTEMPTS);
        }
        if (retry.factor() != null && !(retry.factor() > 0 && Double.isFinite(retry.factor()))) {
            add(path + ".factor", "is " + retry.factor() + "; it must be greater than 0");
        }
        long least = Objects.requireNonNullElse(retry.minTimeoutInMs(), 0L);
        long most = Objects.requireNonNullElse(retry.maxTimeoutInMs(), Math.max(least, 0));
        if (least < 0) {
            add(path + ".minTimeoutInMs", "is " + least + "; it must be 0 or more");
        }
        if (most < Math.max(least, 0)) {
            add(path + ".maxTimeoutInMs", "is " + most + "; it must not be less than minTimeoutInMs");
        }
        if (retry.outOfMemory() != null && retry.outOfMemory().machine() != null) {
            machine(path + ".outOfMemory.machine", retry.outOfMemory().machine());
        }
    }

    private void machine(String path, String machine) {
        if (MachinePreset.find(machine).isEmpty()) {
            add(path, "no machine has the name \"" + machine + "\"; the names are " + List.of(MachinePreset.values()));
        }
    }

    private void name(String path, @Nullable String name) {
        if (name == null || name.isBlank()) {
            add(path, "is missing");
        } else if (name.length() > MAX_NAME) {
            add(path, "has " + name.length() + " characters; at most " + MAX_NAME + " are allowed");
        } else if (name.chars().anyMatch(Character::isISOControl)) {
            add(path, "holds a control character");
        }
    }

    private void require(String path, @Nullable String value) {
        if (value == null || value.isBlank()) {
            add(path, "is missing");
        }
    }

    private void add(String path, String message) {
        problems.add(new ManifestProblem(path, message));
    }

    private static boolean isDuration(String ttl) {
        return ttl.matches("\\d{1,9}") || Durations.parse(ttl).isPresent();
    }
}
