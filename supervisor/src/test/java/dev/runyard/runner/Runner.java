package dev.runyard.runner;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import sun.misc.Signal;

/// Misbehaves on demand, as named by the variable `BEHAVIOR`; without one, executes its run as the payload says.
public final class Runner {
    private static final int MEBIBYTE = 1 << 20;

    private Runner() {}

    public static void main(String[] arguments) throws Exception {
        if (System.getenv("RUNYARD_CHECK") != null) {
            System.exit(0);
        }
        String behavior = System.getenv("BEHAVIOR");
        if (behavior == null) {
            ScriptedRun.fromEnvironment().execute();
        } else {
            behave(behavior);
        }
    }

    static void behave(String behavior) throws Exception {
        int colon = behavior.indexOf(':');
        String name = colon < 0 ? behavior : behavior.substring(0, colon);
        String argument = behavior.substring(colon + 1);
        System.out.println("behaving: " + behavior);
        switch (name) {
            case "exit" -> System.exit(Integer.parseInt(argument));
            case "sleep" -> new CountDownLatch(1).await();
            case "ignore-term" -> {
                Signal.handle(new Signal("TERM"), _ -> System.out.println("ignoring SIGTERM"));
                System.out.println("ready");
                new CountDownLatch(1).await();
            }
            case "fill-heap" -> fillHeap();
            case "fill-container" -> fillContainer();
            case "fork" -> fork();
            case "leave-children" -> leaveChildren();
            case "print-confinement" -> printConfinement();
            case "listen" -> listen(Integer.parseInt(argument));
            case "connect" -> connect(argument);
            case "print-environment" -> {
                System.getenv().forEach((key, value) -> System.out.println(key + "=" + value));
                System.exit(7);
            }
            default -> throw new IllegalArgumentException(behavior);
        }
    }

    private static void fillHeap() {
        List<byte[]> hoard = new ArrayList<>();
        while (true) {
            hoard.add(new byte[MEBIBYTE]);
        }
    }

    /// Exceeds the memory of the container without exceeding that of the heap: files in memory count too.
    private static void fillContainer() throws IOException {
        List<byte[]> hoard = new ArrayList<>();
        try (FileChannel file =
                FileChannel.open(Path.of("/tmp/ballast"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            for (int i = 0; i < 100; i++) {
                file.write(ByteBuffer.allocate(MEBIBYTE));
            }
        }
        for (int i = 0; i < 170; i++) {
            byte[] block = new byte[MEBIBYTE];
            Arrays.fill(block, (byte) 1);
            hoard.add(block);
        }
        System.exit(hoard.size());
    }

    private static void fork() {
        int children = 0;
        try {
            while (children < 5_000) {
                new ProcessBuilder("sleep", "600").start();
                children++;
            }
        } catch (IOException | OutOfMemoryError e) {
            System.out.println("could start " + children + " processes");
            Runtime.getRuntime().halt(5);
        }
    }

    /// Leaves one child in the process group and one daemon outside of it.
    private static void leaveChildren() throws Exception {
        new ProcessBuilder("sleep", "611").start();
        new ProcessBuilder("sh", "-c", "setsid sleep 612 & exit 0").start().waitFor();
        System.out.println("ready");
        new CountDownLatch(1).await();
    }

    private static void printConfinement() throws IOException {
        try (var lines = Files.lines(Path.of("/proc/self/status"))) {
            lines.filter(line -> line.matches("(CapEff|CapPrm|CapBnd|NoNewPrivs|Seccomp|Uid|Gid):.*"))
                    .forEach(line -> System.out.println(line.replaceAll("\\s+", " ")));
        }
        System.out.println("write /probe: " + write("/probe"));
        System.out.println("write /app/probe: " + write("/app/probe"));
        System.out.println("write /tmp/probe: " + write("/tmp/probe"));
        System.out.println("socket: " + Files.exists(Path.of("/var/run/docker.sock")));
        System.exit(7);
    }

    private static String write(String path) {
        try {
            Files.writeString(Path.of(path), "x");
            return "allowed";
        } catch (IOException e) {
            return "denied";
        }
    }

    private static void listen(int port) throws IOException {
        try (ServerSocket server = new ServerSocket(port)) {
            System.out.println("listening");
            while (true) {
                server.accept().close();
            }
        }
    }

    private static void connect(String address) {
        int colon = address.lastIndexOf(':');
        try (Socket socket = new Socket()) {
            socket.connect(
                    new InetSocketAddress(address.substring(0, colon), Integer.parseInt(address.substring(colon + 1))),
                    2_000);
            System.out.println("reached " + address);
        } catch (IOException e) {
            System.out.println("unreachable " + address + ": " + e);
        }
        System.exit(7);
    }
}
