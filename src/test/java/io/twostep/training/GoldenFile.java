package io.twostep.training;

import io.twostep.web.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import org.ejml.data.FMatrixRMaj;
import tools.jackson.databind.JsonNode;

/** What another library computed; the script that asked it stands beside the file. */
final class GoldenFile {

    private GoldenFile() {}

    /** @param name below {@code /golden/} */
    static JsonNode read(String name) {
        try (InputStream file = GoldenFile.class.getResourceAsStream("/golden/" + name)) {
            return Json.mapper().readTree(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static FMatrixRMaj matrix(JsonNode rows) {
        FMatrixRMaj matrix = new FMatrixRMaj(rows.size(), rows.get(0).size());
        for (int row = 0; row < matrix.numRows; row++) {
            for (int column = 0; column < matrix.numCols; column++) {
                matrix.set(row, column, (float) rows.get(row).get(column).doubleValue());
            }
        }
        return matrix;
    }
}
