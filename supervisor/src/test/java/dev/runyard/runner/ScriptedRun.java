package dev.runyard.runner;

import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.concurrent.CountDownLatch;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Speaks just enough of the workload API to start its run, do what the payload says and complete.
record ScriptedRun(String base, String run, String snapshot, String token, String runner) {
    private static final Pattern PAYLOAD = Pattern.compile("\"payload\":\"([^\"]*)\"");
    private static final Pattern RUN = Pattern.compile("\"friendlyId\":\"(run_[0-9a-z]+)\"");
    private static final Pattern SNAPSHOT = Pattern.compile("\"friendlyId\":\"(snapshot_[0-9]+)\"");

    static ScriptedRun fromEnvironment() {
        String base = System.getenv("TRIGGER_SUPERVISOR_API_PROTOCOL") + "://"
                + System.getenv("TRIGGER_SUPERVISOR_API_DOMAIN") + ":"
                + System.getenv("TRIGGER_SUPERVISOR_API_PORT") + "/api/v1/workload-actions/runs/";
        return new ScriptedRun(
                base,
                System.getenv("TRIGGER_RUN_ID"),
                System.getenv("TRIGGER_SNAPSHOT_ID"),
                System.getenv("TRIGGER_DEPLOYMENT_ID"),
                System.getenv("TRIGGER_RUNNER_ID"));
    }

    void execute() throws Exception {
        String started = post(snapshot, "attempts/start", "{\"isWarmStart\":false}");
        String current = find(SNAPSHOT, started);
        String payload = find(PAYLOAD, started);
        switch (payload) {
            case "complete" -> {
                complete(current);
                goOn();
            }
            case "obey-cancel" -> {
                awaitCancel(current);
                System.exit(0);
            }
            case "complete-and-linger" -> {
                complete(current);
                new CountDownLatch(1).await();
            }
            default -> Runner.behave(payload);
        }
    }

    /// Asks for another run where the supervisor keeps workloads for them.
    private void goOn() throws Exception {
        String warm = System.getenv("TRIGGER_WARM_START_URL");
        if (warm == null) {
            return;
        }
        HttpResponse<String> answer = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(warm + "/warm-start"))
                                .header("x-trigger-workload-deployment-id", token)
                                .header("x-trigger-workload-runner-id", runner)
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() == 200) {
            new ScriptedRun(base, find(RUN, answer.body()), find(SNAPSHOT, answer.body()), token, runner).execute();
        }
    }

    private void complete(String current) throws Exception {
        post(
                current,
                "attempts/complete",
                "{\"completion\":{\"ok\":true,\"id\":\"" + run
                        + "\",\"output\":\"1\",\"outputType\":\"application/json\"}}");
    }

    private void awaitCancel(String current) throws Exception {
        while (!isCanceled(current)) {
            Thread.sleep(100);
        }
    }

    private boolean isCanceled(String current) throws Exception {
        try {
            return get("snapshots/since/" + current).contains("PENDING_CANCEL");
        } catch (ConnectException e) {
            // The supervisor is being restarted.
            return false;
        }
    }

    private String post(String at, String action, String body) throws Exception {
        return send(request("snapshots/" + at + "/" + action)
                .header("content-type", "text/plain;charset=UTF-8")
                .POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    private String get(String path) throws Exception {
        return send(request(path));
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(base + run + "/" + path))
                .header("x-trigger-workload-deployment-id", token)
                .header("x-trigger-workload-runner-id", runner);
    }

    private static String send(HttpRequest.Builder request) throws Exception {
        HttpResponse<String> response =
                HttpClient.newHttpClient().send(request.build(), HttpResponse.BodyHandlers.ofString());
        if (response.statusCode() != 200) {
            System.err.println("refused: " + response.statusCode() + " " + response.body());
            System.exit(1);
        }
        return response.body();
    }

    private static String find(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        if (!matcher.find()) {
            throw new IllegalStateException("no " + pattern + " in " + text);
        }
        return matcher.group(1);
    }
}
