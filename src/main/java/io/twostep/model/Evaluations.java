package io.twostep.model;

import io.twostep.training.Evaluation;
import org.jspecify.annotations.Nullable;

/**
 * How good a model is on the rows that it learned from, on those that were watched, and on those that were kept back;
 * null where there are none.
 */
public record Evaluations(
        @Nullable Evaluation training,
        @Nullable Evaluation validation,
        @Nullable Evaluation test) {}
