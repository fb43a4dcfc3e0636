package dev.runyard.supervisor.workload.docker;

import com.github.dockerjava.api.async.ResultCallback;
import com.github.dockerjava.api.model.Frame;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/// Reads what a container has printed so far.
final class ContainerOutput {
    private ContainerOutput() {}

    static String of(DockerConnection docker, String runner) throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        docker.streams()
                .logContainerCmd(runner)
                .withStdOut(true)
                .withStdErr(true)
                .exec(new ResultCallback.Adapter<Frame>() {
                    @Override
                    public void onNext(Frame frame) {
                        bytes.writeBytes(frame.getPayload());
                    }
                })
                .awaitCompletion();
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
