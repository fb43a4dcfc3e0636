package dev.runyard.webapp.dashboard;

import dev.runyard.engine.RunEngine;
import dev.runyard.engine.explain.Explanation;
import dev.runyard.engine.explain.Gate;
import dev.runyard.engine.read.RunView;
import dev.runyard.engine.waitpoint.Waitpoint;
import dev.runyard.engine.waitpoint.WaitpointKind;
import dev.runyard.protocol.id.BatchId;
import dev.runyard.protocol.id.EnvironmentId;
import dev.runyard.protocol.id.RunId;
import dev.runyard.protocol.id.WaitpointId;
import dev.runyard.protocol.run.RunStatus;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// Says which gate holds a run: what the engine found out, with names and in sentences.
@Component
class ExplainWait {
    private static final int MOST_WAITS = 20;
    private static final String NO_GATE = "No limit holds the run; it starts when a supervisor next asks for work.";
    private static final String RETRY_ON_WORKER = "An attempt failed; its worker starts the next one soon.";

    private final RunEngine engine;

    ExplainWait(RunEngine engine) {
        this.engine = engine;
    }

    Optional<WaitingFor> explain(RunView run) {
        if (run.status().isFinal()) {
            return Optional.empty();
        }
        return engine.queues().explain(run.id()).flatMap(explanation -> switch (explanation) {
            case Explanation.Ended _ -> Optional.empty();
            case Explanation.Executing _ ->
                run.status() == RunStatus.RETRYING_AFTER_FAILURE
                        ? Optional.of(WaitingFor.of(WaitingFor.Gate.RETRY, RETRY_ON_WORKER))
                        : Optional.empty();
            case Explanation.Held held -> Optional.of(held(run, held));
        });
    }

    private WaitingFor held(RunView run, Explanation.Held held) {
        Optional<Gate> first = held.gates().stream().findFirst();
        List<String> also = held.gates().stream()
                .skip(1)
                .map(gate -> GateSentences.sentence(gate, run.taskId()))
                .toList();
        return new WaitingFor(
                first.map(GateSentences::kind).orElse(WaitingFor.Gate.TURN),
                first.map(gate -> GateSentences.sentence(gate, run.taskId())).orElse(NO_GATE),
                also,
                slots(run.environmentId(), held.gates()),
                ahead(held.position()),
                waits(run.environmentId(), held.gates()),
                GateSentences.next(held.nextTimer()));
    }

    private WaitingFor.@Nullable Slots slots(EnvironmentId environment, List<Gate> gates) {
        return gates.stream()
                .flatMap(gate -> switch (gate) {
                    case Gate.EnvironmentFull full -> Stream.of(full.slots());
                    case Gate.QueueFull full -> Stream.of(full.slots());
                    case Gate.KeyFull full -> Stream.of(full.slots());
                    default -> Stream.<Gate.Slots>empty();
                })
                .findFirst()
                .map(slots -> new WaitingFor.Slots(slots.limit(), slots.used(), holders(environment, slots.holders())))
                .orElse(null);
    }

    private List<WaitingFor.Holder> holders(EnvironmentId environment, List<RunId> runs) {
        return runs.stream()
                .flatMap(run -> engine.queries().find(environment, run).stream())
                .map(run -> new WaitingFor.Holder(run.id(), run.taskId(), run.startedAt()))
                .toList();
    }

    private static WaitingFor.@Nullable Ahead ahead(Explanation.@Nullable Position position) {
        return position == null ? null : new WaitingFor.Ahead(position.inKey(), position.inEnvironment());
    }

    private List<WaitingFor.Wait> waits(EnvironmentId environment, List<Gate> gates) {
        return gates.stream()
                .filter(Gate.Waitpoints.class::isInstance)
                .map(Gate.Waitpoints.class::cast)
                .flatMap(waitpoints -> waitpoints.pending().stream())
                .limit(MOST_WAITS)
                .map(id -> wait(environment, id))
                .filter(Objects::nonNull)
                .toList();
    }

    private WaitingFor.@Nullable Wait wait(EnvironmentId environment, UUID id) {
        return engine.waits()
                .queries()
                .find(environment, new WaitpointId(id))
                .map(waitpoint -> wait(environment, waitpoint))
                .orElse(null);
    }

    private WaitingFor.Wait wait(EnvironmentId environment, Waitpoint waitpoint) {
        UUID id = waitpoint.id().value();
        WaitpointKind kind = waitpoint.kind();
        String name = switch (kind) {
            case RUN -> new RunId(id).toString();
            case BATCH -> new BatchId(id).toString();
            case DATETIME, MANUAL -> waitpoint.id().toString();
        };
        String task = kind == WaitpointKind.RUN
                ? engine.queries()
                        .find(environment, new RunId(id))
                        .map(RunView::taskId)
                        .orElse(null)
                : null;
        return new WaitingFor.Wait(kind.name(), name, task, waitpoint.dueAt());
    }
}
