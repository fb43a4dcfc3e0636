package dev.runyard.webapp.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ForeseeStartTest {
    private static final String BUNDLE = "bundle:/srv/tasks";
    private static final String IMAGE = "example/tasks:1";

    @Test
    void warnsOfAFolderWhereAllSupervisorsStartContainers() {
        assertThat(warning(BUNDLE, "kubernetes", "docker"))
                .hasValue("All supervisors run tasks in containers (docker, kubernetes) and cannot start a folder."
                        + " Deploy an image: give --registry or --image.");
    }

    @Test
    void warnsOfAnImageWhereAllSupervisorsStartProcesses() {
        assertThat(warning(IMAGE, "process"))
                .hasValueSatisfying(warning -> assertThat(warning).contains("Deploy the folder"));
    }

    @Test
    void saysNothingWhereOneSupervisorCanStartIt() {
        assertThat(warning(BUNDLE, "docker", "process")).isEmpty();
        assertThat(warning(IMAGE, "docker", "process")).isEmpty();
    }

    @Test
    void saysNothingWhereNoSupervisorSaidWhatItStarts() {
        assertThat(warning(BUNDLE)).isEmpty();
    }

    @Test
    void saysNothingOfAVersionThatWorkersHave() {
        assertThat(warning("worker:", "docker")).isEmpty();
    }

    private static Optional<String> warning(String image, String... kinds) {
        return new ForeseeStart(() -> Set.of(kinds)).warning(image);
    }
}
