package dev.runyard.cli.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.runyard.cli.CommandFailure;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ServicesTest {
    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    private Path folder;

    private final List<String> stopped = new ArrayList<>();
    private ProcessLedger ledger;
    private Services services;

    @BeforeEach
    void makeServices() {
        ledger = new ProcessLedger(folder.resolve("processes"));
        services = new Services(ledger, stopped::add);
    }

    @AfterEach
    void stopServices() {
        services.stopAll();
    }

    @Test
    void stopsTheLastStartedFirst() {
        Service first = services.start(spec("first", "sleep 60"));
        Service second = services.start(spec("second", "sleep 60"));

        services.stopAll();

        assertThat(stopped).containsExactly("second", "first");
        assertThat(first.isAlive()).isFalse();
        assertThat(second.isAlive()).isFalse();
        assertThatThrownBy(() -> services.start(spec("third", "true"))).isInstanceOf(CommandFailure.class);
    }

    @Test
    void tellsWhoDiedAndWhereToReadWhy() {
        services.start(spec("lasting", "sleep 60"));
        services.start(spec("mortal", "echo no more coal; exit 7"));

        Service dead = services.awaitFirstExit();

        assertThat(dead.obituary())
                .startsWith(
                        "The mortal ended unexpectedly with exit code 7. Its log is " + folder.resolve("mortal.log"))
                .endsWith("no more coal");
    }

    @Test
    void givesAndWithholdsVariables() {
        assertThat(System.getenv()).containsKey("HOME");
        Service service = services.start(new ServiceSpec(
                "shy",
                List.of("/bin/sh", "-c", "echo ${HOME-homeless} $GIVEN"),
                Map.of("GIVEN", "but rich"),
                Set.of("HOME"),
                List.of(),
                folder.resolve("shy.log")));

        Awaitility.await().until(() -> !service.isAlive());
        assertThat(folder.resolve("shy.log")).hasContent("homeless but rich");
    }

    @Test
    void endsWhatAKilledCommandLeft() {
        Service left = services.start(spec("left", "sleep 60"));

        assertThat(new ProcessLedger(folder.resolve("processes")).endLeftovers())
                .containsExactly("left");
        assertThat(left.isAlive()).isFalse();
        assertThat(ledger.endLeftovers()).isEmpty();
    }

    private ServiceSpec spec(String name, String script) {
        return new ServiceSpec(
                name, List.of("/bin/sh", "-c", script), Map.of(), Set.of(), List.of(), folder.resolve(name + ".log"));
    }
}
