package io.twostep.network;

import io.twostep.nn.NetworkSpec;
import java.time.Instant;

/** A spec that was given a name. Immutable: a job trains a copy of the spec, so that deleting it harms no job. */
public record NetworkDefinition(String id, String name, NetworkSpec spec, Instant createdAt) {}
