package io.twostep.dataset.web;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.twostep.dataset.Dataset;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A dataset as it is answered to its upload.
 *
 * @param firstRows by column name, for a look at whether the upload was understood
 */
record UploadedDataset(@JsonUnwrapped Dataset dataset, List<Map<String, @Nullable Object>> firstRows) {}
