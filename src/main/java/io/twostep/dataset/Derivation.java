package io.twostep.dataset;

/**
 * Where a dataset comes from that nobody has uploaded.
 *
 * @param dataset the id of the table whose rows were scored
 * @param datasetSha256 see {@link Dataset#sha256()}
 * @param model the name of the model that scored them
 * @param modelVersion its version
 * @param job the id of the job that did it
 */
public record Derivation(String dataset, String datasetSha256, String model, int modelVersion, String job) {}
