/// Workloads as pods of a Kubernetes cluster.
///
/// [KubernetesWorkloadManager] is the entry; [PodTemplate] alone decides what a pod may do.
@NullMarked
package dev.runyard.supervisor.workload.kubernetes;

import org.jspecify.annotations.NullMarked;
