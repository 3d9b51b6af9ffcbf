package io.twostep.features;

import java.util.Arrays;
import java.util.List;
import org.ejml.data.FMatrixRMaj;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

/** Small columns and tables, and the JSON they are stored as. */
final class Samples {

    static final double MISSING = Double.NaN;

    static final JsonMapper JSON = JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    private Samples() {}

    static Numbers numbers(String name, double... values) {
        return new Numbers(name, values);
    }

    static Texts texts(String name, String... values) {
        return new Texts(name, values);
    }

    static Table table(ColumnData... columns) {
        return new Table(List.of(columns));
    }

    /** A matrix in which every number that is not written shows. */
    static FMatrixRMaj unwritten(int rows, int columns) {
        FMatrixRMaj matrix = new FMatrixRMaj(rows, columns);
        Arrays.fill(matrix.data, Float.NaN);
        return matrix;
    }

    /** The encoding of a column on its own, row by row. */
    static float[] encode(Feature feature, ColumnData column) {
        FMatrixRMaj x = unwritten(column.rows(), feature.width());
        feature.encode(column, x, 0, 0);
        return x.data;
    }
}
