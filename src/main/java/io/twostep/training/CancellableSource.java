package io.twostep.training;

import io.twostep.features.ColumnData;
import io.twostep.features.Table;
import io.twostep.features.TableSource;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.function.Consumer;

/** A table whose reading ends with a {@link CancellationException} as soon as the training is cancelled. */
record CancellableSource(TableSource table, TrainingListener listener) implements TableSource {

    @Override
    public int rows() {
        return table.rows();
    }

    @Override
    public void forEachColumn(List<String> names, Consumer<ColumnData> reader) {
        table.forEachColumn(names, asking(reader));
    }

    @Override
    public void forEachPiece(List<String> names, Consumer<Table> reader) {
        table.forEachPiece(names, asking(reader));
    }

    private <T> Consumer<T> asking(Consumer<T> reader) {
        return shown -> {
            if (listener.cancelled()) {
                throw new CancellationException("the training was cancelled while its table was read");
            }
            reader.accept(shown);
        };
    }
}
