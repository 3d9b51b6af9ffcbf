package io.twostep.training;

import io.twostep.nn.Parameters;

/**
 * What training came to.
 *
 * @param parameters of the best epoch where the stopping rule has patience, else of the last
 * @param stop why it ended
 * @param epochs how many were finished
 * @param bestEpoch the one with the lowest watched loss; 0 if none was finished
 */
public record TrainingResult(Parameters parameters, Stop stop, int epochs, int bestEpoch) {}
