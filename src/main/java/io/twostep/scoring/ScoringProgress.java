package io.twostep.scoring;

import java.util.Map;

/**
 * How far the present attempt has come.
 *
 * @param rowsDone rows that are scored
 * @param warnings how many there are of each kind, without kinds of which there is none
 */
public record ScoringProgress(long rowsDone, Map<String, Long> warnings) {

    public static final ScoringProgress NONE = new ScoringProgress(0, Map.of());

    public ScoringProgress {
        warnings = Map.copyOf(warnings);
    }
}
