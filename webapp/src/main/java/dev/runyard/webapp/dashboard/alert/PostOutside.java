package dev.runyard.webapp.dashboard.alert;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import org.springframework.stereotype.Component;

/// Posts to an address that a user named. The name is resolved once, and the connection goes to the address that was
/// checked; an HTTP client would resolve it again, and might then be led inside. Redirects are not followed, and of the
/// answer only the status is read.
@Component
class PostOutside {
    private static final Pattern STATUS = Pattern.compile("HTTP/1\\.[01] (\\d{3}).*");
    private static final int LONGEST_STATUS_LINE = 1_024;
    private static final int HTTP = 80;
    private static final int HTTPS = 443;

    private final Duration timeout;
    private final boolean allowPrivate;

    PostOutside(AlertProperties properties) {
        this.timeout = properties.timeout();
        this.allowPrivate = properties.allowPrivateAddresses();
    }

    /// Returns why nothing can be posted to a target; empty where something can.
    static Optional<String> problem(String target) {
        try {
            URI uri = URI.create(target.strip());
            String scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
            boolean isSound = (scheme.equals("http") || scheme.equals("https"))
                    && uri.getHost() != null
                    && uri.getRawUserInfo() == null
                    && uri.getRawFragment() == null;
            return isSound
                    ? Optional.empty()
                    : Optional.of("must be an address such as https://example.com/hooks/runyard");
        } catch (IllegalArgumentException _) {
            return Optional.of("must be an address such as https://example.com/hooks/runyard");
        }
    }

    SendOutcome post(URI target, Map<String, String> headers, String body) {
        try {
            InetAddress address = resolve(target);
            if (!allowPrivate && !OutsideAddress.isOutside(address)) {
                return new SendOutcome.Refused(
                        "The address leads into the server's own network, which is not allowed.");
            }
            return outcome(exchange(target, address, request(target, headers, body)));
        } catch (UnknownHostException _) {
            return new SendOutcome.NotNow("The host " + target.getHost() + " is unknown.");
        } catch (SocketTimeoutException _) {
            return new SendOutcome.NotNow("No answer within " + timeout.toSeconds() + " s.");
        } catch (IOException e) {
            return new SendOutcome.NotNow("The connection failed: " + e.getMessage());
        }
    }

    /// The first address counts: if it leads inside, others do not make up for it.
    private static InetAddress resolve(URI target) throws UnknownHostException {
        return InetAddress.getByName(bareHost(target));
    }

    private static String bareHost(URI target) {
        return target.getHost().replaceAll("^\\[|]$", "");
    }

    private static SendOutcome outcome(int status) {
        String answer = "HTTP " + status;
        if (status >= 200 && status < 300) {
            return new SendOutcome.Taken(answer);
        }
        boolean mayChange = status >= 500 || status == 408 || status == 429;
        return mayChange ? new SendOutcome.NotNow(answer) : new SendOutcome.Refused(answer);
    }

    private static byte[] request(URI target, Map<String, String> headers, String body) {
        byte[] content = body.getBytes(StandardCharsets.UTF_8);
        String path = target.getRawPath() == null || target.getRawPath().isEmpty() ? "/" : target.getRawPath();
        String query = target.getRawQuery() == null ? "" : "?" + target.getRawQuery();
        String host = target.getPort() < 0 ? target.getHost() : target.getHost() + ":" + target.getPort();
        StringBuilder head = new StringBuilder("POST " + path + query + " HTTP/1.1\r\n");
        head.append("Host: ").append(host).append("\r\n");
        head.append("Connection: close\r\nContent-Type: application/json\r\nUser-Agent: runyard\r\n");
        head.append("Content-Length: ").append(content.length).append("\r\n");
        headers.forEach(
                (name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
        byte[] start = head.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1);
        byte[] whole = Arrays.copyOf(start, start.length + content.length);
        System.arraycopy(content, 0, whole, start.length, content.length);
        return whole;
    }

    private int exchange(URI target, InetAddress address, byte[] request) throws IOException {
        boolean isSecure = "https".equalsIgnoreCase(target.getScheme());
        int port = target.getPort() > 0 ? target.getPort() : isSecure ? HTTPS : HTTP;
        int millis = Math.toIntExact(timeout.toMillis());
        try (Socket plain = new Socket()) {
            plain.connect(new InetSocketAddress(address, port), millis);
            plain.setSoTimeout(millis);
            if (!isSecure) {
                return exchange(plain, request);
            }
            try (SSLSocket secure = secure(plain, bareHost(target), port)) {
                return exchange(secure, request);
            }
        }
    }

    private static SSLSocket secure(Socket plain, String host, int port) throws IOException {
        SSLSocketFactory factory = (SSLSocketFactory) SSLSocketFactory.getDefault();
        SSLSocket secure = (SSLSocket) factory.createSocket(plain, host, port, true);
        SSLParameters parameters = secure.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        secure.setSSLParameters(parameters);
        return secure;
    }

    private int exchange(Socket socket, byte[] request) throws IOException {
        long end = System.nanoTime() + timeout.toNanos();
        OutputStream out = socket.getOutputStream();
        out.write(request);
        out.flush();
        InputStream in = socket.getInputStream();
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int next = in.read(); next >= 0 && next != '\n'; next = in.read()) {
            line.write(next);
            if (line.size() > LONGEST_STATUS_LINE || System.nanoTime() > end) {
                throw new IOException("the answer is no HTTP");
            }
        }
        Matcher status =
                STATUS.matcher(line.toString(StandardCharsets.ISO_8859_1).strip());
        if (!status.matches()) {
            throw new IOException("the answer is no HTTP");
        }
        return Integer.parseInt(status.group(1));
    }
}
