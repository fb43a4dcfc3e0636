package dev.runyard.engine.gate;

import dev.runyard.engine.queue.QueueDeclaration;
import dev.runyard.protocol.id.EnvironmentId;
import java.util.List;

/// Writes the limits of queues that a version declares.
public final class DeclareQueues {
    private final GateRepository gates;
    private final ChangeGates change;

    DeclareQueues(GateRepository gates, ChangeGates change) {
        this.gates = gates;
        this.change = change;
    }

    /// Declares the queues of a version. Where an operator overrode a limit, that stays in force.
    public void declare(EnvironmentId environment, List<QueueDeclaration> queues) {
        change.apply(environment, () -> queues.forEach(queue -> gates.declare(environment, queue)));
    }
}
