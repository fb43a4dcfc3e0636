package dev.runyard.testkit.docker;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A TCP way to the Docker engine that can be cut, and that can refuse some calls in the engine's name.
public final class DockerProxy implements AutoCloseable {
    private static final UnixDomainSocketAddress ENGINE = UnixDomainSocketAddress.of("/var/run/docker.sock");

    private final ServerSocketChannel server;
    private final Set<Closeable> open = ConcurrentHashMap.newKeySet();
    private volatile boolean isCut;
    private volatile @Nullable Refusal refusal;

    /// @param calls what it holds for, of the first line of a request
    /// @param answer the whole response
    private record Refusal(Pattern calls, String answer) {}

    public DockerProxy() {
        try {
            server = ServerSocketChannel.open().bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.ofVirtual().start(this::accept);
    }

    public String address() {
        return "tcp://127.0.0.1:" + server.socket().getLocalPort();
    }

    /// Cuts all connections, and new ones from now on.
    public void cut() {
        isCut = true;
        open.forEach(DockerProxy::closeQuietly);
        open.clear();
    }

    /// Lets everything through again.
    public void restore() {
        isCut = false;
        refusal = null;
    }

    /// Answers some calls as an engine does that cannot do what it was asked.
    ///
    /// @param calls pattern of method and path, such as `POST .*/containers/create.*`
    /// @param message what the engine says, without quotation marks
    public void refuse(String calls, String message) {
        String body = "{\"message\":\"" + message + "\"}";
        String answer = "HTTP/1.1 500 Internal Server Error\r\nContent-Type: application/json\r\nContent-Length: "
                + body.getBytes(StandardCharsets.UTF_8).length + "\r\nConnection: close\r\n\r\n" + body;
        refusal = new Refusal(Pattern.compile(calls), answer);
    }

    @Override
    public void close() {
        cut();
        closeQuietly(server);
    }

    private void accept() {
        try {
            while (true) {
                SocketChannel client = server.accept();
                if (isCut) {
                    client.close();
                } else {
                    connect(client);
                }
            }
        } catch (IOException e) {
            // Closed.
        }
    }

    private void connect(SocketChannel client) throws IOException {
        SocketChannel engine = SocketChannel.open(ENGINE);
        open.add(client);
        open.add(engine);
        Thread.ofPlatform().daemon().start(() -> copy(client, engine, true));
        Thread.ofPlatform().daemon().start(() -> copy(engine, client, false));
    }

    private void copy(SocketChannel from, SocketChannel to, boolean isRequests) {
        ByteBuffer buffer = ByteBuffer.allocate(1 << 16);
        try {
            while (from.read(buffer) >= 0) {
                buffer.flip();
                Refusal refused = isRequests ? refusalOf(buffer) : null;
                if (refused != null) {
                    answer(from, refused);
                    break;
                }
                writeAll(to, buffer);
                buffer.clear();
            }
            to.shutdownOutput();
        } catch (IOException e) {
            closeQuietly(from);
            closeQuietly(to);
        }
    }

    /// A client sends a request only when it has got the last answer, so each begins a read of its own.
    private @Nullable Refusal refusalOf(ByteBuffer request) {
        Refusal now = refusal;
        String text = StandardCharsets.ISO_8859_1.decode(request.duplicate()).toString();
        int end = text.indexOf(" HTTP/1.");
        return now != null
                        && end > 0
                        && now.calls().matcher(text.substring(0, end)).matches()
                ? now
                : null;
    }

    /// Answers and waits until the client has gone: closing before would take the answer from it.
    private static void answer(SocketChannel client, Refusal refused) throws IOException {
        writeAll(client, StandardCharsets.UTF_8.encode(refused.answer()));
        ByteBuffer rest = ByteBuffer.allocate(1 << 12);
        while (client.read(rest) >= 0) {
            rest.clear();
        }
    }

    private static void writeAll(SocketChannel to, ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            to.write(bytes);
        }
    }

    private static void closeQuietly(Closeable closeable) {
        try {
            closeable.close();
        } catch (IOException e) {
            // It is closed as far as it goes.
        }
    }
}
