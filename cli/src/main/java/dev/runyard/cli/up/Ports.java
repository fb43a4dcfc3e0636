package dev.runyard.cli.up;

import dev.runyard.cli.CommandFailure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;

/// TCP ports of this machine.
final class Ports {
    private Ports() {}

    /// Fails with the way out where a port is taken.
    ///
    /// @param what what would listen there
    /// @param option how to choose another port
    static void require(int port, String what, String option) {
        if (port < 1 || port > 65_535) {
            throw new CommandFailure(option + " must be a port from 1 to 65535, not " + port + ".");
        }
        if (!isFree(port)) {
            throw new CommandFailure("Port " + port + " is taken by another program, so the " + what
                    + " cannot listen there. Stop that program, or choose another port with " + option + ", such as "
                    + option + " " + nextFree(port) + ".");
        }
    }

    /// Tells whether a server could listen on all interfaces now.
    static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.bind(new InetSocketAddress(port));
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    static int anyFree() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int nextFree(int taken) {
        for (int port = taken + 1; port < taken + 100 && port <= 65_535; port++) {
            if (isFree(port)) {
                return port;
            }
        }
        return anyFree();
    }
}
