package dev.runyard.spring;

import dev.runyard.sdk.ProjectConfig;
import dev.runyard.sdk.Task;
import dev.runyard.sdk.client.ClientConfig;
import dev.runyard.sdk.client.Runyard;
import dev.runyard.worker.WorkerListener;
import dev.runyard.worker.WorkerOptions;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.info.BuildProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Makes a client, and a worker where beans of the type {@link Task} exist.
 *
 * <p>The worker registers the tasks when the application has started, and takes runs of the environment from then on. Its
 * end is the first thing that happens when the application stops.
 */
@AutoConfiguration
@EnableConfigurationProperties(RunyardProperties.class)
@ConditionalOnProperty("runyard.secret-key")
public final class RunyardAutoConfiguration {

    /** Spring makes it. */
    public RunyardAutoConfiguration() {}

    @Bean
    @ConditionalOnMissingBean
    ClientConfig runyardClientConfig(RunyardProperties properties) {
        return ClientConfig.of(properties.url(), Objects.requireNonNull(properties.secretKey()));
    }

    @Bean(destroyMethod = "close")
    @ConditionalOnMissingBean
    Runyard runyard(ClientConfig config) {
        return Runyard.connect(config);
    }

    /** The worker and what shows how it is. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnBean(Task.class)
    @ConditionalOnBooleanProperty(name = "runyard.worker.enabled", matchIfMissing = true)
    static class WorkerConfiguration {

        @Bean
        RunyardWorker runyardWorker(
                ConfigurableListableBeanFactory beans,
                ClientConfig client,
                RunyardProperties properties,
                ObjectProvider<ProjectConfig> project,
                ObjectProvider<BuildProperties> build,
                ObjectProvider<WorkerListener> listeners) {
            RunyardProperties.Worker worker = properties.worker();
            WorkerOptions options = WorkerOptions.of(client)
                    .withConcurrency(worker.concurrency())
                    .withPollTimeout(worker.pollTimeout())
                    .withLease(worker.heartbeatInterval(), worker.lease())
                    .withListener(new AllListeners(listeners.orderedStream().toList()));
            return new RunyardWorker(
                    worker.name() == null ? options : options.withName(worker.name()),
                    new TaskBeans(beans)
                            .find(
                                    project.getIfAvailable(() -> ProjectConfig.EMPTY),
                                    buildOf(worker, build.getIfAvailable())),
                    worker.shutdownGrace());
        }

        private static String buildOf(RunyardProperties.Worker worker, @Nullable BuildProperties build) {
            if (worker.build() != null) {
                return worker.build();
            }
            return build == null ? "" : build.getVersion() + " " + build.getTime();
        }
    }

    /** Shows whether the worker gets runs. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(HealthIndicator.class)
    @ConditionalOnBean(Task.class)
    @ConditionalOnBooleanProperty(name = "runyard.worker.enabled", matchIfMissing = true)
    static class HealthConfiguration {

        @Bean
        @ConditionalOnMissingBean(name = "runyardHealthIndicator")
        RunyardHealthIndicator runyardHealthIndicator(RunyardWorker worker) {
            return new RunyardHealthIndicator(worker);
        }
    }

    /** Measures the worker. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(MeterRegistry.class)
    static class MetricsConfiguration {

        @Bean
        WorkerMetrics runyardWorkerMetrics(
                ObjectProvider<MeterRegistry> registries, ObjectProvider<RunyardWorker> worker) {
            return new WorkerMetrics(registries, worker);
        }
    }
}
