package dev.runyard.examples.patterns;

import dev.runyard.sdk.Task;
import dev.runyard.sdk.flow.FailurePolicy;
import dev.runyard.sdk.flow.Orchestrator;
import dev.runyard.sdk.flow.Track;
import java.util.List;

/** A track of two tasks, and an orchestrator that runs a track beside a task. */
public final class Media {
    /** Takes the sound out of a video. */
    public static final Task<Video, Audio> EXTRACT_AUDIO = Task.define("extract_audio")
            .input(Video.class)
            .output(Audio.class)
            .run((video, context) -> new Audio(video.url().replaceFirst("\\.mp4$", ".mp3")));

    /** Writes down what is said. */
    public static final Task<Speech, String> GENERATE_TRANSCRIPT = Task.define("generate_transcript")
            .input(Speech.class)
            .output(String.class)
            .run((speech, context) -> speech.language() + " transcript of " + speech.url());

    /** Makes a picture of a video. */
    public static final Task<Video, String> THUMBNAIL = Task.define("thumbnail")
            .input(Video.class)
            .output(String.class)
            .run((video, context) -> video.url() + ".png");

    /** From a video to its transcript. */
    public static final Task<Video, String> MEDIA_TRACK = Track.define("media_track", Video.class)
            .step(EXTRACT_AUDIO)
            .step(GENERATE_TRANSCRIPT, (audio, video) -> new Speech(audio.url(), video.language()))
            .asTask();

    /** Transcript and picture at the same time. */
    public static final Task<Video, Summary> MEDIA_ORCHESTRATOR = Orchestrator.define("media_orchestrator", Video.class)
            .branch("transcript", MEDIA_TRACK)
            .branch("thumbnail", THUMBNAIL)
            .onFailure(FailurePolicy.ONE_MUST_SUCCEED)
            .aggregate(Summary.class, (results, video) -> new Summary(results.succeeded(), results.failed()));

    private Media() {}

    /**
     * @param url where
     * @param language what is spoken
     */
    public record Video(String url, String language) {}

    /** @param url where */
    public record Audio(String url) {}

    /**
     * @param url where
     * @param language what is spoken
     */
    public record Speech(String url, String language) {}

    /**
     * @param done branches that succeeded
     * @param failed branches that did not
     */
    public record Summary(List<String> done, List<String> failed) {}
}
