package dev.runyard.supervisor.track;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runyard.protocol.id.RunId;
import dev.runyard.protocol.id.SnapshotId;
import dev.runyard.protocol.run.ExecutionStatus;
import dev.runyard.protocol.run.InternalErrorCode;
import dev.runyard.protocol.run.MachinePreset;
import dev.runyard.protocol.worker.Completion;
import dev.runyard.supervisor.workload.Workload;
import dev.runyard.supervisor.workload.WorkloadExit;
import java.time.Instant;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

final class DeathCertificateTest {
    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");

    static Stream<Arguments> exits() {
        return Stream.of(
                Arguments.of(new WorkloadExit.OutOfMemory(""), InternalErrorCode.TASK_PROCESS_OOM_KILLED, "512 MiB"),
                Arguments.of(WorkloadExit.ofCode(139, ""), InternalErrorCode.TASK_PROCESS_SIGSEGV, "SIGSEGV (139)"),
                Arguments.of(WorkloadExit.ofCode(143, ""), InternalErrorCode.TASK_PROCESS_SIGTERM, "SIGTERM (143)"),
                Arguments.of(
                        WorkloadExit.ofCode(137, ""),
                        InternalErrorCode.TASK_PROCESS_EXITED_WITH_NON_ZERO_CODE,
                        "SIGKILL (137), and not for its use of memory"),
                Arguments.of(
                        WorkloadExit.ofCode(134, ""),
                        InternalErrorCode.TASK_PROCESS_EXITED_WITH_NON_ZERO_CODE,
                        "SIGABRT (134)"),
                Arguments.of(
                        WorkloadExit.ofCode(3, "no memory in sight"),
                        InternalErrorCode.TASK_PROCESS_EXITED_WITH_NON_ZERO_CODE,
                        "exit code 3"),
                Arguments.of(
                        WorkloadExit.ofCode(3, "Terminating due to java.lang.OutOfMemoryError: Java heap space"),
                        InternalErrorCode.TASK_PROCESS_OOM_KILLED,
                        "out of memory"),
                Arguments.of(
                        WorkloadExit.ofCode(255, ""),
                        InternalErrorCode.TASK_PROCESS_EXITED_WITH_NON_ZERO_CODE,
                        "exit code 255"),
                Arguments.of(
                        WorkloadExit.ofCode(75, ""), InternalErrorCode.TASK_RUN_CRASHED, "could not reach the server"),
                Arguments.of(WorkloadExit.ofCode(0, ""), InternalErrorCode.TASK_EXECUTION_ABORTED, "exit code 0"),
                Arguments.of(
                        new WorkloadExit.NotExecutable(""),
                        InternalErrorCode.COULD_NOT_FIND_EXECUTOR,
                        "nothing to execute"),
                Arguments.of(
                        new WorkloadExit.Vanished("The container is gone."),
                        InternalErrorCode.TASK_RUN_CRASHED,
                        "The container is gone."));
    }

    @ParameterizedTest
    @MethodSource("exits")
    void namesTheCause(WorkloadExit exit, InternalErrorCode code, String fact) {
        DeathCertificate certificate = DeathCertificate.of(exit, MachinePreset.SMALL_1X);

        assertThat(certificate.error().code()).isEqualTo(code);
        assertThat(certificate.error().message()).contains(fact).endsWith(".");
    }

    @Test
    void carriesTheLastWords() {
        DeathCertificate certificate =
                DeathCertificate.of(new WorkloadExit.Exited(1, "Exception in thread"), MachinePreset.MICRO);

        assertThat(certificate.error().stackTrace()).isEqualTo("Exception in thread");
    }

    @Test
    void asksForAnotherTryOnlyWhereTheCauseLiesWithUs() {
        assertThat(completion(new WorkloadExit.Exited(1, "")).retry()).isNull();
        assertThat(completion(new WorkloadExit.Exited(75, "")).retry()).isNotNull();
        assertThat(completion(new WorkloadExit.Vanished("Gone.")).retry())
                .isEqualTo(new Completion.Retry(NOW.toEpochMilli() + 250, 250));
    }

    @Test
    void measuresFromTheStartOfTheAttempt() {
        assertThat(completion(new WorkloadExit.Exited(1, "")).usage()).isEqualTo(new Completion.Usage(1_500));
    }

    private static Completion completion(WorkloadExit exit) {
        Workload workload = new Workload(
                "runner-1",
                new RunId(new UUID(1, 2)),
                new SnapshotId(2),
                "env",
                "deployment",
                MachinePreset.MICRO,
                NOW.minusSeconds(2));
        TrackedRun run = TrackedRun.of(workload, new SnapshotId(3), ExecutionStatus.EXECUTING)
                .attemptStarted(NOW.minusMillis(1_500));
        return DeathCertificate.of(exit, MachinePreset.MICRO).completion(run, NOW);
    }
}
