package dev.runyard.protocol.worker;

/**
 * Answer of {@code POST /engine/v1/worker-actions/connect}.
 *
 * @param ok always true
 * @param workerGroup the group whose queue the supervisor serves
 */
public record ConnectResponse(boolean ok, WorkerGroup workerGroup) {

    /**
     * @param type {@code MANAGED} or {@code UNMANAGED}
     * @param name the group
     */
    public record WorkerGroup(String type, String name) {}
}
