package io.twostep.scoring;

import io.twostep.dataset.Dataset;
import io.twostep.dataset.DatasetColumn;
import io.twostep.dataset.RawTable.Column;
import io.twostep.dataset.RawTable.Kind;
import io.twostep.job.Columns;
import java.util.List;

/** The columns of a table that go over to the result, where they are what they were. */
final class KeptColumns {

    private KeptColumns() {}

    static List<Column> of(Dataset dataset, List<String> names) {
        Columns columns = new Columns(dataset);
        return names.stream()
                .map(name -> columns.find(name).orElseThrow())
                .map(column -> new Column(column.name(), kind(column)))
                .toList();
    }

    private static Kind kind(DatasetColumn column) {
        return switch (column.type()) {
            case NUMBER, INTEGER -> Kind.NUMBER;
            case BOOLEAN -> Kind.BOOLEAN;
            case CATEGORY, TEXT, DATE -> Kind.TEXT;
        };
    }
}
