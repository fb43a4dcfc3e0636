package dev.runyard.engine.queue.redis;

import dev.runyard.engine.queue.Lane;
import dev.runyard.engine.queue.QueueClaim;
import dev.runyard.protocol.id.Ids;
import dev.runyard.protocol.id.RunId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/// What Redis said at one moment of slots and counts.
///
/// @param holders runs that hold a slot, with the version that was claimed
/// @param counts fields that count slots (`c:…`)
/// @param resumes runs in the resume lane by environment
/// @param broken fields of holders that name no run
/// @param mark tells this moment from those after a correction
public record SlotPicture(
        List<QueueClaim> holders,
        Map<String, Integer> counts,
        Map<String, Integer> resumes,
        Map<String, String> broken,
        String mark) {
    private static final Pattern NUMBER = Pattern.compile("-?\\d{1,9}");

    static SlotPicture of(Map<String, String> fields) {
        SlotPicture picture = new SlotPicture(
                new ArrayList<>(), new HashMap<>(), new HashMap<>(), new HashMap<>(), fields.getOrDefault("mark", ""));
        fields.forEach(picture::take);
        return picture;
    }

    private void take(String field, String value) {
        if (field.startsWith("h:")) {
            takeHolder(field, value);
        } else if (field.startsWith("c:")) {
            counts.put(field, number(value));
        } else if (field.startsWith("r:")) {
            resumes.put(field.substring(2), number(value));
        }
    }

    private void takeHolder(String field, String value) {
        try {
            RunId run = new RunId(Ids.decode(field.substring(2)));
            holders.add(new QueueClaim(run, Integer.parseInt(value), Lane.START));
        } catch (IllegalArgumentException e) {
            broken.put(field, value);
        }
    }

    private static int number(String value) {
        return NUMBER.matcher(value).matches() ? Integer.parseInt(value) : 0;
    }
}
