package io.twostep.storage;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.util.function.BooleanSupplier;
import org.h2.store.fs.FilePath;
import org.h2.store.fs.FilePathWrapper;

/**
 * Paths {@code forced:<path>} for H2, whose database files are {@link ForcedFile}s. Its other files (results that do
 * not fit into memory) are as they are.
 *
 * <p>Public because H2 makes paths by reflection.
 */
public final class ForcedFilePath extends FilePathWrapper {

    static final String SCHEME = "forced";

    private static final String DATABASE = ".mv.db";

    private static volatile BooleanSupplier moreRoom = () -> false;

    /** Makes these paths known to H2, in the whole process. */
    static void register() {
        FilePath.register(new ForcedFilePath());
    }

    /** @param moreRoom asked for when the disk is full; false if there is no more */
    static void register(BooleanSupplier moreRoom) {
        ForcedFilePath.moreRoom = moreRoom;
        register();
    }

    @Override
    public String getScheme() {
        return SCHEME;
    }

    @Override
    public FileChannel open(String mode) throws IOException {
        FileChannel file = super.open(mode);
        return name.endsWith(DATABASE) ? new ForcedFile(file, Force.OR_END, () -> moreRoom.getAsBoolean()) : file;
    }
}
