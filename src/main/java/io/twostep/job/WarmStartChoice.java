package io.twostep.job;

import org.jspecify.annotations.Nullable;

/**
 * The model whose weights a training begins with, as a request names it.
 *
 * @param version null for the latest
 */
public record WarmStartChoice(String model, @Nullable Integer version) {}
