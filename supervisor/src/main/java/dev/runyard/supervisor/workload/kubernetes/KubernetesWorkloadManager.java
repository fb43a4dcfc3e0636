package dev.runyard.supervisor.workload.kubernetes;

import dev.runyard.supervisor.config.KubernetesProperties;
import dev.runyard.supervisor.workload.ExitListener;
import dev.runyard.supervisor.workload.HostResources;
import dev.runyard.supervisor.workload.StartOutcome;
import dev.runyard.supervisor.workload.Workload;
import dev.runyard.supervisor.workload.WorkloadExit;
import dev.runyard.supervisor.workload.WorkloadKind;
import dev.runyard.supervisor.workload.WorkloadManager;
import dev.runyard.supervisor.workload.WorkloadSpec;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.KubernetesClientTimeoutException;
import io.fabric8.kubernetes.client.dsl.PodResource;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.net.HttpURLConnection;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Runs each workload as a pod named by its runner.
///
/// A finalizer keeps a pod that was deleted until [#discard], so that nobody's deletion, and no supervisor's absence,
/// takes away how it ended.
public final class KubernetesWorkloadManager implements WorkloadManager {
    private static final Logger log = LoggerFactory.getLogger(KubernetesWorkloadManager.class);
    private static final Duration RESYNC = Duration.ofSeconds(30);

    /// What a node needs to tell of an end, beyond the grace that the workload had.
    private static final Duration NODE_PATIENCE = Duration.ofSeconds(15);

    private static final int UNPROCESSABLE = 422;

    private final KubernetesClient client;
    private final KubernetesProperties properties;
    private final String supervisor;
    private final PodTemplate template;
    private final ReadPod readPod;
    private final ExecutorService checks = Executors.newVirtualThreadPerTaskExecutor();

    /// Pods whose end the listener has not been told yet.
    private final Set<String> untold = ConcurrentHashMap.newKeySet();

    private volatile @Nullable ExitListener listener;
    private volatile @Nullable SharedIndexInformer<Pod> informer;

    /// @param supervisor name of this supervisor, by which its pods are told from those of others
    public KubernetesWorkloadManager(KubernetesClient client, KubernetesProperties properties, String supervisor) {
        this.client = client;
        this.properties = properties;
        this.supervisor = supervisor;
        this.template = new PodTemplate(properties, supervisor);
        this.readPod = new ReadPod(client, properties.namespace());
    }

    /// Makes one for the cluster that this process belongs to, or that its kubeconfig names.
    public static KubernetesWorkloadManager connect(KubernetesProperties properties, String supervisor) {
        return new KubernetesWorkloadManager(new KubernetesClientBuilder().build(), properties, supervisor);
    }

    @Override
    public WorkloadKind kind() {
        return WorkloadKind.KUBERNETES;
    }

    /// Only the scheduler knows what fits.
    @Override
    public HostResources resources() {
        return new HostResources(properties.slots(), Double.MAX_VALUE, Double.MAX_VALUE);
    }

    @Override
    public void open(ExitListener exitListener) {
        listener = exitListener;
        informer = client.pods()
                .inNamespace(properties.namespace())
                .withLabel(PodIdentity.SUPERVISOR, supervisor)
                .inform(new Changes(), RESYNC.toMillis());
    }

    @Override
    public StartOutcome start(WorkloadSpec spec) {
        if (spec.isBundle() || spec.image().isBlank()) {
            return new StartOutcome.Refused("The version's image is \"" + spec.image()
                    + "\", but this supervisor runs tasks in pods and needs a container image.");
        }
        try {
            create(spec);
            return awaitRunning(spec);
        } catch (KubernetesClientException e) {
            discard(spec.runner());
            String reason = "The pod of image " + spec.image() + " could not be started: " + e.getMessage();
            boolean isImagesFault = e.getCode() == HttpURLConnection.HTTP_BAD_REQUEST || e.getCode() == UNPROCESSABLE;
            return isImagesFault ? new StartOutcome.Refused(reason) : new StartOutcome.Unavailable(reason);
        }
    }

    @Override
    public List<Workload> list() {
        return client
                .pods()
                .inNamespace(properties.namespace())
                .withLabel(PodIdentity.SUPERVISOR, supervisor)
                .list()
                .getItems()
                .stream()
                .flatMap(pod -> PodIdentity.read(pod).stream())
                .toList();
    }

    @Override
    public void adopt(Workload workload) {
        untold.add(workload.runner());
        checkSoon(workload.runner());
    }

    @Override
    public void stop(String runner, Duration grace) {
        try {
            // Zero would make the cluster forget the pod before its node has killed it.
            long seconds = Math.max(1, grace.toSeconds());
            pod(runner).withGracePeriod(seconds).delete();
            awaitEnd(runner, grace.plus(NODE_PATIENCE));
        } catch (KubernetesClientException e) {
            log.warn("cannot stop {}: {}", runner, e.getMessage());
        }
        checkSoon(runner);
    }

