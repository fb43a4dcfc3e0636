package dev.runyard.protocol.worker;

import dev.runyard.protocol.id.DeploymentId;
import java.util.List;

/**
 * Answer of {@code POST /engine/v1/worker-actions/image-checks/take}, a route of ours: images that the supervisor is to
 * try before their releases count.
 *
 * @param checks the images
 */
public record ImageChecksResponse(List<ImageCheck> checks) {

    /**
     * @param deployment the release, by which the result is reported
     * @param version its number
     * @param image what to start
     * @param runtime what runs it, such as {@code java}
     */
    public record ImageCheck(DeploymentId deployment, String version, String image, String runtime) {}
}
