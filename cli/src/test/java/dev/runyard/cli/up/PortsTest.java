package dev.runyard.cli.up;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.runyard.cli.CommandFailure;
import java.net.InetAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;

final class PortsTest {
    @Test
    void namesATakenPortAndTheOptionForAnother() throws Exception {
        try (ServerSocket rival = new ServerSocket(0)) {
            int port = rival.getLocalPort();

            assertThatThrownBy(() -> Ports.require(port, "webapp", "--port"))
                    .isInstanceOf(CommandFailure.class)
                    .hasMessageContaining("Port " + port + " is taken")
                    .hasMessageContaining("the webapp cannot listen there")
                    .hasMessageContaining("such as --port ");
        }
    }

    @Test
    void seesAServerThatListensOnTheLoopbackInterfaceAlone() throws Exception {
        try (ServerSocket rival = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThat(Ports.isFree(rival.getLocalPort())).isFalse();
        }
    }

    @Test
    void takesAFreePort() {
        int port = Ports.anyFree();

        assertThatCode(() -> Ports.require(port, "webapp", "--port")).doesNotThrowAnyException();
    }

    @Test
    void refusesWhatIsNoPort() {
        assertThatThrownBy(() -> Ports.require(0, "supervisor", "--supervisor-port"))
                .hasMessage("--supervisor-port must be a port from 1 to 65535, not 0.");
        assertThatThrownBy(() -> Ports.require(65_536, "webapp", "--port")).hasMessageContaining("not 65536");
    }
}
