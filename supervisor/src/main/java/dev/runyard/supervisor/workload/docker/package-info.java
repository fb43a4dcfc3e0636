/// Workloads as containers of a Docker engine.
///
/// [DockerWorkloadManager] is the entry; [ContainerTemplate] alone decides what a container may do.
@NullMarked
package dev.runyard.supervisor.workload.docker;

import org.jspecify.annotations.NullMarked;
