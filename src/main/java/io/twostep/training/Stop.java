package io.twostep.training;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * The end of training, with the numbers that brought it about.
 *
 * @param reason which rule fired
 * @param numbers what it compared, as in {@code {"target_loss": 0.01, "validation_loss": 0.0098}}
 */
public record Stop(StopReason reason, Map<String, Double> numbers) {

    public Stop {
        numbers = Collections.unmodifiableMap(new TreeMap<>(numbers)); // the same order each time
    }
}