    @Override
    public void discard(String runner) {
        untold.remove(runner);
        Pod pod = pod(runner).get();
        if (pod == null) {
            return;
        }
        if (readPod.exit(pod).isEmpty() && ReadPod.hasRun(pod)) {
            stop(runner, Duration.ZERO);
        }
        try {
            pod(runner).withGracePeriod(0).delete();
            release(runner);
        } catch (KubernetesClientException e) {
            log.warn("cannot remove the pod {}: {}", runner, e.getMessage());
        }
    }

    @Override
    public void close() {
        listener = null;
        SharedIndexInformer<Pod> running = informer;
        if (running != null) {
            running.close();
        }
        checks.shutdown();
        client.close();
    }

    private PodResource pod(String runner) {
        return client.pods().inNamespace(properties.namespace()).withName(runner);
    }

    private void create(WorkloadSpec spec) {
        Pod pod = template.pod(spec);
        untold.add(spec.runner());
        try {
            client.pods().inNamespace(properties.namespace()).resource(pod).create();
        } catch (KubernetesClientException e) {
            if (e.getCode() != HttpURLConnection.HTTP_CONFLICT) {
                throw e;
            }
            // What is left of a start whose answer was lost; a run is handed out with one snapshot only once.
            discard(spec.runner());
            untold.add(spec.runner());
            client.pods().inNamespace(properties.namespace()).resource(pod).create();
        }
    }

    private StartOutcome awaitRunning(WorkloadSpec spec) {
        String runner = spec.runner();
        Optional<String> hopeless;
        try {
            Pod pod = pod(runner)
                    .waitUntilCondition(
                            found -> found == null
                                    || ReadPod.hasRun(found)
                                    || readPod.hopelessness(found).isPresent(),
                            properties.startTimeout().toMillis(),
                            TimeUnit.MILLISECONDS);
            hopeless = pod == null ? Optional.empty() : readPod.hopelessness(pod);
        } catch (KubernetesClientTimeoutException e) {
            Pod pod = pod(runner).get();
            String why = pod == null ? "" : ReadPod.delay(pod);
            discard(runner);
            return new StartOutcome.Unavailable(
                    "The pod did not start within " + properties.startTimeout() + (why.isEmpty() ? "." : ": " + why));
        }
        if (hopeless.isPresent()) {
            discard(runner);
            return new StartOutcome.Refused(hopeless.get());
        }
        checkSoon(runner);
        return new StartOutcome.Started();
    }

    private void awaitEnd(String runner, Duration patience) {
        try {
            pod(runner)
                    .waitUntilCondition(
                            found -> found == null || readPod.exit(found).isPresent() || !ReadPod.hasRun(found),
                            patience.toMillis(),
                            TimeUnit.MILLISECONDS);
        } catch (KubernetesClientTimeoutException e) {
            log.warn("the node does not tell that {} has ended", runner);
        }
    }

    /// Lets the cluster forget a pod.
    private void release(String runner) {
        pod(runner).edit(found -> {
            found.getMetadata().getFinalizers().remove(PodTemplate.UNREPORTED);
            return found;
        });
    }

    private void checkSoon(String runner) {
        try {
            checks.execute(() -> check(runner));
        } catch (RejectedExecutionException e) {
            log.debug("closed before the end of {} was read", runner);
        }
    }

    private void check(String runner) {
        if (!untold.contains(runner)) {
            return;
        }
        try {
            Pod pod = pod(runner).get();
            Optional<WorkloadExit> exit = pod == null ? Optional.of(gone(runner)) : readPod.exit(pod);
            ExitListener told = listener;
            if (exit.isPresent() && told != null && untold.remove(runner)) {
                told.exited(runner, exit.get());
            }
        } catch (KubernetesClientException e) {
            // The informer comes back to it.
            log.warn("cannot find out how {} ended: {}", runner, e.getMessage());
        }
    }

    private static WorkloadExit gone(String runner) {
        return new WorkloadExit.Vanished(
                "The pod " + runner + " of the task disappeared: it was removed by someone other than the supervisor.");
    }

    private final class Changes implements ResourceEventHandler<Pod> {
        @Override
        public void onAdd(Pod pod) {
            checkSoon(pod.getMetadata().getName());
        }

        @Override
        public void onUpdate(Pod before, Pod pod) {
            checkSoon(pod.getMetadata().getName());
        }

        @Override
        public void onDelete(Pod pod, boolean isLastStateUnknown) {
            checkSoon(pod.getMetadata().getName());
        }
    }
}
