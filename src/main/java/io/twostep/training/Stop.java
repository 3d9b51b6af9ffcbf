package io.twostep.training;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * The end of training, with the numbers that brought it about.
 *
 * @param reason which rule fired
 * @param numbers what it compared, those of them that are finite, as in {@code {"target_loss": 0.01, "validation_loss": 0.0098}}
 */
public record Stop(StopReason reason, Map<String, Double> numbers) {

    public Stop {
        Map<String, Double> finite = new TreeMap<>(numbers); // the same order each time
        finite.values().removeIf(number -> !Double.isFinite(number)); // JSON has no word for them
        numbers = Collections.unmodifiableMap(finite);
    }
}
