package dev.runyard.webapp.testing;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;

/// A mail server that keeps what it gets: as much of SMTP as a client needs to hand over a mail.
public final class TestMailServer {
    private final ServerSocket server;
    private final List<Received> received = new CopyOnWriteArrayList<>();

    private record Received(String recipients, String text) {}

    private TestMailServer(ServerSocket server) {
        this.server = server;
    }

    /// Starts one on a free port; it ends with the JVM.
    public static TestMailServer start() {
        try {
            TestMailServer mails = new TestMailServer(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()));
            Thread.ofPlatform().daemon().name("test-mail-server").start(mails::serve);
            return mails;
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    public int port() {
        return server.getLocalPort();
    }

    /// Returns the mails to an address, head and text, in the order of their arrival.
    public List<String> to(String address) {
        return received.stream()
                .filter(one -> one.recipients().contains(address))
                .map(Received::text)
                .toList();
    }

    private void serve() {
        while (true) {
            try (Socket socket = server.accept()) {
                talk(socket);
            } catch (IOException _) {
                // The client left.
            }
        }
    }

    private void talk(Socket socket) throws IOException {
        BufferedReader in = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
        OutputStream out = socket.getOutputStream();
        say(out, "220 test");
        StringBuilder recipients = new StringBuilder();
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            String command = line.toUpperCase(Locale.ROOT);
            if (command.startsWith("RCPT")) {
                recipients.append(line).append('\n');
            }
            if (command.equals("DATA")) {
                say(out, "354 go on");
                received.add(new Received(recipients.toString(), text(in)));
                recipients.setLength(0);
            }
            say(out, command.equals("QUIT") ? "221 bye" : "250 ok");
        }
    }

    private static String text(BufferedReader in) throws IOException {
        StringBuilder text = new StringBuilder();
        for (String line = in.readLine(); line != null && !line.equals("."); line = in.readLine()) {
            text.append(line).append('\n');
        }
        return text.toString();
    }

    private static void say(OutputStream out, String line) throws IOException {
        out.write((line + "\r\n").getBytes(StandardCharsets.US_ASCII));
        out.flush();
    }
}
