package io.twostep.model;

/**
 * The model whose weights a training began with.
 *
 * @param weightsSha256 see {@link Weights#sha256()}
 */
public record WarmStart(String model, int version, String weightsSha256) {}
