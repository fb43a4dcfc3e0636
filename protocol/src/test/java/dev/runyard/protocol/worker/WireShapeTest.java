package dev.runyard.protocol.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runyard.protocol.id.RunId;
import dev.runyard.protocol.run.InternalErrorCode;
import dev.runyard.protocol.run.MachinePreset;
import dev.runyard.protocol.run.RunStatus;
import dev.runyard.protocol.run.TaskRunError;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class WireShapeTest {
    private final JsonMapper json = JsonMapper.shared();

    @Test
    void readsTheOfficialRunnersCompletions() {
        Completion done = json.readValue("""
                {"ok":true,"id":"run_1","output":"{\\"json\\":1}","outputType":"application/super+json","unknown":1}
                """, Completion.class);
        assertThat(done.ok()).isTrue();
        Completion failed = json.readValue("""
                {"ok":false,"id":"run_1","error":{"type":"INTERNAL_ERROR","code":"TASK_PROCESS_OOM_KILLED"}}
                """, Completion.class);
        assertThat(failed.error())
                .isEqualTo(new TaskRunError.Internal(InternalErrorCode.TASK_PROCESS_OOM_KILLED, null, null));
    }

    @Test
    void writesErrorsWithTheirDiscriminator() {
        assertThat(json.writeValueAsString(new TaskRunError.BuiltIn("E", "m", "s")))
                .isEqualTo("""
                {"type":"BUILT_IN_ERROR","name":"E","message":"m","stackTrace":"s"}""");
    }

    @Test
    void leavesOutWhatIsAbsent() {
        RunId run = new RunId(new UUID(0, 1));
        assertThat(json.writeValueAsString(new RunMetadata(run.body(), run, RunStatus.PENDING, null)))
                .doesNotContain("null");
    }

    @Test
    void namesMachinesAsTheClientDoes() {
        assertThat(json.writeValueAsString(MachineSize.of(MachinePreset.SMALL_1X)))
                .isEqualTo("""
                {"name":"small-1x","cpu":0.5,"memory":0.5,"centsPerMs":0.0}""");
    }
}
