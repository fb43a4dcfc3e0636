package dev.runyard.protocol.run;

/** What made the image of a suspended process. */
public enum CheckpointType {
    DOCKER,
    KUBERNETES,
    COMPUTE
}
